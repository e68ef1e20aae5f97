import sys
import unittest
from pathlib import Path


class FileTests(unittest.TestCase):
    def test_folder(self):
        self.assertTrue(Path(".").is_dir())


def add_tests() -> None:
    for path in Path("cases").glob("*.txt"):

        def test(self, path=path):
            self.assertTrue(path.read_text())

        setattr(FileTests, "test_{}".format(path.stem), test)  # want: CN605


add_tests()
setattr(sys.modules[__name__], "CASES", Path("cases"))  # ok: CN605 no test, and no computed name
