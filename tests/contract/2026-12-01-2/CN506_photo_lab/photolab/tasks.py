from __future__ import annotations

from photolab.celeryapp import app


@app.task
def develop_roll(roll: str, iso: int) -> str:
    """Goes to the default queue."""
    return f"{roll}@{iso}"


@app.task
def enlarge_print(frame: str, factor: float) -> str:
    return f"{frame}x{factor:.1f}"


@app.task
def send_receipt(address: str, cents: int) -> str:
    return f"{address}: {cents / 100:.2f}"


@app.task
def make_album(frames: list[str]) -> int:
    return len(frames)


@app.task(queue="archive")  # want: CN506 archive
def archive_negatives(roll: str) -> str:
    return f"/archive/{roll}"


@app.task(queue="enlarge")  # ok: CN506 consumed by the slow worker
def crop(frame: str, box: tuple[int, int, int, int]) -> str:
    return f"{frame}:{box}"


@app.task
def clean_trays() -> None:
    develop_roll.apply_async(("test-strip", 100), queue="mail")  # ok: CN506 consumed by the fast worker


def announce(queue: str = "loudspeaker") -> str:  # ok: CN506 a parameter of no task
    return f"now at {queue}"
