import unittest

from grammar.parse import Options, parse

CASES = {"comma": ("a, b", ["a", "b"]), "dot": ("a b.", ["a", "b"])}


class ParseTest(unittest.TestCase):
    def test_words(self):
        self.assertEqual(parse("a b"), ["a", "b"])


def make_test(text: str, words: list[str]):
    def test(self):
        self.assertEqual(parse(text), words)

    return test


for name, (text, words) in CASES.items():
    setattr(ParseTest, f"test_{name}", make_test(text, words))  # want: CN605


def test_options():
    options = Options(strict=True)
    setattr(options, "text", "a")  # ok: CN605 no test method
    assert options.option_strict
