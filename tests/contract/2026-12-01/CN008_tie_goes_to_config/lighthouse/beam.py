import os

COLOUR = os.environ.get("COLOUR_BEAM_NAME")  # want: CN008


def beam(seconds: int) -> dict:
    return {"colour": COLOUR or "white", "seconds": seconds}
