from kit.strings import normalize


def query(text):
    return normalize(text)
