"""The layers of the package, and who may import what: the contracts in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_package_has_its_layer_and_imports_no_upper_one() -> None:
    command = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
