"""Which files belong to a workspace: as `run` finds them and as `relevant` answers for one path."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from canonry.config import Settings
from canonry.index.discovery import Discovery, Skipped, SourceFile, discover, is_generated, is_test_path


def write(root: Path, *files: str, text: str = "x = 1\n") -> None:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(root: Path, settings: Settings | None = None) -> list[str]:
    """The files that `run` finds, after `relevant` has given the same answers for every file there is."""
    discovery = Discovery(root, settings or Settings())
    names = [Path(file.path).relative_to(root).as_posix() for file in discovery.run().files]
    everything = {path for path in root.rglob("*") if path.is_file() and not path.is_symlink()}
    asked = sorted(path.relative_to(root).as_posix() for path in everything if discovery.relevant(path))
    assert asked == names
    return names


def test_python_files_are_found_sorted_with_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "b/c.py", "a.py", "b/readme.md", "b/d.pyc", "b/e.pyi")

    result = discover(tmp_path, Settings())

    facts = (tmp_path / "a.py").stat()
    assert result.files[0] == SourceFile(str(tmp_path / "a.py"), facts.st_size, facts.st_mtime_ns)
    assert [Path(file.path).name for file in result.files] == ["a.py", "c.py"]
    assert result.skipped == ()
    assert result.complete


def test_environments_builds_caches_and_vendored_code_are_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        "app/a.py",
        ".git/hooks/x.py",
        ".tox/py/x.py",
        ".nox/x.py",
        "node_modules/gyp/x.py",
        "app/__pycache__/x.py",
        "lib/site-packages/x.py",
        ".eggs/x.py",
        "app.egg-info/x.py",
        "build/lib/x.py",
        "dist/x.py",
        "app/vendor/x.py",
        "app/_vendor/x.py",
        "app/vendored/x.py",
        "third_party/x.py",
        "thirdparty/x.py",
        "app/3rdparty/x.py",
        "app/extern/x.py",
        "app/externs/x.py",
        "environment/lib/x.py",
        "environment/pyvenv.cfg",
        "conda/lib/x.py",
        "conda/conda-meta/history",
    )

    assert found(tmp_path) == ["app/a.py"]


def test_a_package_called_build_is_source(tmp_path: Path) -> None:
    write(tmp_path, "src/build/__init__.py", "src/build/env.py", "dist/__init__.py", "build/x.py")

    assert found(tmp_path) == ["dist/__init__.py", "src/build/__init__.py", "src/build/env.py"]


@pytest.mark.parametrize("name", ["build", "site-packages", "vendor", "node_modules", ".venv"])
def test_a_root_of_any_name_is_indexed(tmp_path: Path, name: str) -> None:
    root = tmp_path / name / "project"
    write(root, "a.py")
    write(tmp_path / name, "pyvenv.cfg", "b.py")

    assert found(root) == ["a.py"]
    assert "b.py" in found(tmp_path / name)


def test_nested_ignore_files_count_and_the_inner_one_wins(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "gen/a.py", "gen/deep/b.py", "app/local.py", "app/kept.py", "app/out/x.py")
    write(tmp_path, ".gitignore", text="gen/\nlocal.py\nkept.py\n")
    write(tmp_path, "app/.gitignore", text="!kept.py\n/out\n")

    assert found(tmp_path) == ["a.py", "app/kept.py"]
    everything = found(tmp_path, Settings(respect_gitignore=False))
    assert everything == ["a.py", "app/kept.py", "app/local.py", "app/out/x.py", "gen/a.py", "gen/deep/b.py"]


def test_everything_but_one_folder_may_be_ignored(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "src/a.py", "src/deep/b.py", "src/c_old.py", "docs/conf.py")
    write(tmp_path, ".gitignore", text="*_old.py\n/*\n!/src\n")

    assert found(tmp_path) == ["src/a.py", "src/deep/b.py"]


def test_the_repository_around_the_root_has_its_say(tmp_path: Path) -> None:
    write(tmp_path, ".git/info/exclude", text="private.py\n")
    write(tmp_path, ".gitignore", text="/service/gen.py\n*_local.py\n")
    root = tmp_path / "service"
    write(root, "a.py", "gen.py", "b_local.py", "private.py", "inner/gen.py")

    assert found(root) == ["a.py", "inner/gen.py"]


def test_a_work_tree_has_the_excludes_of_its_repository(tmp_path: Path) -> None:
    write(tmp_path, "main/.git/info/exclude", text="private.py\n")
    write(tmp_path, "main/.git/worktrees/w/commondir", text="../..\n")
    root = tmp_path / "w"
    write(root, ".git", text=f"gitdir: {tmp_path}/main/.git/worktrees/w\n")
    write(root, "a.py", "private.py")

    assert found(root) == ["a.py"]


def test_a_root_that_its_repository_ignores_is_indexed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".gitignore", text="*.py\nenv/\n")
    write(tmp_path, "env/lib/a.py", "other/a.py")

    assert found(tmp_path / "env" / "lib") == ["a.py"]
    assert found(tmp_path / "other") == []


def test_ignore_files_that_cannot_be_read_or_parsed_exclude_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "b.py", "sub/c.py")
    (tmp_path / ".gitignore").write_bytes(b"[z\n!\n\xff\xfe*\n\nb.py\r\n")
    (tmp_path / "sub" / ".gitignore").mkdir()

    assert found(tmp_path) == ["a.py", "sub/c.py"]


def test_settings_include_and_exclude(tmp_path: Path) -> None:
    write(tmp_path, "src/a.py", "src/b.pyi", "src/old/c.py", "tools/d.py", "src/vendor/e.py", ".gitignore")
    write(tmp_path, "src/ignored.py")
    write(tmp_path, "src/.gitignore", text="ignored.py\n")

    assert found(tmp_path, Settings(include=("src/",))) == ["src/a.py", "src/old/c.py"]
    assert found(tmp_path, Settings(include=("*.py", "*.pyi"), exclude=("old",))) == [
        "src/a.py",
        "src/b.pyi",
        "tools/d.py",
    ]
    assert found(tmp_path, Settings(exclude=("*.py", "!/src/*.py"))) == ["src/a.py", "src/ignored.py"]
    assert "src/vendor/e.py" in found(tmp_path, Settings(exclude=("!vendor/",)))
    assert "tools/d.py" not in found(tmp_path, Settings(exclude=("tools/**",)))


def test_large_and_generated_files_are_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "api_pb2.py", "api_pb2_grpc.py")
    write(tmp_path, "large.py", text="x" * 101)

    result = discover(tmp_path, Settings(max_file_size=100))

    assert [Path(file.path).name for file in result.files] == ["a.py"]
    assert {Path(skip.path).name: skip.reason for skip in result.skipped} == {
        "api_pb2.py": "generated, by its name",
        "api_pb2_grpc.py": "generated, by its name",
        "large.py": "has 101 bytes, more than max-file-size (100)",
    }


def test_what_cannot_be_read_is_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "sub/b.py")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "dead.py").symlink_to(tmp_path / "nothing.py")
    (tmp_path / "self.py").symlink_to(tmp_path / "self.py")
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("x = 1\n")

    result = discover(tmp_path, Settings())

    assert [Path(file.path).name for file in result.files] == ["a.py", "b.py"]
    reasons = {os.fsencode(Path(skip.path).name): skip.reason for skip in result.skipped}
    assert reasons[b"pipe.py"] == "is not a regular file"
    assert reasons[b"caf\xe9.py"] == "its name is not valid UTF-8"
    assert b"dead.py" not in reasons
    assert discover(tmp_path / "none", Settings()).skipped == (
        Skipped(str(tmp_path / "none"), "cannot be read: No such file or directory"),
    )


def test_an_unreadable_folder_is_named_and_the_rest_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.py", "locked/b.py")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("locked"):  # the superuser, as which containers run tests, may read everything
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = discover(tmp_path, Settings())

    assert [Path(file.path).name for file in result.files] == ["a.py"]
    assert result.skipped == (Skipped(str(tmp_path / "locked"), "cannot be read: Permission denied"),)


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, "a/b.py")
    write(tmp_path, "outside/c.py")
    (root / "a" / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "again").symlink_to(root / "a")

    assert found(root) == ["a/b.py"]
    discovery = Discovery(root, Settings())
    assert not discovery.relevant(root / "out" / "c.py")
    assert not discovery.relevant(root / "a" / "loop" / "a" / "b.py")


def test_a_linked_file_is_found_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, "a.py", "build/made.py")
    write(tmp_path, "shared.py")
    (root / "same.py").symlink_to(root / "a.py")
    (root / "one.py").symlink_to(tmp_path / "shared.py")
    (root / "two.py").symlink_to(tmp_path / "shared.py")
    (root / "made.py").symlink_to(root / "build" / "made.py")

    names = [Path(file.path).name for file in discover(root, Settings()).files]

    assert names == ["a.py", "made.py", "one.py"]


def test_projects_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        "pyproject.toml",
        "one/setup.cfg",
        "two/setup.py",
        "pkg/__init__.py",
        "pkg/setup.py",
        "x/a.py",
    )

    projects = discover(tmp_path, Settings()).projects

    assert projects == (str(tmp_path), str(tmp_path / "one"), str(tmp_path / "two"))


def test_a_search_can_be_cancelled(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "sub/b.py")
    answers = iter([False, True])

    result = Discovery(tmp_path, Settings()).run(lambda: next(answers))

    assert not result.complete
    assert [Path(file.path).name for file in result.files] == ["a.py"]


def test_relevant_answers_for_paths_that_do_not_exist(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", text="gen/\n")
    discovery = Discovery(tmp_path, Settings())

    assert discovery.relevant(tmp_path / "new" / "a.py")
    assert not discovery.relevant(tmp_path / "new" / "a.txt")
    assert not discovery.relevant(tmp_path / "gen" / "a.py")
    assert not discovery.relevant(tmp_path / "x" / ".." / "gen" / "a.py")
    assert not discovery.relevant(tmp_path.parent / "a.py")
    assert not discovery.relevant(tmp_path.parent / f"{tmp_path.name}2" / "a.py")
    assert not discovery.relevant(tmp_path / "api_pb2.py")


def test_look_describes_one_file_as_run_does(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "vendor/b.py")
    write(tmp_path, "large.py", text="x" * 200)
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    discovery = Discovery(tmp_path, Settings(max_file_size=100))

    assert discovery.look(tmp_path / "a.py") == discovery.run().files[0]
    assert isinstance(discovery.look(tmp_path / "large.py"), Skipped)
    assert discovery.look(tmp_path / "vendor" / "b.py") is None
    assert discovery.look(tmp_path / "gone.py") is None
    assert discovery.look(tmp_path / "link.py") is None


GENERATED = [
    "# @generated by Thrift\nx = 1\n",
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n#\n# Code generated by x. DO NOT EDIT.\n",
    '"""Automatically generated file.\n\nTo update, run it.\n"""\n',
    "# This file was automatically generated by SWIG\n",
    "# Autogenerated by tool\nimport x\n",
    "\ufeff# Generated by the protocol buffer compiler.  DO NOT EDIT!\n",
    "# fmt: off\n# Generated by Django 5.0 on 2024-01-01\n",
    "# file generated by setuptools-scm\n# don't change\n",
    "# It is in the public domain. Generated by\n# versioneer-0.18 (https://example.org)\n\nimport os\n",
    "# Helps.\n\nfrom __future__ import annotations\n\n# Generated by versioneer-0.29\n\nimport os\n",
    '# Version: 0.18\n\n"""The Versioneer - like a rocketeer, but for versions.\n"""\n',
    "'''Do not edit this file.'''\n",
]
WRITTEN = [
    "",
    "x = '@generated'\n",
    'MARK = "DO NOT EDIT"\n# @generated\n',
    '"""Finds autogenerated files."""\n',
    '"""A file that is generated by a caller is read here."""\n',
    '"""Names that were generated by the caller are kept."""\nimport os\n',
    "import os\n# DO NOT EDIT\n",
    '"""Doc."""\nHEADER = """\n# @generated\n"""\n',
    "#\n" * 20 + "# @generated\n",
    '"""Not closed\n' + "\n" * 30 + "@generated\n",
]


@pytest.mark.parametrize("text", GENERATED)
def test_a_header_that_says_so_marks_generated_code(text: str) -> None:
    assert is_generated(text.encode())


@pytest.mark.parametrize("text", WRITTEN)
def test_code_about_generated_code_is_not_generated(text: str) -> None:
    assert not is_generated(text.encode())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("features/environment.py", True),
        ("app/features/steps/login.py", True),
        ("features/steps/helpers/users.py", False),
        ("features/flags.py", False),
        ("environment.py", False),
    ],
)
def test_what_behave_runs_is_a_test(path: str, expected: bool) -> None:
    assert is_test_path(path, Settings()) is expected
