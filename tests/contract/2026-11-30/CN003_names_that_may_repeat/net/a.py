def _helper():
    return 1


def main():
    return _helper()


class Options:
    def connect(self):
        return 1
