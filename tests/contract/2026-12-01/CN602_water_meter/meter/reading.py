class Reading:
    def __init__(self, litres: int) -> None:
        self.litres = litres

    def cubic(self) -> float:
        return self.litres / 1000


def parse(line: str) -> Reading:
    return Reading(int(line.split(";")[1]))
