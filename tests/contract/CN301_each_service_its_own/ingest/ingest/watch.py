import os
from pathlib import Path


def waiting() -> list[Path]:
    return sorted(Path(os.environ["LANDING_FOLDER"]).iterdir())  # want: CN301 landing_folder
