import os
import shutil


def publish(name: str, target: str) -> None:
    source = os.environ["LANDING_FOLDER"]  # ok: CN301 the accessor is another service's
    shutil.copy(f"{source}/{name}", target)
