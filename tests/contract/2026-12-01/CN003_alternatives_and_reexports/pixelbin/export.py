from pixelbin import Palette, fingerprint
from pixelbin.hashing import widen
from pixelbin.layers import Layer


def export(layer: Layer, palette: Palette) -> dict:
    return {
        "id": fingerprint(bytes(layer.pixels)),
        "colours": palette.colours,
        "size": widen(len(layer.pixels)),
    }
