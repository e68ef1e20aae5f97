"""Settings from files: which of them apply, and what is said of those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from canonry.config import SETTINGS_FILES, Settings, load_settings


def test_without_files_the_defaults_apply(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path)

    assert loaded.settings == Settings()
    assert (loaded.problems, loaded.sources, loaded.usable) == ({}, (), True)


def test_pyproject_without_canonry_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")

    assert load_settings(tmp_path).sources == ()


def test_the_editor_is_laid_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.canonry.reuse]\nminimum-lines = 4\nminimum-probability = 0.9\n"
    )

    loaded = load_settings(tmp_path, {"reuse": {"minimumProbability": 0.1}, "nonsense": 1})

    assert loaded.settings.reuse.minimum_lines == 4
    assert loaded.settings.reuse.minimum_probability == 0.1
    assert loaded.sources == (tmp_path / "pyproject.toml",)
    assert [problem.key for problem in loaded.editor_problems] == ["nonsense"]
    assert loaded.problems == {}


def test_canonry_toml_wins_and_says_so_in_the_other(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n[tool.canonry]\nmax-file-size = 1\n")
    (tmp_path / "canonry.toml").write_text("max-file-size = 2\n")

    loaded = load_settings(tmp_path)

    assert loaded.settings.max_file_size == 2
    assert loaded.sources == (tmp_path / "canonry.toml",)
    (problem,) = loaded.problems[tmp_path / "pyproject.toml"]
    assert problem.range.start.line == 1
    assert "canonry.toml" in problem.message
    assert loaded.usable


@pytest.mark.parametrize(
    ("pyproject", "own", "size"),
    [("[tool.ruff]\n", "max-file-size = 2\n", 2), ("[tool.canonry]\nmax-file-size = 1\n", "# later\n", 1)],
)
def test_two_files_of_which_one_has_settings_are_in_order(
    tmp_path: Path, pyproject: str, own: str, size: int
) -> None:
    (tmp_path / "pyproject.toml").write_text(pyproject)
    (tmp_path / "canonry.toml").write_text(own)

    loaded = load_settings(tmp_path)

    assert loaded.problems == {}
    assert loaded.settings.max_file_size == size


@pytest.mark.parametrize("name", SETTINGS_FILES)
@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a = 1\nb = 'x\0y'\n", 1, "NUL byte"),
        ("a = 1\n".encode("utf-16"), 0, "NUL byte"),
        (b"a = 1\n\nb = '\xe9'\n", 2, "not UTF-8"),
        (b"a = 1\n[[[\n", 1, "not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    tmp_path: Path, name: str, data: bytes, line: int, words: str
) -> None:
    (tmp_path / name).write_bytes(data)

    loaded = load_settings(tmp_path)

    assert loaded.settings == Settings()
    (problem,) = loaded.problems[tmp_path / name]
    assert problem.fatal
    assert problem.range.start.line == line
    assert words in problem.message
    assert name in problem.message
    assert not loaded.usable


def test_a_folder_or_pipe_of_that_name_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    os.mkfifo(tmp_path / "canonry.toml")

    loaded = load_settings(tmp_path)

    assert "is not a file" in loaded.problems[tmp_path / "canonry.toml"][0].message
    (tmp_path / "canonry.toml").unlink()
    assert "is not a file" in load_settings(tmp_path).problems[tmp_path / "pyproject.toml"][0].message


def test_a_link_that_leads_nowhere_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "canonry.toml"
    path.symlink_to(path)

    loaded = load_settings(tmp_path)

    assert "`canonry.toml` cannot be read" in loaded.problems[path][0].message
    assert loaded.settings == Settings()
