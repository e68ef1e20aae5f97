"""Where a new import goes in a text that need not parse."""

from __future__ import annotations

import pytest
from canonry.edits.import_place import import_place

HEAD = """\
\"\"\"A module.\"\"\"

from __future__ import annotations

import os
import sys

import httpx

from shop.a import one
from shop.c import three


def f():
    pass
"""


@pytest.mark.parametrize(
    ("statement", "above"),
    [
        ("import asyncio", "import os"),
        ("import re", "import sys"),
        ("from collections import abc", ""),
        ("import aiohttp", "import httpx"),
        ("from shop.b import two", "from shop.c import three"),
        ("from shop.d import four", ""),
    ],
)
def test_it_stands_in_its_group_and_order(statement: str, above: str) -> None:
    lines = _placed(HEAD, statement, "shop.main").split("\n")

    at = lines.index(statement)
    assert lines[at + 1] == above


def test_a_group_that_is_not_there_is_begun() -> None:
    assert _placed("import os\n\n\nx = 1\n", "import httpx") == "import os\n\nimport httpx\n\n\nx = 1\n"
    assert _placed("import httpx\n\nx = 1\n", "import os") == "import os\n\nimport httpx\n\nx = 1\n"
    assert (
        _placed("from __future__ import annotations\n\nx = 1\n", "import os")
        == "from __future__ import annotations\n\nimport os\n\nx = 1\n"
    )


def test_without_imports_it_follows_what_the_file_begins_with() -> None:
    assert _placed("x = 1\n", "import os") == "import os\n\nx = 1\n"
    assert _placed('"""Text."""\n\nx = 1\n', "import os") == '"""Text."""\n\nimport os\n\nx = 1\n'


def test_imports_in_no_order_keep_theirs() -> None:
    assert _placed("import sys\nimport os\n", "import re") == "import sys\nimport os\nimport re\n"


def test_broken_code_below_does_not_matter() -> None:
    placed = _placed("import os\n\nimport httpx\n\n\ndef f(:\n", "import re")

    assert placed.startswith("import os\nimport re\n")


def _placed(text: str, statement: str, own: str = "") -> str:
    line, before, after = import_place(text, statement, own)
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:line], "\n" * before, statement + "\n", "\n" * after, *lines[line:]])
