from kit.vectors import normalize


def embed(values):
    return normalize(values)
