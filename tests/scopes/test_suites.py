"""Where pytest's patterns come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.scopes.suites import Collected, collected_below, names

SHOULD = Collected(functions=("should_*", "test"))
FILES = {
    "pytest.ini": "[pytest]\npython_functions =\n    should_*\n    test\n",
    ".pytest.ini": "[pytest]\npython_functions = should_* test\n",
    "pyproject.toml": '[tool.pytest.ini_options]\npython_functions = ["should_*", "test"]\n',
    "tox.ini": "[pytest]\npython_functions = should_* test\n",
    "setup.cfg": "[tool:pytest]\npython_functions = should_* test\n",
}


@pytest.mark.parametrize("name", FILES)
def test_each_file_that_pytest_reads(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")

    assert collected_below(tmp_path, "") == collected_below(tmp_path, "tests/unit") == SHOULD


def test_pytest_nine_has_its_own_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest]\npython_functions = ["should_*", "test"]\n', "utf-8"
    )

    assert collected_below(tmp_path, "") == SHOULD


def test_the_nearest_decides_and_an_ini_of_its_own_even_if_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(FILES["pyproject.toml"], "utf-8")
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit" / "setup.cfg").write_text("[metadata]\nname = x\n", "utf-8")
    assert collected_below(tmp_path, "unit") == SHOULD

    (tmp_path / "unit" / "pytest.ini").touch()
    assert collected_below(tmp_path, "unit") == Collected()


def test_a_change_is_seen_and_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pytest.ini"
    path.write_text("[pytest]\npython_files = a_*.py\n", "utf-8")
    assert collected_below(tmp_path, "").files == ("a_*.py",)
    path.write_text("[pytest]\npython_files = *_spec.py b_*.py\n", "utf-8")
    assert collected_below(tmp_path, "").files == ("*_spec.py", "b_*.py")
    path.write_text("python_files =", "utf-8")
    assert collected_below(tmp_path, "") == Collected()


def test_a_pattern_is_the_beginning_of_a_name_or_a_glob() -> None:
    assert names(("Test", "*Spec"), "TestLogin")
    assert names(("Test", "*Spec"), "LoginSpec")
    assert not names(("Test", "*Spec"), "LoginSpecs")
    assert not names((), "test_login")
