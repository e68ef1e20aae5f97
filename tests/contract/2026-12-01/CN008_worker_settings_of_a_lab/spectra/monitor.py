import os


def load_per_worker(total: float) -> float:
    count = int(os.environ.get("SPECTRA_WORKER_COUNT") or 0)  # ok: CN008 the commoner spelling
    return total / count if count else 0.0


def may_start(running: int) -> bool:
    ceiling = os.environ.get("SPECTRA_COUNT_WORKER")  # want: CN008
    return ceiling is None or running < int(ceiling)


def folder() -> str | None:
    return os.environ.get("SPECTRA_RAW_FOLDER")  # ok: CN008 raw and fitted are two folders


def fitted_folder() -> str | None:
    headers = {"SPECTRA_FOLDER_RAW": "yes"}  # ok: CN008 a dictionary of our own, not the environment
    return os.environ.get("SPECTRA_FITTED_FOLDER") if headers else None  # ok: CN008 raw and fitted are two folders
