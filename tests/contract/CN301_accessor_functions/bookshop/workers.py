import os
import subprocess


def spawn(command: list[str]) -> subprocess.Popen:
    environment = dict(os.environ)  # ok: CN301 a copy of all of it
    return subprocess.Popen(command, env=environment)


def use_timezone(name: str) -> None:
    os.environ["REPORT_TIMEZONE"] = name  # ok: CN301 written, not read
