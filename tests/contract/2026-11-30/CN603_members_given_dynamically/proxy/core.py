from somewhere import Base


class Proxy:  # ok: CN603 __getattr__, setattr, plain mock, unknown base, set in the test
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)


class Record:
    def __init__(self, **values):
        for key, value in values.items():
            setattr(self, key, value)


class Odd(Base):
    pass


class Plain:
    def __init__(self):
        self.a = 1

    def fill(self):
        self.late = 2
