from signbox.matrix import MatrixWriter


def show(port, text: str, seconds: int) -> None:
    writer = MatrixWriter(port)  # ok: CN004 inside the replacement
    for row in text.splitlines():
        writer.row(row)
    port.write(f"T{seconds:03d}".encode())


def flash_text(port, text: str) -> None:  # want: CN004
    port.write(b"F" + text.upper().encode("ascii", "replace"))
