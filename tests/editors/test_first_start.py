"""The first start where nothing is installed but a Python.

The server inside the .vsix of this platform answers; the universal one offers to install a server.
CANONRY_PLATFORM_VSIX names a platform's .vsix that is built already, such as the one of a release.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from canonry import __version__

from .running import ALL_EDITORS, CLIENT, Run, Tools, write_plan
from .shop import NEW, TYPED, Shop

pytestmark = pytest.mark.editors


@pytest.fixture(scope="module")
def platform_vsix(vscode: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension with the server inside, for the Python that runs this alone: it is there sooner."""
    if built_already := os.environ.get("CANONRY_PLATFORM_VSIX"):
        return Path(built_already).resolve()
    target = tmp_path_factory.mktemp("vsix") / "platform.vsix"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    environment = os.environ | {
        "PATH": f"{vscode.node}{os.pathsep}{os.environ['PATH']}",
        "PYTHON": sys.executable,
    }
    built = subprocess.run(
        [vscode.node / "node", "scripts/package.mjs", "--python", python, "--out", str(target)],
        cwd=CLIENT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return target


def test_the_server_inside_answers_where_none_is_installed(
    vscode: Tools, platform_vsix: Path, run: Run, shop: Shop, plan: dict[str, object], tmp_path: Path
) -> None:
    shop.checkout.write_text(shop.checkout.read_text("utf-8") + TYPED, encoding="utf-8")
    # The Python that this one's environment was made from: it has no Canonry.
    python = str(Path(sys.base_prefix) / "bin" / "python3")
    told = plan | {
        "vsix": str(platform_vsix),
        "file": str(shop.checkout),
        "new": NEW,
        "settings": {"canonry.interpreter": python},
        "used": f"the extension's own server: {python} -m canonry: version {__version__}, used",
    }

    start(vscode, run, told, tmp_path)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server as a wheel, with all that it needs: what an index of packages would have."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--wheel-dir",
        str(folder),
        str(CLIENT.parent),
    ]
    built = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.mark.skipif(not ALL_EDITORS, reason="CANONRY_ALL_EDITORS is not set")
def test_the_universal_build_installs_a_server_where_it_finds_none(
    vscode: Tools, vsix: Path, wheels: Path, run: Run, shop: Shop, plan: dict[str, object], tmp_path: Path
) -> None:
    shop.checkout.write_text(shop.checkout.read_text("utf-8") + TYPED, encoding="utf-8")
    private = run.home / "data/User/globalStorage/canonry.canonry" / f"server-{__version__}" / "bin/python"
    told = plan | {
        "vsix": str(vsix),
        "file": str(shop.checkout),
        "settings": {},
        "install": True,
        "used": f"the extension's own environment: {private} -m canonry: version {__version__}, used",
    }

    start(
        vscode,
        run,
        told,
        tmp_path,
        {
            "PATH": os.pathsep.join(["/usr/local/bin", "/usr/bin", "/bin"]),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels),
        },
    )


def start(
    vscode: Tools, run: Run, plan: dict[str, object], folder: Path, extra: dict[str, str] | None = None
) -> None:
    """Open the folder, and wait for the finding; what was measured is printed."""
    script = Path(__file__).parent / "vscode" / "first_start.mjs"
    output = run.execute(
        [vscode.node / "node", script, write_plan(folder / "plan.json", plan)],
        seconds=360,
        cwd=folder,
        extra=extra,
    )
    print(output)
    assert "first finding" in output
    assert "activation" in output
    run.assert_all_ended()
