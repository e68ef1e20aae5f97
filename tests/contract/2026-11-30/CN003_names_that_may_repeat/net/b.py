def _helper():
    return 2


def main():
    return _helper()
