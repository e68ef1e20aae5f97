from tests.helpers import fake_clock


@pytest.mark.parametrize("hour", [1, 2])  # want: CN601 pytest
def test_hours(hour):
    assert fake_clock()() > hour


def test_mock_of_a_parameter(Mock):
    assert Mock()  # ok: CN601 a parameter
