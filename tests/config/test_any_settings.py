"""Whatever stands in a settings file or comes from an editor: problems in words, and the rest applies."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
from canonry.config import SETTINGS_FILES, Settings, load_settings
from canonry.config.described import described
from canonry.config.reading import SettingsFile
from canonry.config.values import camel
from hypothesis import example, given, settings

KEYS = [one.key for one in described(Settings(), "", SettingsFile.CANONRY)]
SCALARS = [
    "1",
    "-1",
    "1e999",
    "nan",
    "true",
    '""',
    '"CN001"',
    '"**"',
    '"["',
    "1979-05-27",
    "'\\'",
    "[[]]",
    "{}",
]
LINES = [
    *KEYS,
    "[tool.canonry]",
    "[tool.canonry.severity]",
    "[[tool.canonry.accepted]]",
    "symbols",
    "severity.CN001",
]

lines = st.builds("{} = {}".format, st.sampled_from(LINES), st.sampled_from(SCALARS))
texts = st.lists(st.one_of(st.sampled_from(LINES), lines, st.text(max_size=20)), max_size=12).map("\n".join)
values: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["off", "CN001"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
trees = st.dictionaries(
    st.sampled_from([camel(key) for key in KEYS]) | st.text(max_size=8), values, max_size=6
)


def holds(given: Callable[[Path], None], editor: dict[str, object] | None = None) -> None:
    """Nothing raises, and every problem is words at a place of the text."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        given(root)
        loaded = load_settings(root, editor)
    assert isinstance(loaded.settings, Settings)
    for problems in loaded.problems.values():
        for problem in problems:
            assert problem.message
            assert problem.range.start.line <= problem.range.end.line
    assert all(problem.message for problem in loaded.editor_problems)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SETTINGS_FILES),
    st.binary(max_size=80) | texts.map(lambda text: text.encode("utf-8", "replace")),
)
@example("canonry.toml", b"include = " + b"[" * 100_000)
@example("canonry.toml", b"a." * 5_000 + b"b = 1")
@example("pyproject.toml", b"[tool.canonry]\nmax-file-size = " + b"9" * 5_000)
def test_any_settings_file_is_read_or_told_of(file, data):
    holds(lambda root: (root / file).write_bytes(data) and None)


@settings(max_examples=150, deadline=None)
@given(trees)
@example({"canonry": {"settings": {"canonry": {"severity": {"CN001": ["off"]}}}}})
def test_any_settings_of_an_editor_are_taken_or_told_of(tree):
    holds(lambda root: None, tree)
