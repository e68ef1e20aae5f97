"""Who serves a key: the accessors of a workspace's configuration, and the fix that uses one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from canonry.config import Globs
from canonry.model import Applicability, OfferedFix, Refusal, Related, TextEdit
from canonry.rules.base import Module, RuleContext
from canonry.rules.facts.environment import ENVIRONMENT, EnvironmentRead
from canonry.rules.facts.environment_reads import Read, Source
from canonry.rules.facts.keys import is_secret
from canonry.scopes.roles import Role
from canonry.scopes.services import SHARED

_CONFIG_NAMES = frozenset(
    (
        *(
            "config",
            "configs",
            "configuration",
            "settings",
            "conf",
            "env",
            "environment",
            "environ",
            "secrets",
        ),
        *("appsettings", "app_config", "app_settings"),
    )
)
"""Modules and packages so called hold a project's configuration."""


@dataclass(frozen=True, slots=True)
class Accessor:
    """A function, constant or attribute that gives the value of a key."""

    path: str
    row: EnvironmentRead
    generic: bool = False
    """A function that is given the key."""

    @property
    def said(self) -> str:
        """What one writes to use it, for messages."""
        name = self.row.serves
        if self.generic:
            return f"{name}(...)"
        if self.row.instance:
            rest = name.rpartition(".")[2]
            return f"{self.row.instance}.{rest}"
        return f"{name}()" if self.row.function == name else name


Rows = Mapping[str, tuple[EnvironmentRead, ...]]


@dataclass(frozen=True, slots=True)
class Reads:
    """All reads of a workspace by key, and the functions that are given a key."""

    by_key: Mapping[str, Sequence[tuple[str, EnvironmentRead]]]
    by_secret: Mapping[str, Sequence[tuple[str, EnvironmentRead]]]
    """Those of secrets, by the key as environments and secret managers have in common."""
    generic: Sequence[tuple[str, EnvironmentRead]]
    settings_files: frozenset[str]
    """Files with a settings class."""


def by_key(rows: Rows) -> Reads:
    """For `RuleContext.derived`."""
    found: dict[str, list[tuple[str, EnvironmentRead]]] = {}
    secrets: dict[str, list[tuple[str, EnvironmentRead]]] = {}
    for path, held in rows.items():
        for one in held:
            found.setdefault(one.key, []).append((path, one))
            if is_secret(one.key):
                secrets.setdefault(folded_secret(one.key), []).append((path, one))
    classes = frozenset(
        path for path, held in rows.items() if any(one.source == Source.FIELD for one in held)
    )
    return Reads(found, secrets, found.pop("", []), classes)


def folded_secret(key: str) -> str:
    """A secret's key without a manager's path: `prod/jwt-secret` -> `JWT_SECRET`."""
    return key.rpartition("/")[2].replace("-", "_").upper()


def reads_by_key(context: RuleContext) -> Reads:
    """All reads of the workspace."""
    return context.derived(ENVIRONMENT, by_key)


def is_config_module(path: str, context: RuleContext, reads: Reads) -> bool:
    """Whether a file is where the environment may be read: as the settings say, else by its name."""
    declared = context.settings.config.modules
    if declared:
        return Globs(list(declared)).covers(path)
    *folders, name = path.removesuffix(".py").split("/")
    named = name if name != "__init__" else ""
    return (
        path in reads.settings_files
        or named in _CONFIG_NAMES
        or named.startswith(("settings_", "config_"))
        or named.endswith(("_settings", "_config", "_env"))
        or not _CONFIG_NAMES.isdisjoint(folders[-2:])
    )


def counts(path: str, context: RuleContext) -> bool:
    """Whether a file's reads count: tests, scripts and migrations go their own way."""
    return context.role(path) is Role.SOURCE


def same_service(path: str, module: Module, context: RuleContext) -> bool:
    """Whether a file is the module's service's own, or shared with it."""
    return context.services.of(path) in (module.service, SHARED)


def accessor_for(key: str, module: Module, context: RuleContext) -> Accessor | None:
    """What serves a key for a module: a config module's before another function; None where nothing does."""
    reads = reads_by_key(context)
    found: list[tuple[int, Accessor]] = []
    for path, row in reads.by_key.get(key, ()):
        if not counts(path, context) or not same_service(path, module, context):
            continue
        through = row.source == Source.READER and _generic(row, context, reads)
        if through:
            found.append((2, through))
        elif row.serves and row.source in (Source.ENVIRONMENT, Source.READER, Source.FIELD):
            config = is_config_module(path, context, reads)
            if config and path != module.path:
                found.append((0 if row.plain else 1, Accessor(path, row)))
            elif row.function == row.serves and "." not in row.serves and row.plain:
                found.append((3, Accessor(path, row)))
    usable = [one for one in found if not _imports(one[1].path, module, context)]
    return min(usable, key=lambda one: (one[0], one[1].path, one[1].row.line))[1] if usable else None


def _generic(row: EnvironmentRead, context: RuleContext, reads: Reads) -> Accessor | None:
    """The function of the workspace that a read goes through, where it reads the key it is given."""
    if not row.through or not reads.generic:
        return None
    place = context.module_at(context.canonical(row.through))
    for path, one in reads.generic:
        if place == (path, one.serves):
            return Accessor(path, one, True)
    return None


def is_through_accessor(row: EnvironmentRead, context: RuleContext) -> bool:
    """Whether a read calls a function of the workspace."""
    return bool(row.through) and context.definition(row.through) is not None


def _imports(path: str, module: Module, context: RuleContext) -> bool:
    """Whether a file imports a module, so that the module cannot import it."""
    facts = context.facts(path)
    mine = module.facts.module
    return (
        path != module.path
        and bool(mine)
        and facts is not None
        and any(
            one.target == mine or one.target.startswith(f"{mine}.") for one in facts.imports if not one.local
        )
    )


def related_to(accessor: Accessor, context: RuleContext) -> Related:
    """Where an accessor reads, for a finding's related places."""
    row = accessor.row
    end = row.end_column if row.end_line == row.line else row.column
    return Related(accessor.said, context.location(accessor.path, row.line, row.column, end))


def use_accessor(accessor: Accessor, read: Read, module: Module, context: RuleContext) -> OfferedFix:
    """The fix that puts an accessor in a read's place."""

    def edits() -> list[TextEdit] | Refusal:
        row = accessor.row
        facts = context.facts(accessor.path)
        if read.node.has_error or facts is None or not facts.module:
            return Refusal("the accessor cannot be imported by a name")
        name = row.serves.partition(".")[0]
        if accessor.generic:
            held = module.tree.text(read.key_node) if read.key_node is not None else repr(read.key)
            written = f"{name}({held})"
        elif "." in row.serves:
            if not row.instance:
                return Refusal("no instance of the class is there to import")
            name = row.instance.removesuffix("()")
            written = f"{row.instance}.{row.serves.rpartition('.')[2]}"
        elif not row.plain:
            return Refusal("the accessor needs arguments")
        else:
            written = f"{name}()" if row.function == row.serves else name
        if "." in row.serves and accessor.generic:
            return Refusal("the accessor is a method")
        if row.converts and not _is_converted(read.node, row.converts, module):
            return Refusal(f"the accessor does not give the text, but `{row.converts}` of it")
        source = facts.module
        if row.source == Source.ENVIRONMENT and _is_django(accessor, context) and not row.function:
            source, written, name = "django.conf", f"settings.{name}", "settings"
        wanted = f"{source}.{name}"
        known = module.tree.lookup(name, module.tree.scope_of(read.node))
        if known == wanted:
            return [module.replace(read.node, written)]
        if known or name in module.tree.scopes.module.bound:
            return Refusal(f"the name `{name}` stands for something else here")
        return [module.import_name(source, name), module.replace(read.node, written)]

    return module.fix(
        f"Use `{accessor.said}`",
        edits,
        Applicability.UNSAFE,
        "The accessor has a default and a conversion of its own, and may read at another time.",
    )


def _is_converted(node: Node, by: str, module: Module) -> bool:
    """Whether a read goes straight into what its accessor does: `int(...)` of an `int` changes nothing."""
    held = node.parent
    call = held.parent if held is not None and held.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    return by in ("int", "float") and function is not None and module.tree.text(function) == by


def _is_django(accessor: Accessor, context: RuleContext) -> bool:
    parts = accessor.path.removesuffix(".py").split("/")
    return "settings" in parts[-2:] and bool(context.files_referring("django.conf.settings"))
