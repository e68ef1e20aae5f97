"""The contract set can be read: its cases parse and their expectations name codes and lines that exist."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "rules"


@pytest.fixture(scope="module")
def cases() -> list:
    sys.path.insert(0, str(BENCHMARK))
    try:
        from cases import all_cases  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(BENCHMARK))
    return all_cases()


def test_the_python_files_parse(cases: list) -> None:
    broken = []
    for path in (path for case in cases for path in case.folder.rglob("*.py")):
        try:
            ast.parse(path.read_text("utf-8"))
        except SyntaxError as error:
            broken.append(f"{path}: {error}")

    assert not broken


def test_wants_name_a_code_of_the_folder_and_a_line_that_exists(cases: list) -> None:
    wrong = []
    for case in cases:
        for want in case.wants:
            if want.code not in case.codes:
                wrong.append(f"{case.folder.name} wants {want.code}")
            for path, line in want.places:
                file = case.folder / path
                text = file.read_text("utf-8").splitlines() if file.is_file() else []
                if not 1 <= line <= max(len(text), 1) or not file.is_file():
                    wrong.append(f"{case.folder.name} has no {path}:{line}")

    assert not wrong


def test_each_case_says_something(cases: list) -> None:
    assert len(cases) > 0
    assert [case.folder.name for case in cases if not case.wants and not case.silent] == []


def test_no_place_is_wanted_twice_or_wanted_and_silent(cases: list) -> None:
    wrong = []
    for case in cases:
        places = [(want.code, place) for want in case.wants for place in want.places]
        wrong += [f"{case.folder.name}: {one}" for one in set(places) if places.count(one) > 1]
        wrong += [f"{case.folder.name}: {one}" for one in case.silent.intersection(places)]

    assert not wrong
