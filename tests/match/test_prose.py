"""A description in prose finds what it describes."""

from __future__ import annotations

from canonry.index.segment import build_segment
from canonry.index.snapshot import Part, Snapshot
from canonry.match import find_text
from canonry.syntax import parse_module

FILES = {
    "dates.py": '''\
def parse_iso(text):
    """Parse an ISO date with its timezone."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def today():
    """The date of this day."""
    return date.today()
''',
    "files.py": '''\
def remove_quietly(path):
    """Delete a file; do nothing where it is missing."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
''',
    "tests/test_dates.py": """\
def parse_iso_date_with_timezone_fixture():
    return parse_iso("2020-01-01T00:00:00Z")
""",
}


def names(text: str, limit: int = 5) -> list[str]:
    facts = {path: parse_module(code, path, test_module="test" in path) for path, code in FILES.items()}
    snapshot = Snapshot([Part(build_segment(sorted(facts.items())), facts.get)])
    found = find_text(text, snapshot, limit)
    assert all(0 < score <= 1 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    return [snapshot.name(ref) for ref, _ in found]


def test_prose_finds_by_documentation_and_name() -> None:
    assert names("parse an ISO date with timezone")[0] == "parse_iso"


def test_other_words_for_the_same_find_too() -> None:
    assert names("I need a helper that erases a file, silently if it does not exist")[0] == "remove_quietly"


def test_tests_are_found_only_where_they_are_asked_for() -> None:
    assert "parse_iso_date_with_timezone_fixture" not in names("parse an ISO date with timezone")
    assert "parse_iso_date_with_timezone_fixture" in names("a fixture for an ISO date with timezone")


def test_words_that_nothing_has_find_nothing() -> None:
    assert names("quaternion") == []
    assert names("the of and") == []


def test_the_limit_is_kept() -> None:
    assert len(names("date file", 1)) == 1
