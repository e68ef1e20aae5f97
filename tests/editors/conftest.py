from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import CLIENT, Run, Tools, find_tools
from .shop import Shop, make_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path / "workspace")


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    one = Run(tmp_path / "home")
    yield one
    one.close()


@pytest.fixture(scope="session")
def vscode() -> Tools:
    return find_tools(["chromium"], vscode=True)


@pytest.fixture(scope="session")
def vsix(vscode: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged extension, built from the sources as they are."""
    target = tmp_path_factory.mktemp("vsix") / "canonry.vsix"
    environment = os.environ | {"PATH": f"{vscode.node}{os.pathsep}{os.environ['PATH']}"}
    built = subprocess.run(
        ["npm", "run", "package", "--", "--out", str(target)],
        cwd=CLIENT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return target


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where pictures go: the folder that CANONRY_SCREENSHOTS names, else one of this test's own."""
    folder = Path(os.environ.get("CANONRY_SCREENSHOTS") or tmp_path / "screenshots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def plan(vscode: Tools, run: Run, shop: Shop, screenshots: Path, tmp_path: Path) -> dict[str, object]:
    """What the scripts in vscode/ are told; `write_plan` hands it over."""
    return {
        "codeServer": str(vscode.code_server),
        "playwright": str(vscode.playwright),
        "home": str(run.home),
        "workspace": str(shop.root),
        "screenshots": str(screenshots),
        "settings": {"canonry.interpreter": sys.executable},
        "user": {"workbench.colorTheme": os.environ.get("CANONRY_THEME") or "Default Dark Modern"},
    }
