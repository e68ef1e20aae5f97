from types import SimpleNamespace

import pytest

from forms.boxes import Form, Registry, publish

SCENARIOS = {"first": (2026, 1, 26), "second": (2025, 2, 50)}


class TestBoxes:
    def test_year_zero(self):
        assert Form(2000).box(9) == 0

    @pytest.mark.parametrize(("year", "number", "value"), SCENARIOS.values(), ids=[f"test_{k}" for k in SCENARIOS])
    def test_scenarios(self, year, number, value):  # ok: CN605 parametrize
        assert Form(year).box(number) == value


def _scenario(year: int, number: int, value: int):
    def run(self):
        form = Form(year)
        assert form.box(number) == value, form

    return run


for name, values in SCENARIOS.items():
    method_name = f"test_box_{name}"
    setattr(TestBoxes, method_name, _scenario(*values))  # want: CN605

for count in range(2):
    setattr(TestBoxes, "test_repeat_{}".format(count), lambda self: None)  # want: CN605

for attempt in (1, 2):
    setattr(  # want: CN605
        TestBoxes,
        "test_attempt_%d" % attempt,
        _scenario(2003, attempt, 3 * attempt),
    )


def test_publish():
    registry = Registry()
    publish(Form(2001), registry)
    assert vars(registry)["test_value_3"] == 3


def test_namespace():
    settings = SimpleNamespace()
    for key in ("a", "b"):
        setattr(settings, f"rate_{key}", 1)  # ok: CN605 settings of this test
    assert vars(settings)["rate_b"] == 1
