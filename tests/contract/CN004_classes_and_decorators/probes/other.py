class HttpProbe:  # ok: CN004 another class of that name
    def up(self) -> bool:
        return False


def probe() -> HttpProbe:
    lookup = {"a": HttpProbe()}
    return lookup["a"]  # ok: CN004 a local name
