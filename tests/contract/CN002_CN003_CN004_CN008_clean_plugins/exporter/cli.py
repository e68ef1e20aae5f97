import argparse
import json
import os
import sys
from pathlib import Path

from exporter.registry import exporter


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="exporter")
    parser.add_argument("--format", default=os.environ.get("EXPORTER_FORMAT", "csv"))  # ok: CN008 one spelling
    parser.add_argument("--folder", default=os.environ.get("EXPORTER_FOLDER", "."))  # ok: CN008 another key
    options = parser.parse_args(arguments)
    rows = json.load(sys.stdin)
    print(exporter(options.format).export(rows, Path(options.folder) / "export"))  # ok: CN004 nothing is superseded
    return 0
