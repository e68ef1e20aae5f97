class HumidityProbe:
    def __init__(self, bus, address, interval=5.0, name=None, offset=0.0):  # ok: CN001 __init__ boilerplate
        self.bus = bus
        self.address = address
        self.interval = interval
        self.name = name or f"humidity-{address}"
        self.offset = offset
        self.last = None

    def __repr__(self):  # ok: CN001 dunder boilerplate
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other):  # ok: CN001 dunder boilerplate
        if not isinstance(other, HumidityProbe):
            return NotImplemented
        return (self.bus, self.address) == (other.bus, other.address)

    def __hash__(self):
        return hash((self.bus, self.address))

    def percent(self):
        raw = self.bus.read_word(self.address, 0xE5)
        self.last = raw * 125 / 65536 - 6 + self.offset
        return self.last
