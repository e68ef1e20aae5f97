"""Which function of a project is typed anew, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.config import Settings
from canonry.demo.choose import chosen_scene
from canonry.demo.scene import bundled_scene, in_pieces

HELPER = '''\
"""Helpers."""

import json
from pathlib import Path

from .errors import ReadError as Wrong


def load_rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a file."""
    rows = []
    try:
        lines = path.read_text(encoding).splitlines()
    except OSError as error:
        raise Wrong(str(error)) from error
    for line in lines:
        if line.strip():
            rows.append(json.loads(line))
    return rows
'''

ERRORS = "class ReadError(Exception): ...\n"


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "app" / "__init__.py").touch()


def test_a_helper_is_typed_anew_in_another_module_with_what_it_imports(tmp_path: Path) -> None:
    write(
        tmp_path,
        app__helpers=HELPER,
        app__errors=ERRORS,
        app__views='"""Views."""\nimport os\n',
    )

    scene = chosen_scene(tmp_path, Settings())

    assert scene is not None
    assert scene.existing == "app.helpers.load_rows"
    assert scene.document == tmp_path / "app" / "views.py"
    assert scene.text == (
        '"""Views."""\nimport os\n'
        "from app.errors import ReadError as Wrong\nfrom pathlib import Path\nimport json\n"
    )
    typed = "".join(scene.pieces)
    assert typed.startswith('\n\ndef read_rows(value: Path, item: str = "utf-8") -> list[dict[str, str]]:\n')
    assert "The rows" not in typed
    compile(scene.text + typed, "views.py", "exec")
    assert chosen_scene(tmp_path, Settings()) == scene


@pytest.mark.parametrize(
    "helper",
    [
        HELPER.replace('"""Helpers."""', "# @generated"),
        HELPER.replace("def load_rows", "def _load_rows"),
        HELPER.replace("def load_rows", "def test_rows"),
        HELPER.replace("def load_rows", "@cached\ndef load_rows"),
        HELPER.replace("import json\n", ""),
        "def short(a):\n    return len(str(a))\n",
        "x = (\n",
    ],
    ids=["generated", "private", "test", "decorated", "own names", "short", "syntax"],
)
def test_what_does_not_lend_itself_is_not_chosen(tmp_path: Path, helper: str) -> None:
    write(tmp_path, app__helpers=helper, app__errors="", app__views="")

    assert chosen_scene(tmp_path, Settings()) is None


def test_a_name_that_several_modules_define_is_not_chosen(tmp_path: Path) -> None:
    write(tmp_path, app__helpers=HELPER, app__others=HELPER, app__errors="", app__views="")

    assert chosen_scene(tmp_path, Settings()) is None


def test_a_module_that_the_function_needs_is_not_typed_into(tmp_path: Path) -> None:
    write(tmp_path, app__helpers=HELPER, app__errors=ERRORS)

    assert chosen_scene(tmp_path, Settings()) is None


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert chosen_scene(tmp_path, Settings()) is None


def test_the_bundled_scene_is_python_in_every_state_that_ends_a_statement(tmp_path: Path) -> None:
    scene = bundled_scene(tmp_path)

    compile(scene.text + "".join(scene.pieces), "reports.py", "exec")
    assert scene.document.read_text("utf-8") == scene.text
    assert (scene.root / "courier" / "dates.py").is_file()
    assert not list(scene.root.rglob("__pycache__"))


def test_pieces_are_the_source_in_order() -> None:
    source = "\n\ndef f(a):\n    b = a\n\n    c = b\n    d = c\n    return d\n"

    pieces = in_pieces(source)

    assert "".join(pieces) == source
    assert pieces[0] == "\n\ndef f(a):\n"
    assert len(pieces) == 3
