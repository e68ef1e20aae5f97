from signbox.display import flash_text, show


class Port:
    def __init__(self) -> None:
        self.sent = b""

    def write(self, data: bytes) -> None:
        self.sent += data


def test_show_sends_the_seconds() -> None:
    port = Port()
    show(port, "ICE 71", 30)
    assert port.sent.endswith(b"T030")


def test_show_does_not_flash() -> None:
    shown, flashed = Port(), Port()
    show(shown, "ICE 71", 5)
    flash_text(flashed, "ICE 71")  # ok: CN004 a test of the replacement
    assert shown.sent != flashed.sent
