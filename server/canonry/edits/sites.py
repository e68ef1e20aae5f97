"""The places where the new definition is used, and what each needs to mean the existing one."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import libcst as cst

from canonry.edits.calls import Unmappable, map_call
from canonry.edits.definitions import Definition
from canonry.edits.facts import members
from canonry.edits.names import Names
from canonry.edits.pairing import Pairing
from canonry.edits.sources import SourceFile
from canonry.edits.text import Splice
from canonry.edits.tree import Tree, dotted


@dataclass(frozen=True, slots=True)
class Site:
    """A place that names the new definition."""

    file: SourceFile
    tree: Tree
    names: Names
    node: cst.CSTNode
    """The name, the chain of attributes that ends in it, or the string that quotes it."""

    @property
    def line(self) -> int:
        """One-based."""
        return self.tree.line(self.node)


@dataclass(slots=True)
class Checked:
    """What was found at the sites of one change."""

    splices: dict[Path, list[Splice]] = field(default_factory=dict)
    cautions: list[str] = field(default_factory=list)
    calls: int = 0
    """Sites that run the definition, or hand it to something that may."""


class SiteChecker:
    """Judges sites one by one. `check` gives the reason where a site cannot go to the existing definition."""

    def __init__(
        self, home: SourceFile, new: Definition, target: Definition, pairing: Pairing | None
    ) -> None:
        self.home = home
        self.new = new
        self.target = target
        self.pairing = pairing
        self.checked = Checked()
        self.members: Mapping[str, object] = (
            members(target.node) if isinstance(target.node, cst.ClassDef) else {}
        )

    def check(self, site: Site) -> str | None:
        """Takes in a site: None where it can be mapped, else why not, in words that name its line."""
        if not isinstance(site.node, (cst.Name, cst.Attribute)):
            return None
        problem = self._problem(site, site.node)
        return f"{self._place(site)} {problem}" if problem else None

    def _place(self, site: Site) -> str:
        where = f"line {site.line}"
        return where if site.file.path == self.home.path else f"{where} of {site.file.path.name}"

    def _problem(self, site: Site, node: cst.Name | cst.Attribute) -> str | None:
        parent = site.names.parents.get(node)
        if isinstance(parent, cst.Call) and parent.func is node:
            return self._call(site, parent)
        if isinstance(parent, cst.Decorator):
            return self._decorator(site)
        if isinstance(parent, cst.Attribute):
            return self._attribute(site, parent)
        if isinstance(parent, cst.Arg) and (reason := self._given_along(site, parent)):
            return reason
        if any(isinstance(outer, cst.Annotation) for outer in site.names.enclosing(node)):
            return None
        if isinstance(self.new.node, cst.ClassDef):
            return self._class_use(site, node, parent)
        return self._value(site)

    # Calls and values

    def _call(self, site: Site, call: cst.Call) -> str | None:
        self.checked.calls += 1
        if changing := self._changing_decorator():
            return f"calls it, and {changing} changes what a call gives"
        if self._is_async(self.new) != self._is_async(self.target):
            kind = "async" if self._is_async(self.target) else "not async"
            return f"calls it, and {self.target.name} is {kind}"
        if self.pairing is None:
            if self._inherits_same_constructor():
                return None
            if call.args:
                self._caution(f"the arguments of {self.target.name}() could not be compared")
            return None
        mapped = map_call(site.tree, call, self.pairing, self.target.name)
        if isinstance(mapped, Unmappable):
            return mapped.reason
        self.checked.splices.setdefault(site.file.path, []).extend(mapped.splices)
        for caution in mapped.cautions:
            self._caution(caution)
        return None

    def _changing_decorator(self) -> str:
        """A decorator of only one of the two for which a call is another thing; "" where there is none."""
        one, other = self.target, self.new
        return changing_decorator(one, other.decorators) or changing_decorator(other, one.decorators)

    def _decorator(self, site: Site) -> str | None:
        self.checked.calls += 1
        if changing := self._changing_decorator():
            return f"uses it as a decorator, and {changing} changes what a call gives"
        if self.pairing is not None and self.pairing.same_interface:
            return None
        return f"uses it as a decorator, and {self.target.name} has other parameters"

    def _value(self, site: Site) -> str | None:
        self.checked.calls += 1
        if self._is_async(self.new) != self._is_async(self.target):
            kind = "async" if self._is_async(self.target) else "not async"
            return f"passes it on, and {self.target.name} is {kind}"
        if self.pairing is not None and self.pairing.same_interface:
            if self._annotations() == self._annotations(of_target=True):
                return None
            self._caution(f"{self._place(site)} passes it on, and {self.target.name} has other annotations")
            return None
        if self.pairing is not None and self.pairing.same_positions:
            self._caution(
                f"{self._place(site)} passes it on, and {self.target.name} names its parameters otherwise"
            )
            return None
        return f"passes it on, and {self.target.name} has other parameters"

    def _given_along(self, site: Site, argument: cst.Arg) -> str | None:
        """Why a call that takes it as an argument, with arguments for it by keyword, cannot take the other.

        `partial(new, limit=3)`, `Thread(target=new, kwargs={"limit": 3})`.
        """
        call = site.names.parents.get(argument)
        if self.pairing is None or not isinstance(call, cst.Call):
            return None
        given = {one.keyword.value for one in call.args if one.keyword is not None and one is not argument}
        for one in call.args:
            if isinstance(one.value, cst.Dict):
                given |= {
                    str(key.key.evaluated_value)
                    for key in one.value.elements
                    if isinstance(key, cst.DictElement) and isinstance(key.key, cst.SimpleString)
                }
        for name, pair in self.pairing.pairs.items():
            if name in given and name != pair.target.name:
                return f"passes it on with {name!r}, which {self.target.name} calls {pair.target.name!r}"
        return None

    def _attribute(self, site: Site, parent: cst.Attribute) -> str | None:
        name = parent.attr.value
        outer = site.names.parents.get(parent)
        if isinstance(outer, (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.Del)) and (
            getattr(outer, "target", None) is parent
        ):
            return f"sets its attribute {name!r}"
        if name in self.members:
            self._caution(f"{self.target.name}.{name} may differ")
            return None
        if name in _OF_CACHES and self.new.decorators and self.new.decorators == self.target.decorators:
            return None
        return f"reads its attribute {name!r}"

    # Classes

    def _class_use(self, site: Site, node: cst.CSTNode, parent: cst.CSTNode | None) -> str | None:
        name = self.target.name
        grand = site.names.parents.get(parent) if parent is not None else None
        if isinstance(parent, cst.Arg) and isinstance(grand, cst.ClassDef):
            self.checked.calls += 1
            if set(_members_of(self.new)) <= set(self.members) and _bases(self.new) == _bases(self.target):
                self._caution(f"{self._place(site)} derives from it")
                return None
            return f"derives from it, and {name} has other bases or members"
        if isinstance(parent, cst.MatchClass):
            return f"matches against it, which {name} may answer otherwise"
        for outer in site.names.enclosing(node):
            if isinstance(outer, cst.Call) and dotted(outer.func) in ("isinstance", "issubclass"):
                return f"tests for it with {dotted(outer.func)}, which {name} may answer otherwise"
            if isinstance(outer, (cst.ExceptHandler, cst.ExceptStarHandler)):
                self._caution(f"{self._place(site)} then catches every {name}")
                return None
            if isinstance(outer, cst.Raise):
                self.checked.calls += 1
                return None
            if isinstance(outer, cst.BaseSmallStatement):
                break
        if isinstance(parent, cst.Index) or (isinstance(parent, cst.Subscript) and parent.value is node):
            return None
        return self._value(site)

    # Small questions

    def _caution(self, text: str) -> None:
        if text not in self.checked.cautions:
            self.checked.cautions.append(text)

    def _annotations(self, of_target: bool = False) -> list[str | None]:
        assert self.pairing is not None
        signature = self.pairing.target if of_target else self.pairing.new
        return [one.annotation for one in signature.parameters]

    def _inherits_same_constructor(self) -> bool:
        return (
            self.new.callable is None
            and self.target.callable is None
            and _bases(self.new) == _bases(self.target) != []
            and self.new.decorators == self.target.decorators == ()
        )

    @staticmethod
    def _is_async(definition: Definition) -> bool:
        return isinstance(definition.node, cst.FunctionDef) and definition.node.asynchronous is not None


def changing_decorator(definition: Definition, but: Container[str] = ()) -> str:
    """A decorator, none of `but`, after which a call is another thing; "" where there is none."""
    for text in definition.decorators:
        name = text.partition("(")[0].rpartition(".")[2]
        if name in _CHANGING and text not in but:
            return f"@{name} of {definition.name}"
    return ""


_CHANGING = frozenset(
    ("contextmanager", "asynccontextmanager", "property", "cached_property", "fixture", "command", "group",
     "pass_context", "pass_obj", "option", "argument", "task", "shared_task", "coroutine", "inlineCallbacks")
)  # fmt: skip
"""Decorators after which a call takes or gives something else than the function that is written there."""

_OF_CACHES = ("cache_clear", "cache_info", "cache_parameters", "__wrapped__")


def _members_of(definition: Definition) -> Mapping[str, object]:
    return members(definition.node) if isinstance(definition.node, cst.ClassDef) else {}


def _bases(definition: Definition) -> list[str]:
    if not isinstance(definition.node, cst.ClassDef):
        return []
    return [dotted(one.value) or "?" for one in definition.node.bases]
