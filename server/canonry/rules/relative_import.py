"""CN402: a relative import, in a project that has decided against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Finding, OfferedFix, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid

_ON = {"canonry.toml": "absolute-imports = true\n", "app/__init__.py": ""}


class RelativeImport(Rule):
    """## What it does
    Finds relative imports, where the setting `absolute-imports` is on.

    ## Why is this bad?
    Some teams want to see, and to search for, the whole name of what is imported; a module that moves keeps
    its imports. ruff's TID252 finds them as well; this rule makes them absolute by the workspace's own source
    roots.

    ## Example
    ```python
    from ..money import round_half_up
    ```

    ## Use instead
    ```python
    from app.money import round_half_up
    ```

    ## When it stays silent
    - the setting is off, as it is by default
    - in the files that `per-file-ignores` names: `"**/__init__.py" = ["CN402"]` leaves re-exports alone
    """

    code: ClassVar[str] = "CN402"
    name: ClassVar[str] = "relative-import"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P3
    INVALID: ClassVar = (
        Invalid(
            "from a sibling",
            {
                **_ON,
                "app/prices.py": """\
from .money import round_half_up  # want: CN402 app.money


def price(item):
    return round_half_up(item.price)
""",
            },
            fixed={
                "app/prices.py": """\
from app.money import round_half_up


def price(item):
    return round_half_up(item.price)
"""
            },
        ),
        Invalid(
            "the package itself, two levels up",
            {
                **_ON,
                "app/web/__init__.py": "",
                "app/web/views.py": """\
from .. import money as m  # want: CN402 `app`


def view():
    return m.total()
""",
            },
            fixed={
                "app/web/views.py": """\
from app import money as m


def view():
    return m.total()
"""
            },
        ),
        Invalid(
            "in a package's own file", {**_ON, "app/__init__.py": "from .money import total  # want: CN402\n"}
        ),
        Invalid(
            "inside a function, several names in several lines",
            {
                **_ON,
                "app/late.py": """\
def load():
    from .money import (  # want: CN402 app.money
        total,
        tax,
    )

    return total, tax
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid("the setting is off", {"app/__init__.py": "", "app/prices.py": "from .money import total\n"}),
        Valid(
            "absolute imports", {**_ON, "app/prices.py": "import app.money\nfrom app.money import total\n"}
        ),
        Valid(
            "re-exports are left alone by the settings",
            {
                "canonry.toml": "absolute-imports = true\n\n"
                '[per-file-ignores]\n"**/__init__.py" = ["CN402"]\n',
                "app/__init__.py": "from .money import total\n",
            },
        ),
        Valid("a dot in a string", {**_ON, "app/prices.py": 'TEXT = "from .money import total"\n'}),
        Valid("the future", {**_ON, "app/prices.py": "from __future__ import annotations\n"}),
        Valid(
            "ignored in place", {**_ON, "app/a.py": "from .b import c  # canonry: ignore[CN402] a plug-in\n"}
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each relative import."""
        if not context.settings.absolute_imports:
            return
        for statement in module.tree.import_statements:
            written = statement.node.child_by_field_name("module_name")
            if written is None or written.type != "relative_import":
                continue
            absolute = _absolute(written, module)
            instead = f"; `{absolute}` is meant" if absolute else ""
            yield self.finding(
                module,
                module.tree.range(statement.node),
                f"Relative import of `{module.tree.text(written)}`{instead}",
                fixes=_fixes(written, absolute, module),
            )


def _fixes(written: Node, absolute: str, module: Module) -> list[OfferedFix]:
    if not absolute:
        return []
    return [module.fix(f"Import from `{absolute}`", lambda: [module.replace(written, absolute)])]


def _absolute(written: Node, module: Module) -> str:
    """The dotted name that a relative one stands for; "" where that leads out of the package."""
    facts = module.facts
    text = "".join(module.tree.text(written).split())
    name = text.lstrip(".")
    parts = facts.module.split(".") if facts.module else []
    up = len(text) - len(name) - (1 if facts.is_package else 0)
    if up >= len(parts):
        return ""
    package = parts[: len(parts) - up]
    return ".".join((*package, name) if name else package)
