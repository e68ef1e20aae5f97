def connect(host):  # ok: CN003 strategies, private, one not imported, re-export, conditional
    return ("tcp", host)


def close(connection):
    return None
