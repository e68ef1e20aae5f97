from __future__ import annotations

from unittest import TestCase

import pytest

from morse.code import TABLE, decode, encode


class LetterTest(TestCase):
    def test_sos(self) -> None:
        self.assertEqual(encode("SOS"), "... --- ...")


def _attach(letter: str, marks: str) -> None:
    def check(self: TestCase) -> None:
        self.assertEqual(encode(letter), marks)

    check.__doc__ = f"test_{letter}"  # ok: CN605 a docstring
    setattr(LetterTest, "_".join(("test", "letter", letter)), check)  # want: CN605


for _letter, _marks in TABLE.items():
    _attach(_letter, _marks)


def every_letter(cls: type[TestCase]) -> type[TestCase]:
    """A class decorator: one test for each letter."""
    for letter in TABLE:
        setattr(cls, f"test_back_{letter}", lambda self, letter=letter: self.assertEqual(decode(encode(letter)), letter))  # want: CN605
    return cls


@every_letter
class BackTest(TestCase):
    def test_empty(self) -> None:
        self.assertEqual(decode(""), "")


for length in (2, 3):
    name = f"TestRepeat{length}"
    globals()[name] = type(name, (TestCase,), {f"test_{length}_times": lambda self, n=length: self.assertEqual(encode("e" * n).count("."), n)})  # want: CN605


@pytest.fixture(params=sorted(TABLE), ids=lambda letter: f"test_{letter}")  # ok: CN605 parameters of a fixture
def letter(request: pytest.FixtureRequest) -> str:
    return request.param


def test_short(letter: str) -> None:
    assert set(encode(letter)) <= {".", "-"}
