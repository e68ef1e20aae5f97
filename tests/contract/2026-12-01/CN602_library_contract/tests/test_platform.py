import sys  # ok: CN602 tests under a condition
from pathlib import PurePosixPath

if sys.platform != "win32":

    async def test_paths_are_posix():
        assert PurePosixPath("/a") / "b" == PurePosixPath("/a/b")
