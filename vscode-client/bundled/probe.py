"""Whether the Python that runs this can run the bundled server: prints its version, or says why not.

It imports nothing heavy: the extension asks several Pythons before it starts one. The extension
modules that are there tell which Pythons the bundle is for, on which system.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 # older ones are asked too
    sys.exit("Python {}.{} is too old, 3.11 is the oldest".format(*sys.version_info))

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

LIBS = Path(__file__).resolve().parent / "libs"


def main() -> None:
    """Print the server's version, or exit with the reason."""
    modules = LIBS / "numpy" / "_core"
    if not any((modules / f"_multiarray_umath{suffix}").exists() for suffix in EXTENSION_SUFFIXES):
        suffixes = sorted(path.name.partition(".")[2] for path in modules.glob("_multiarray_umath.*"))
        sys.exit(
            f"the extension's server is not for this Python ({EXTENSION_SUFFIXES[0]}), but for {suffixes}"
        )
    sys.path.insert(0, str(LIBS))
    from canonry import __version__

    print(f"canonry {__version__}")  # noqa: T201


main()
