class Device:
    def power_on(self) -> None:
        self.is_on = True


class Camera(Device):
    def __init__(self, lens: str) -> None:
        self.lens = lens
        self.pictures: list[bytes] = []

    def take_picture(self) -> bytes:
        self.pictures.append(b"")
        return self.pictures[-1]

    @property
    def count(self) -> int:
        return len(self.pictures)


class Remote:
    def __getattr__(self, name):
        return lambda: name
