def read_line(raw: bytes) -> list[str]:
    return raw.decode("latin-1").rstrip("\r\n").split("\t")
