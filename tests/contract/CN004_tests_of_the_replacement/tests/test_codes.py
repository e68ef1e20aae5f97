from shortener.codes import random_code, unique_code


def test_unique_code_is_as_long_as_a_random_one() -> None:
    assert len(unique_code(set())) == len(random_code())  # ok: CN004 a test of the replacement


def test_unique_code_is_not_taken() -> None:
    assert unique_code({"abcdef"}) != "abcdef"
