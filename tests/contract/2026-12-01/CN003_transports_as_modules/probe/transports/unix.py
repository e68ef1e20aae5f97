import socket


def connect(address: str, timeout: float) -> socket.socket:  # ok: CN003 modules used as strategies
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(timeout)
    link.connect(address)
    return link
