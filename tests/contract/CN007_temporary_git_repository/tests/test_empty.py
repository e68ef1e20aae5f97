import subprocess

import pytest


@pytest.fixture
def bare_repository(tmp_path):  # ok: CN007 does less, and other things
    subprocess.run(["git", "init", "--bare", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def test_bare(bare_repository):
    assert (bare_repository / "HEAD").exists()
