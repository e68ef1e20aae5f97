import os

import yaml


class Worker:
    def __init__(self, jobs):
        self.jobs = jobs
        self.settings = read_settings("config.yaml")

    def step(self):
        for job in self.jobs:
            job(self.settings)


def read_settings(filename: str) -> dict:  # want: CN001
    """Read settings from a YAML file, with overrides from BOT_ variables."""
    with open(filename, encoding="utf-8") as f:
        settings = yaml.safe_load(f) or {}
    for key, val in os.environ.items():
        if key.startswith("BOT_"):
            settings[key[4:].lower()] = val
    return settings
