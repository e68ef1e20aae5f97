import subprocess

import pytest


@pytest.fixture
def git_repository(tmp_path):
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "README").write_text("hello\n")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "commit", "--quiet", "-m", "first"], cwd=tmp_path, check=True)
    return tmp_path


def test_log(git_repository):
    subprocess.run(["git", "log", "--oneline"], cwd=git_repository, check=True)
