from pixelbin.hashing import fingerprint
from pixelbin.palette import Palette

__all__ = ["Palette", "fingerprint"]
