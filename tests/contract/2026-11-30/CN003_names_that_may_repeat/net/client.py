from net import tcp, unix


def open_connection(address):
    if address.startswith("/"):
        return unix.connect(address)
    return tcp.connect(address)
