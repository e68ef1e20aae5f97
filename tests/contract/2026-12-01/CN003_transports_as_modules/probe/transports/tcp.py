import socket


def connect(address: str, timeout: float) -> socket.socket:  # ok: CN003 modules used as strategies
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout)
