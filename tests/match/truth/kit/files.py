"""Helpers for files."""

import hashlib
import json
import os
import tempfile
from pathlib import Path


def sha256_of_file(path, chunk_size=65536):
    """The SHA-256 digest of a file, read in chunks."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(chunk_size):
            digest.update(chunk)
    return digest.hexdigest()


def write_atomically(path, text):
    """Write a file so that readers see the old or the new text, never half of it."""
    folder = os.path.dirname(path)
    handle, temporary = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    os.replace(temporary, path)


def load_json_file(path, default=None):
    """Read a JSON file; the default where there is none."""
    try:
        return json.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError:
        return default


def format_file_size(size):
    """A number of bytes for humans: 1.5 MiB."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"
