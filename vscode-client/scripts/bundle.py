"""Puts the server and all that it needs into the extension, for one platform and several Pythons.

    python vscode-client/scripts/bundle.py                            # this machine's platform
    python vscode-client/scripts/bundle.py --target darwin-arm64      # another one
    python vscode-client/scripts/bundle.py --remove                   # none: for the universal .vsix

The wheels of all Pythons are unpacked into one folder, bundled/libs. That works since the names of
extension modules carry the Python they are for, and everything else of a release is the same; what is
not is refused. See docs/adr/0014-one-folder-for-all-pythons.md.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

BUNDLED = Path(__file__).resolve().parent.parent / "bundled"
LIBS = BUNDLED / "libs"
REPOSITORY = BUNDLED.parent.parent

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "alpine-x64": ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64"),
    "darwin-x64": ("macosx_11_0_x86_64", "macosx_10_15_x86_64", "macosx_10_13_x86_64", "macosx_10_9_x86_64"),
    "darwin-arm64": ("macosx_11_0_arm64", "macosx_11_0_universal2"),
    "win32-x64": ("win_amd64",),
    "win32-arm64": ("win_arm64",),
}
"""For each of VS Code's targets the tags that pip knows its wheels by."""

LACKING = {"alpine-x64": ("ast-grep-py",), "win32-arm64": ("ast-grep-py",)}
"""Releases that have no wheels for a target, and that the server does without: a team's patterns are then no
findings, and the settings say why."""

UNUSED = (
    "*/tests/*",
    "[!j]*.pyi",  # jedi reads its own
    "*.pxd",
    "*.h",
    "*/RECORD",
    "bin/*",
    "*.data/*",
    "jedi/third_party/django-stubs/*",
    "jedi/third_party/typeshed/stubs/*/*",
    "numpy/f2py/*",
    "numpy/random/*",
    "numpy/_pyinstaller/*",
    "numpy/_core/lib/*",
    "numpy/_core/_*_tests.*",
    "numpy/_core/_simd.*",
    "yaml/_yaml.*",
)
"""What nobody runs: tests, stubs, files for building, a third of numpy, YAML's faster twin."""

DIFFERS = ("*.dist-info/*", "numpy/__config__.py", "*.cpython-*", "*.cp3*-win*")
"""Files that may differ from Python to Python: the first one is kept, or their names tell them apart."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill, or empty, the folder `bundled/libs`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--target", choices=sorted(PLATFORMS), default=None)
    parser.add_argument("--python", action="append", metavar="3.N", help="only this Python (may be repeated)")
    parser.add_argument("--remove", action="store_true", help="only remove what an earlier run has put there")
    given = parser.parse_args(arguments)
    shutil.rmtree(LIBS, ignore_errors=True)
    if given.remove:
        return
    target = given.target or this_target()
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder)
        build_server(wheels)
        for python in given.python or PYTHONS:
            download(wheels / python, python, target)
        unpack(sorted(wheels.rglob("*.whl")), LIBS)
    check(LIBS, LACKING.get(target, ()))
    size = sum(path.stat().st_size for path in LIBS.rglob("*") if path.is_file())
    print(f"{LIBS.relative_to(REPOSITORY)}: {target}, {size / 1e6:.0f} MB")  # noqa: T201


def this_target() -> str:
    """VS Code's name of the platform that runs this."""
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}[sys.platform]
    if system == "linux" and platform.libc_ver()[0] != "glibc":
        system = "alpine"
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}[
        platform.machine().lower()
    ]
    return f"{system}-{machine}"


def build_server(folder: Path) -> None:
    """The wheel of this repository's server."""
    run_pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY))


def download(folder: Path, python: str, target: str) -> None:
    """The pinned releases as wheels for one Python and platform."""
    platforms = [f"--platform={tag}" for tag in (*PLATFORMS[target], "any")]
    lines = (BUNDLED / "requirements.txt").read_text("utf-8").splitlines()
    folder.mkdir()
    pinned = folder / "requirements.txt"
    wanted = [line for line in lines if line.partition("==")[0] not in LACKING.get(target, ())]
    pinned.write_text("\n".join(wanted), "utf-8")
    run_pip(
        "download",
        "--no-deps",
        "--only-binary=:all:",
        f"--python-version={python}",
        *platforms,
        "--dest",
        str(folder),
        "--requirement",
        str(pinned),
    )


def run_pip(*arguments: str) -> None:
    """Run pip quietly; its own words where it fails."""
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def unpack(wheels: Iterable[Path], folder: Path) -> None:
    """Unpack wheels over each other. Exits where two of them have different files of one name."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                name = entry.filename
                if entry.is_dir() or any(fnmatch(name, pattern) for pattern in UNUSED):
                    continue
                place, content = folder / name, archive.read(entry)
                if not place.exists():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(content)
                elif place.read_bytes() != content and not any(fnmatch(name, one) for one in DIFFERS):
                    sys.exit(f"{name} of {wheel.name} is not the one of another Python's wheel")


def check(folder: Path, lacking: Sequence[str]) -> None:
    """Exit where what the server or one of its dependencies requires is not there; some may lack."""
    there = {normal(path.name.split("-")[0]) for path in folder.glob("*.dist-info")}
    there.update(map(normal, lacking))
    for metadata in folder.glob("*.dist-info/METADATA"):
        for line in metadata.read_text("utf-8").partition("\n\n")[0].splitlines():
            if not line.startswith("Requires-Dist:") or "extra ==" in line or "python_version <" in line:
                continue
            needed = re.match(r"Requires-Dist:\s*([\w.-]+)", line)
            if needed is not None and normal(needed[1]) not in there | {"pyyaml_ft"}:
                sys.exit(f"{metadata.parent.name} requires {needed[1]}: add it to {BUNDLED}/requirements.txt")


def normal(name: str) -> str:
    """A project's name as its folder has it."""
    return re.sub(r"[-_.]+", "_", name).lower()


if __name__ == "__main__":
    main()
