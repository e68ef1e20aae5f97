from thermostat import Thermostat  # ok: CN602 python_functions has it_*


def it_warms_by_half_a_degree():
    assert Thermostat().warmer().target == 20.5
