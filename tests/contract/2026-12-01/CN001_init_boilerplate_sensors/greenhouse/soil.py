class SoilProbe:
    def __init__(self, bus, address, interval=60.0, name=None, depth=10):  # ok: CN001 __init__ boilerplate
        self.bus = bus
        self.address = address
        self.interval = interval
        self.name = name or f"soil-{address}"
        self.depth = depth
        self.last = None

    def __repr__(self):  # ok: CN001 dunder boilerplate
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other):  # ok: CN001 dunder boilerplate
        if not isinstance(other, SoilProbe):
            return NotImplemented
        return (self.bus, self.address) == (other.bus, other.address)

    def __hash__(self):
        return hash((self.bus, self.address))

    def moisture(self):
        samples = sorted(self.bus.read_byte(self.address) for _ in range(9))
        self.last = samples[4] / 255
        return self.last
