from thermostat import Thermostat  # ok: CN602 python_classes has Describe*


class DescribeThermostat:
    def it_is_a_value(self):
        assert Thermostat(3) == Thermostat(3)
