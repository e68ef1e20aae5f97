"""What can be seen of a definition's behaviour without running it, and how two of them differ in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from canonry.edits.align import differing_constants, names_in_one_only
from canonry.edits.definitions import (
    Definition,
    assigned,
    code_of,
    is_docstring,
    methods_of,
    parameters_of,
    statements,
)
from canonry.edits.pairing import delegated_names, types_agree
from canonry.edits.tree import children, dotted
from canonry.model import Parameter

PURE_DECORATORS = frozenset(
    ("cache", "lru_cache", "cached", "wraps", "contextmanager", "asynccontextmanager", "final", "override",
     "deprecated", "no_type_check", "singledispatch", "total_ordering", "dataclass", "runtime_checkable",
     "unique", "define", "frozen", "mutable", "add_slots", "staticmethod", "njit", "jit", "retry", "beartype",
     "typechecked", "validate_call", "abstractmethod")
)  # fmt: skip
"""Decorators that change the definition and do nothing else; others may register it somewhere."""

_SILENT_BASES = frozenset(
    ("object", "ABC", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "NamedTuple", "TypedDict", "Protocol",
     "Generic", "BaseModel", "Exception", "BaseException", "Warning", "dict", "list", "tuple", "str", "int",
     "set", "frozenset", "float", "bytes", "Thread", "TestCase")
)  # fmt: skip
"""Bases that keep no list of their subclasses which anyone reads."""

_REGISTERING_BASES = frozenset(("Model", "Base", "DeclarativeBase", "SQLModel", "Document", "Table"))

_MOST_CONSTANTS = 3
"""Constants in which two bodies differ that are named one by one."""

_MOST_NAMES = 3
"""Names that only one of two bodies uses, and methods that are written otherwise, which are told."""

_MUTATING = frozenset(
    ("append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "setdefault", "add",
     "discard", "sort", "reverse", "write", "writelines")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a function visibly does."""

    is_async: bool
    is_generator: bool
    returns: frozenset[str]
    """Kinds of what it gives back: `None`, `a tuple of 2`, `a list`; "" for what cannot be seen."""
    raises: frozenset[str]
    decorators: tuple[str, ...]
    changes_arguments: bool
    writes: frozenset[str]
    """Names of the module that it binds."""


def read_facts(function: cst.FunctionDef) -> Facts:
    """The facts of a function or method."""
    own = list(_own_nodes(function))
    rebound = {
        target.value
        for node in own
        if isinstance(node, cst.Assign)
        for target in assigned(node)
        if isinstance(target, cst.Name)
    }
    parameters = {one.name.value for one in parameters_of(function)} - rebound
    generator = any(isinstance(node, cst.Yield) for node in own)
    returns: set[str] = set()
    for node in own:
        if isinstance(node, cst.Return):
            returns.add(_kind(node.value))
    body = [one for one in statements(function.body) if not is_docstring(one)]
    if not generator and not (body and _never_falls_through(body[-1])):
        returns.add("None")
    raises = {
        dotted(node.exc.func if isinstance(node.exc, cst.Call) else node.exc).rpartition(".")[2]
        for node in own
        if isinstance(node, cst.Raise) and node.exc is not None
    }
    handled = {
        node.name.name.value
        for node in own
        if isinstance(node, cst.ExceptHandler) and node.name and isinstance(node.name.name, cst.Name)
    }
    writes = {
        item.name.value for node in own if isinstance(node, (cst.Global, cst.Nonlocal)) for item in node.names
    }
    return Facts(
        function.asynchronous is not None,
        generator,
        frozenset(returns),
        frozenset(raises - handled - {""}),
        tuple(code_of(one.decorator) for one in function.decorators),
        any(_changes(node, parameters) for node in own),
        frozenset(writes),
    )


def differences(new: Definition, target: Definition) -> list[str]:
    """What callers may notice, a clause for each; empty where nothing visible differs."""
    if isinstance(new.node, cst.FunctionDef) and isinstance(target.node, cst.FunctionDef):
        if delegated_names(new, target) is not None:
            return []
        found = _function_differences(target.name, new, new.node, target, target.node)
        own = _locals(new.node)
        if any(isinstance(one, cst.Call) and _calls(one, target.name, own) for one in _own_nodes(new.node)):
            found.append(f"{new.name} itself calls {target.name} and does more")
        return found
    if isinstance(new.node, cst.ClassDef) and isinstance(target.node, cst.ClassDef):
        return _class_differences(new, target, new.node, target.node)
    return []


def registering(definition: Definition, target: Definition) -> list[str]:
    """What makes a definition known elsewhere just by standing there: decorators, base classes.

    Bases that `target` has too are none of it, but for those of tables and the like.
    """
    found = [
        f"@{_short(text)}"
        for text in definition.decorators
        if text.partition("(")[0].rpartition(".")[2] not in PURE_DECORATORS
    ]
    if isinstance(definition.node, cst.ClassDef) and isinstance(target.node, cst.ClassDef):
        others = {code_of(base.value) for base in (*target.node.bases, *target.node.keywords)}
        for base in definition.node.bases:
            shared = code_of(base.value) in others and _last_name(base) not in _REGISTERING_BASES
            if not is_quiet_base(base) and not shared:
                found.append(f"the base class {_short(code_of(base.value))}")
        for keyword in definition.node.keywords:
            if keyword.keyword and code_of(keyword.value) not in others:
                found.append(f"{keyword.keyword.value}={_short(code_of(keyword.value))}")
    return found


def is_quiet_base(base: cst.Arg) -> bool:
    """Whether a base class is known to keep no list of the classes below it, and to read nothing of them."""
    last = _last_name(base)
    return last in _SILENT_BASES or last.endswith(("Error", "Exception", "Warning"))


def _last_name(base: cst.Arg) -> str:
    held = base.value.value if isinstance(base.value, cst.Subscript) else base.value
    return dotted(held).rpartition(".")[2]


def _short(code: str) -> str:
    text = " ".join(code.split())
    return text if len(text) <= 60 else text[:57] + "..."


def closure_of(definition: Definition, outer: frozenset[str]) -> list[str]:
    """The names among `outer` that the definition reads from around itself."""
    found = {
        use.name
        for uses in definition.names.uses.values()
        for use in uses
        if use.name in outer
        and definition.names.resolve(use.scope, use.name) in (None, definition.names.module)
    }
    return sorted(found - {definition.name})


def members(node: cst.ClassDef) -> dict[str, cst.FunctionDef | None]:
    """The names that a class body and `self.x = ...` in its methods bind, with the methods among them."""
    found: dict[str, cst.FunctionDef | None] = {}
    for one in statements(node.body):
        if isinstance(one, cst.FunctionDef):
            found[one.name.value] = one
        elif isinstance(one, (cst.Assign, cst.AnnAssign)):
            found.update((target.value, None) for target in assigned(one) if isinstance(target, cst.Name))
    for method in methods_of(node):
        first = next(parameters_of(method), None)
        for part in _own_nodes(method):
            for target in assigned(part):
                if (
                    isinstance(target, cst.Attribute)
                    and first is not None
                    and dotted(target.value) == first.name.value
                ):
                    found.setdefault(target.attr.value, None)
    return found


def _function_differences(
    name: str, mine_in: Definition, new: cst.FunctionDef, theirs_in: Definition, target: cst.FunctionDef
) -> list[str]:
    mine, theirs = read_facts(new), read_facts(target)
    found: list[str] = []
    constants = differing_constants(new, mine_in.names, target, theirs_in.names)
    found += [f"{name} has {other}, the new one {one}" for one, other in (constants or ())[:_MOST_CONSTANTS]]
    if mine.is_async != theirs.is_async:
        found.append(f"{name} is {'async' if theirs.is_async else 'not async'}")
    if mine.is_generator != theirs.is_generator:
        found.append(
            f"{name} is a generator" if theirs.is_generator else f"{name} is no generator, the new one is"
        )
    elif not mine.is_generator:
        found += _return_differences(name, mine.returns, theirs.returns)
    if new.returns is not None and target.returns is not None:
        one, other = code_of(target.returns.annotation), code_of(new.returns.annotation)
        if not types_agree(Parameter("", annotation=one), Parameter("", annotation=other)):
            found.append(f"{name} is annotated to return {one}, the new one {other}")
    if mine.raises - theirs.raises:
        found.append(f"{name} does not itself raise {_list(mine.raises - theirs.raises)}")
    if theirs.raises - mine.raises:
        found.append(f"{name} raises {_list(theirs.raises - mine.raises)}")
    if mine.decorators != theirs.decorators:
        found.append(
            f"{name} is decorated with @{', @'.join(map(_short, theirs.decorators))}"
            if theirs.decorators
            else f"{name} is not decorated with @{', @'.join(map(_short, mine.decorators))}"
        )
    if mine.changes_arguments != theirs.changes_arguments:
        found.append(
            f"{name} changes its arguments"
            if theirs.changes_arguments
            else f"{name} does not change its arguments, the new one does"
        )
    if mine.writes != theirs.writes:
        changed = mine.writes ^ theirs.writes
        found.append(f"only one of the two writes {_list(changed)}")
    if constants is None:
        found.append(_other_body(name, mine_in, new, theirs_in, target))
    return found


def _other_body(
    name: str, mine_in: Definition, new: cst.FunctionDef, theirs_in: Definition, target: cst.FunctionDef
) -> str:
    """That two bodies differ in more than constants, with what only one of them uses."""
    without, uses = names_in_one_only(new, mine_in.names, target, theirs_in.names)
    told = f"{name} is written otherwise"
    if without:
        told += f", without {_some(without)}"
    return f"{told}, with {_some(uses)}" if uses else told


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if names[_MOST_NAMES:] else "")


def _return_differences(name: str, mine: frozenset[str], theirs: frozenset[str]) -> list[str]:
    found: list[str] = []
    if mine == {"None"} and theirs != {"None"}:
        found.append(f"{name} returns a value, the new one returns None")
    elif theirs == {"None"} and mine != {"None"}:
        found.append(f"{name} returns None")
    elif ("None" in theirs) != ("None" in mine):
        found.append(
            f"{name} may return None" if "None" in theirs else f"{name} never returns None, the new one may"
        )
    else:
        seen, known = mine - {"None", ""}, theirs - {"None", ""}
        if seen and known and "" not in mine | theirs and not seen & known:
            found.append(f"{name} returns {_list(known)}, the new one {_list(seen)}")
    return found


def _class_differences(
    new: Definition, target: Definition, mine: cst.ClassDef, theirs: cst.ClassDef
) -> list[str]:
    found: list[str] = []
    bases, others = ([code_of(one.value) for one in node.bases] for node in (mine, theirs))
    if bases != others:
        found.append(f"{target.name} derives from {', '.join(others) or 'nothing'}")
    if new.decorators != target.decorators:
        found.append(f"{target.name} has other decorators")
    have, has = members(mine), members(theirs)
    own, existing = _constants(mine), _constants(theirs)
    found += [
        f"{target.name}.{name} is {_short(existing[name])}, not {_short(own[name])}"
        for name in sorted(own.keys() & existing.keys())
        if own[name] != existing[name]
    ]
    for name in sorted(set(have) & set(has)):
        one, other = have[name], has[name]
        if (one is None) != (other is None):
            found.append(f"{target.name}.{name} is {'a method' if other else 'no method'}")
        elif one is not None and other is not None:
            texts = [[code_of(part) for part in parameters_of(each)] for each in (one, other)]
            if name not in ("__init__", "__new__") and texts[0] != texts[1]:
                found.append(f"{target.name}.{name} has other parameters")
            found += _function_differences(f"{target.name}.{name}", new, one, target, other)
    return found


def _constants(node: cst.ClassDef) -> dict[str, str]:
    """The attributes to which a class body assigns, as code; not fields, whose defaults calls pass on."""
    return {
        name: code_of(one.value)
        for one in statements(node.body)
        if isinstance(one, cst.Assign)
        for target in assigned(one)
        if (name := dotted(target))
    }


def _own_nodes(function: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """What runs when the function runs: not the bodies of functions and classes inside it."""
    todo: list[cst.CSTNode] = [function.body]
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda)):
            todo.extend(children(node))


def _kind(value: cst.BaseExpression | None) -> str:
    if value is None or (isinstance(value, cst.Name) and value.value == "None"):
        return "None"
    if isinstance(value, cst.Tuple):
        return f"a tuple of {len(value.elements)}"
    if isinstance(value, cst.Name) and value.value in ("True", "False"):
        return "a bool"
    if isinstance(value, cst.UnaryOperation) and isinstance(value.operator, cst.Not):
        return "a bool"
    for kinds, word in (
        ((cst.List, cst.ListComp), "a list"),
        ((cst.Dict, cst.DictComp), "a dict"),
        ((cst.Set, cst.SetComp), "a set"),
        ((cst.GeneratorExp,), "a generator"),
        ((cst.SimpleString, cst.ConcatenatedString, cst.FormattedString), "a string"),
        ((cst.Integer,), "an int"),
        ((cst.Float,), "a float"),
    ):
        if isinstance(value, kinds):
            return word
    return ""


def _calls(node: cst.Call, name: str, own: set[str]) -> bool:
    """Whether a call may be one of a function of the module's or another's: no method of a local."""
    path = dotted(node.func)
    return path.rpartition(".")[2] == name and ("." not in path or path.partition(".")[0] not in own)


def _locals(function: cst.FunctionDef) -> set[str]:
    found = {one.name.value for one in parameters_of(function)}
    for node in _own_nodes(function):
        found |= {one.value for one in assigned(node) if isinstance(one, cst.Name)}
    return found


def _never_falls_through(node: cst.CSTNode) -> bool:
    if isinstance(node, (cst.Return, cst.Raise)):
        return True
    if isinstance(node, cst.If):
        return (
            node.orelse is not None
            and _block_never_falls(node.body)
            and (
                _never_falls_through(node.orelse)
                if isinstance(node.orelse, cst.If)
                else _block_never_falls(node.orelse.body)
            )
        )
    if isinstance(node, cst.With):
        return _block_never_falls(node.body)
    if isinstance(node, cst.While):
        return dotted(node.test) == "True"
    if isinstance(node, (cst.Try, cst.TryStar)):
        if node.finalbody is not None and _block_never_falls(node.finalbody.body):
            return True
        tried = node.orelse.body if node.orelse is not None else node.body
        return _block_never_falls(tried) and all(_block_never_falls(one.body) for one in node.handlers)
    if isinstance(node, cst.Match):
        return any(_catches_all(case) for case in node.cases) and all(
            _block_never_falls(case.body) for case in node.cases
        )
    return False


def _block_never_falls(block: cst.BaseSuite) -> bool:
    body = list(statements(block))
    return bool(body) and _never_falls_through(body[-1])


def _catches_all(case: cst.MatchCase) -> bool:
    return case.guard is None and isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None


def _changes(node: cst.CSTNode, parameters: set[str]) -> bool:
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return node.func.attr.value in _MUTATING and dotted(node.func.value) in parameters
    targets = [node.target] if isinstance(node, cst.Del) else assigned(node)
    return any(
        isinstance(one, (cst.Attribute, cst.Subscript)) and dotted(one.value) in parameters for one in targets
    )


def _list(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))
