from signals.bus import Bus, NamedSignal


class TestBus:
    def test_publish(self):
        bus = Bus("orders")
        bus.subscribe(print)
        assert bus.publish("placed") == 1

    def test_unsubscribe(self):
        bus = Bus("orders")
        bus.unsubscribe(print)  # want: CN603
        assert bus.publish("placed") == 0

    def test_attached(self):
        bus = Bus("orders")
        bus.clock = lambda: 3
        assert bus.clock() == 3  # ok: CN603 the test sets it

    def test_set_by_name(self):
        bus = Bus("orders")
        setattr(bus, "retries", 2)
        assert bus.retries == 2  # ok: CN603 setattr gives it

    def test_patched(self, monkeypatch):
        monkeypatch.setattr(Bus, "drain", lambda self: 0, raising=False)
        assert Bus("orders").drain() == 0  # ok: CN603 setattr gives it

    def test_signal(self):
        assert NamedSignal().has_receivers_for(None) is False  # ok: CN603 its base is not known
