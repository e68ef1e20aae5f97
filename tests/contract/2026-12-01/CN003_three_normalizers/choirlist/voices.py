def normalize(name: str) -> str:  # ok: CN003 the most used
    short = {"s": "soprano", "a": "alto", "t": "tenor", "b": "bass"}
    return short.get(name.strip().lower()[:1], "unknown")


def _clean(name: str) -> str:  # ok: CN003 a private name
    return name.strip().title()
