import socket


def connect(target: str) -> socket.socket:  # ok: CN003 chosen by the module's name
    made = socket.socket(socket.AF_UNIX)
    made.connect(target)
    return made
