from probe.transports import tcp, unix


def alive(address: str) -> bool:
    link = unix.connect(address, 2) if address.startswith("/") else tcp.connect(address, 2)
    with link:
        link.sendall(b"PING\r\n")
        return link.recv(16).startswith(b"+PONG")
