from thermostat import Thermostat  # want: CN602


def should_start_at_twenty():
    assert Thermostat().target == 20


class SpecOfTarget:
    def it_changes(self):
        thermostat = Thermostat(1)
        thermostat.target = 2
        assert thermostat.warmer(1).target == 3
