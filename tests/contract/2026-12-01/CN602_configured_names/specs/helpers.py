from thermostat import Thermostat  # ok: CN602 a helper, not test_*.py


def winter() -> Thermostat:
    return Thermostat(17.0)
