import os


def landing_folder() -> str:
    return os.environ["LANDING_FOLDER"]
