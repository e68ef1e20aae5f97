"""At which length lines are wrapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.workspace.line_length import DEFAULT, line_length


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("pyproject.toml", "[tool.ruff]\nline-length = 120\n", 120),
        ("pyproject.toml", "[tool.black]\nline-length = 100\n", 100),
        ("pyproject.toml", "[tool.isort]\nline_length = 99\n", 99),
        ("ruff.toml", "line-length = 110\n", 110),
        (".ruff.toml", "line-length = 110\n", 110),
        ("setup.cfg", "[flake8]\nmax-line-length = 127\n", 127),
        ("tox.ini", "[flake8]\nmax-line-length: 79\n", 79),
        (".flake8", "[flake8]\nmax-line-length = 95\n", 95),
        (".isort.cfg", "[settings]\nline_length = 105\n", 105),
        ("pyproject.toml", "[tool.ruff]\nline-length = 100000\n", DEFAULT),
        ("pyproject.toml", "[tool.ruff]\nline-length = 'wide'\n", DEFAULT),
        ("pyproject.toml", "[tool.ruff\n", DEFAULT),
        ("setup.cfg", "max-line-length = 127\n", DEFAULT),
        ("pyproject.toml", "[project]\nname = 'app'\n", DEFAULT),
    ],
)
def test_settings_of_formatters(tmp_path: Path, name: str, text: str, expected: int) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert line_length(tmp_path, tmp_path / "app" / "views.py") == expected


def test_the_nearest_folder_decides(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 120\n", "utf-8")
    package = tmp_path / "packages" / "mail"
    package.mkdir(parents=True)
    (package / "pyproject.toml").write_text("[tool.black]\nline-length = 79\n", "utf-8")
    assert line_length(tmp_path, package / "mail" / "queue.py") == 79
    assert line_length(tmp_path, tmp_path / "app.py") == 120


def test_nothing_above_the_workspace_counts(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 120\n", "utf-8")
    (tmp_path / "work").mkdir()
    assert line_length(tmp_path / "work", tmp_path / "work" / "app.py") == DEFAULT
