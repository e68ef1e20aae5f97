def connect(path):
    return ("unix", path)


def close(connection):
    return None
