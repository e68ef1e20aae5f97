import pytest

from dispatch.radio import Radio


def test_channels():
    assert [Radio(number).channel for number in (6, 8)] == [6, 8]


def test_strict_double():
    listener = NonCallabelMock()  # want: CN601
    radio = Radio(1)
    radio.hear(listener)
    with pytest.raises(TypeError):
        radio.say("hello")


@pytest.mark.parametrize("MagicMoc", [1, 2])
def test_own_parameter(MagicMoc):
    assert Radio(MagicMoc).channel < 3  # ok: CN601 the test's own parameter
