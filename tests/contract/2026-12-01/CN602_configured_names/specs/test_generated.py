from thermostat import Thermostat  # ok: CN602 it generates tests


def make(by: float):
    def check():
        assert Thermostat(0).warmer(by).target == by

    return check


test_one_degree = make(1)
test_two_degrees = make(2)
