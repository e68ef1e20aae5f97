from chemistry.mixing import concentration
from pytest import raises


def test_concentration():
    assert concentration(1, 3) == aprox(0.25)  # want: CN601


def test_nothing_mixed():
    with raises(ZeroDivisionError):  # ok: CN601 imported
        concentration(0, 0)
