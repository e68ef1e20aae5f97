import os

from PIL import Image


def resize(path: str) -> None:
    width = int(os.environ.get("THUMB_WIDTH", "320"))  # ok: CN301 there is no accessor
    Image.open(path).resize((width, width)).save(path)
