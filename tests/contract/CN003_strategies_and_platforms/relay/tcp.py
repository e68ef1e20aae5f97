import socket


def connect(target: str) -> socket.socket:  # ok: CN003 chosen by the module's name
    host, port = target.rsplit(":", 1)
    return socket.create_connection((host, int(port)))
