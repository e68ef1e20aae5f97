ENABLED = set()


class Flags:
    overrides = {}
    strict = False

    @classmethod
    def get(cls, name):
        if cls.strict and name not in cls.overrides:
            raise KeyError(name)
        return cls.overrides.get(name, name in ENABLED)
