import os


def resize_all(images: list) -> list:
    width = int(os.environ.get("THUMB_WIDTH", "320"))  # ok: CN301 there is no accessor
    return [image.resize((width, width)) for image in images]
