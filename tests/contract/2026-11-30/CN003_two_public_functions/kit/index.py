from kit.strings import normalize


def index(text):
    return normalize(text)
