class Palette:
    def __init__(self, colours: list[tuple[int, int, int]]) -> None:
        self.colours = colours

    def merge(self, other: "Palette") -> "Palette":  # ok: CN003 methods of one name
        return Palette(sorted({*self.colours, *other.colours}))
