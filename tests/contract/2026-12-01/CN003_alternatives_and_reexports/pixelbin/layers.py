class Layer:
    def __init__(self, pixels: bytearray) -> None:
        self.pixels = pixels

    def merge(self, other: "Layer") -> None:  # ok: CN003 methods of one name
        for index, value in enumerate(other.pixels):
            if value:
                self.pixels[index] = value
