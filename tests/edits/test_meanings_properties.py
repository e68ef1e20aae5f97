"""Random modules that run: whatever is done to the new function, they say the same afterwards.

Both functions do the same, so that every change that is made, safe or not, has to keep what a module says;
what it can be about is names: scopes, clashes, star imports, stubs, conditions, other files.
"""

from __future__ import annotations

import builtins
import re
import types
from collections.abc import Callable
from typing import Any

import pytest
from canonry.edits.delegate import delegate
from canonry.edits.replace_symbol import replace_symbol
from canonry.edits.text import apply_edits
from canonry.edits.use_existing import use_existing
from canonry.model import Fix, Refusal
from hypothesis import given
from hypothesis import strategies as st

from .workspaces import Files, plain

NEW, OLD = "app/views.py::fresh", "app/text.py::known"

BEFORE = [
    "from app.text import known\nseen.append(known('xyz', 1))\n",
    "from app.text import known as short\nseen.append(short('xyz', 1))\n",
    "from app.other import *\n",
    "known = 'mine'\nseen.append(known)\n",
    "class known:\n    word = 'class'\n\n\nseen.append(known.word)\n",
    "if len('x') == 2:\n    from app.text import known\n",
    "__all__ = ['fresh', 'seen']\n",
    "# fresh is about to come\n\f\n",
]
AFTER = [
    "seen.append(fresh('abc', 2))\n",
    "seen.append(f'{fresh(\"ü🦆x\", 2)}🦆'); seen.append(fresh('🦆🦆', limit=1))\n",
    "seen.append([fresh(known, 1) for known in ('abc',)])\n",
    "seen.append((lambda known: fresh(known, 2))('lambda'))\n",
    "def inner(known='parameter'):\n    return known, fresh('inner', 3)\n\n\nseen.append(inner())\n",
    "def outer():\n    def known():\n        return fresh('nested', 4)\n    return known()\n\n\n"
    "seen.append(outer())\n",
    "def shadow(fresh=len):\n    return fresh('shadow')\n\n\nseen.append(shadow())\n",
    "class Box:\n    known = 'attribute'\n\n"
    "    def take(self):\n        return self.known, fresh('method', 2)\n\n\n"
    "seen.append(Box().take())\n",
    "class Own:\n    fresh = fresh('own', 1)\n    seen.append(fresh)\n",
    "def later():\n    global counter\n    counter = fresh('global', 1)\n    return counter\n\n\n"
    "seen.append(later())\n",
    "if __name__ == '__main__':\n    seen.append(fresh('main', 3))\n",
    "if len('x') == 1:\n    seen.append(fresh('condition', 4))\nelse:\n    fresh('never', 1)\n",
    "try:\n    fresh\nexcept NameError:\n    seen.append('lost')\n",
    "seen.append('fresh' in globals())\n",
    "seen.append(next(map(fresh, ['map'], [1])))\n",
    "match fresh('match', 2):\n    case 'ma' as known:\n        seen.append(known)\n",
    "known = 'late'\nseen.append(known)\n",
    "def use() -> 'fresh':\n    return fresh('annotation', 1)\n\n\nseen.append(use())\n",
]
DEFINITIONS = [
    "def fresh(text, limit):\n    return text[:limit]\n",
    "# About it.\ndef fresh(text, limit):\n    '''Doc 🦆.'''\n    return text[:limit]\n",
    "if len('x') == 1:\n    def fresh(text, limit):\n        return text[:limit]\n",
]
OTHERS = {
    "app/user.py": "from app.views import fresh\n\nseen = [fresh('user', 2)]\n",
    "app/all.py": "from app.views import *\n\nseen = list(seen)\n",
    "app/views.pyi": "seen: list[object]\n\ndef fresh(text: str, limit: int) -> str: ...\n",
}
DRESSES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "tabs": lambda text: text.replace("    ", "\t"),
    "bom": lambda text: "\ufeff" + text,
    "mixed": lambda text: re.sub(r"\)\n", ")\r\n", text),
}


@st.composite
def workspaces(draw: st.DrawFn) -> dict[str, str]:
    gap = st.sampled_from(["", "\n", "\n\n"])
    parts = ["seen = []\n"]
    for one in (
        *draw(st.lists(st.sampled_from(BEFORE), max_size=2, unique=True)),
        draw(st.sampled_from(DEFINITIONS)),
        *draw(st.lists(st.sampled_from(AFTER), max_size=4, unique=True)),
    ):
        parts += draw(gap), one
    dress = DRESSES[draw(st.sampled_from(sorted(DRESSES)))]
    others = draw(st.lists(st.sampled_from(sorted(OTHERS)), max_size=2, unique=True))
    return {
        "app/text.py": "def known(text, limit):\n    return text[:limit]\n",
        "app/other.py": "known = label = 'starred'\n",
        "app/views.py": dress("".join(parts)),
        **{path: OTHERS[path] for path in others},
    }


ACTIONS: dict[str, Callable[[Files], Fix | Refusal]] = {
    "use": lambda files: use_existing(files.request(NEW, OLD)),
    "delegate": lambda files: delegate(files.request(NEW, OLD)),
    "replace": lambda files: replace_symbol(files.replacement(NEW, OLD)),
}


@pytest.mark.parametrize("action", ACTIONS)
@given(texts=workspaces())
def test_a_module_says_the_same_afterwards(action: str, texts: dict[str, str]) -> None:
    before = said(texts)
    found = ACTIONS[action](Files(texts))
    if isinstance(found, Refusal):
        assert "internal" not in found.reason
        return

    after = dict(texts)
    for one in found.files:
        path = one.path.relative_to(Files(texts).root).as_posix()
        after[path] = apply_edits(texts[path], one.edits)

    assert said(after) == before, after["app/views.py"]
    if action == "use":
        assert "def fresh" not in after["app/views.py"]
    if "app/views.pyi" in texts:
        assert hasattr(load(after, "app.views"), "fresh")


def said(texts: dict[str, str]) -> list[object]:
    """What each module that says something says, or the error that ends it; the views as a script too."""
    found: list[object] = []
    for path in ("app/views.py", "app/user.py", "app/all.py"):
        if path in texts:
            found.append(_seen(texts, path[:-3].replace("/", ".")))
    found.append(_seen(texts, "app.views", "__main__"))
    return found


def _seen(texts: dict[str, str], name: str, as_name: str = "") -> object:
    try:
        return load(texts, name, as_name).seen
    except (NameError, ImportError, TypeError) as error:
        return type(error).__name__


def load(texts: dict[str, str], name: str, as_name: str = "") -> Any:
    """A module of the workspace, run anew, and anew whatever it imports."""
    module = types.ModuleType(as_name or name)

    def importing(wanted: str, *rest: Any) -> Any:
        path = wanted.replace(".", "/") + ".py"
        return load(texts, wanted) if path in texts else builtins.__import__(wanted, *rest)

    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": importing}
    exec(plain(texts[name.replace(".", "/") + ".py"]), module.__dict__)
    return module
