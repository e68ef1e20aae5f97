import os
import subprocess


def run(command: list[str]) -> int:
    env = os.environ.copy()
    env["LC_ALL"] = "C"
    os.environ["TOOL_TOKEN"] = "x"
    return subprocess.call(command, env={**os.environ, **env})


def home() -> str:
    return os.environ.get("HOME", "/")


def terminal() -> bool:
    return "TERM" in os.environ
