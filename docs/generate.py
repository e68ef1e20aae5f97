"""Writes what comes from the code: docs/rules/*.md, docs/settings.md, the lists of rules and of decisions,
and the settings' JSON Schema.

python docs/generate.py            writes them
python docs/generate.py --check    writes nothing; exits 1 where a page lags behind the code
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from canonry.cli.describing import first_sentence
from canonry.config import Settings, schema
from canonry.config.values import camel, kebab
from canonry.rules.base import Rule, all_rules

DOCS = Path(__file__).parent
COMMAND = "python docs/generate.py"
HEAD = f"<!-- Written by `{COMMAND}`; change the code it comes from. -->\n\n"


LANGUAGES = {"toml": "toml", "md": "markdown"}
"""What files of examples are written in, by how their names end; Python otherwise."""
SETTINGS_CODE = "CN901"
SETTINGS_RULE = """\
Finds a key, value or line of a settings file that cannot be used, or names what is not there.

The message names the key, what was expected, and what happens now: the rest of the file applies, and
the key has its default. All settings are on [one page](../settings.md). It cannot be turned off.

It is a warning where the workspace has nothing of that name: globs and folders (`lessons`, `source-roots`,
`services`, `environment`, `per-file-ignores`, `config.modules`, `files` of a pattern, `include` where it
names a folder), definitions (`canonical`, `accepted`), services (`allowed-imports`). `exclude` and
`reuse.exclude` may name what is not there, and a canonical symbol may be another distribution's. A file of
lessons that cannot be read is a finding at the file.
"""
"""The one code that is no rule: it is said of settings, not of code."""


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    rules = all_rules()
    found = {DOCS / "rules" / f"{rule.code}.md": rule_page(rule) for rule in rules}
    found[DOCS / "rules" / f"{SETTINGS_CODE}.md"] = f"# {SETTINGS_CODE}: invalid-setting\n\n{SETTINGS_RULE}"
    found[DOCS / "rules" / "index.md"] = rules_index(rules)
    found[DOCS / "settings.md"] = settings_page()
    found[DOCS / "adr" / "index.md"] = decisions_index()
    written = {path: HEAD + text for path, text in found.items()}
    return {**written, Path(schema.__file__).with_name(schema.SCHEMA_FILE): schema.schema_text()}


def decisions_index() -> str:
    """The decisions with their titles."""
    lines = [
        f"- [{path.read_text('utf-8').partition(chr(10))[0].removeprefix('# ')}]({path.name})"
        for path in sorted((DOCS / "adr").glob("[0-9]*.md"))
    ]
    return "# Decisions\n\nWhat was decided, why, and what follows from it.\n\n" + "\n".join(lines) + "\n"


def rule_page(rule: Rule) -> str:
    """What a rule's class says of itself, and its examples."""
    by_default = f"Severity: {rule.severity.name.lower()}" + ("" if rule.default else ", off by default")
    parts = [
        f"# {rule.code}: {rule.name}\n\n{by_default}.",
        inspect.getdoc(type(rule)) or "",
        "## Examples\n\nThese are run as tests: a line with `# want:` has the finding, all others have none.",
        *(f"### Found: {one.what}\n\n{code_of(one.code)}" for one in rule.INVALID),
        *(f"### Silent: {one.why}\n\n{code_of(one.code)}" for one in rule.VALID),
        "## To turn it off\n\n"
        f"Here: a comment `# canonry: ignore[{rule.code}] reason` on the definition's line or the one above "
        f'it. In some files: `per-file-ignores`. Everywhere: `ignore = ["{rule.code}"]`. Another severity: '
        f'`severity = {{ {rule.code} = "hint" }}`. See [settings](../settings.md).',
    ]
    return "\n\n".join(parts) + "\n"


def code_of(code: str | dict[str, str]) -> str:
    """An example as fenced code, each file under its name."""
    if isinstance(code, str):
        return fenced(code, "python")
    return "\n\n".join(
        f"`{path}`\n\n{fenced(text, LANGUAGES.get(path.rpartition('.')[2], 'python'))}"
        for path, text in code.items()
    )


def fenced(text: str, language: str) -> str:
    """A block of code."""
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def rules_index(rules: tuple[Rule, ...]) -> str:
    """All rules, each with its first sentence."""
    rows = [
        (rule.code, rule.name, f"{rule.severity.name.lower()}", first_sentence(rule)) for rule in rules
    ] + [(SETTINGS_CODE, "invalid-setting", "error", SETTINGS_RULE.partition("\n")[0])]
    table = [f"| [{code}]({code}.md) | {name} | {severity} | {does} |" for code, name, severity, does in rows]
    return "\n".join(
        ["# Rules", "", "| Code | Name | Severity | What it does |", "| --- | --- | --- | --- |", *table, ""]
    )


def settings_page() -> str:
    """Every setting with its default, its type and what it does."""
    parts = [
        "# Settings",
        "In `pyproject.toml` under `[tool.canonry]`, or in `canonry.toml` at its top level. Editors send the "
        "same tree in camelCase below `canonry`; theirs wins. A wrong key or value is reported on its line, "
        "and the rest applies.",
        *sections(Settings, ""),
    ]
    return "\n\n".join(parts) + "\n"


def sections(cls: type, above: str) -> Iterator[str]:
    """The settings of one table, then those of the tables in it."""
    hints = get_type_hints(cls)
    nested: list[tuple[str, str, type]] = []
    for spec in fields(cls):
        hint = hints[spec.name]
        path = above + spec.name
        inner = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        if inner is hint:
            nested.append((path, spec.metadata["doc"], hint))
            continue
        yield setting(path, spec, hint)
        if isinstance(inner, type):
            keys = get_type_hints(inner)
            yield "Its keys:\n\n" + "\n".join(
                f"- `{kebab(one.name)}` ({type_name(keys[one.name], one.metadata)}): {one.metadata['doc']}"
                for one in fields(inner)
            )
    for path, doc, table in nested:
        yield f"## `[{'.'.join(map(kebab, path.split('.')))}]`\n\n{doc}"
        yield from sections(table, f"{path}.")


def setting(path: str, spec: Field[Any], hint: Any) -> str:  # noqa: ANN401 - a type hint is any object
    """One setting."""
    names = path.split(".")
    limits = spec.metadata
    told = [f"**Type**: {type_name(hint, limits)}", f"**Default**: `{default_of(spec)}`"]
    if limits.get("minimum") is not None:
        told.append(f"**Limits**: {limits['minimum']:_} to {limits['maximum']:_}")
    if limits.get("choices"):
        told.append("**Choices**: " + ", ".join(f"`{one}`" for one in limits["choices"]))
    if names[-1] != camel(names[-1]):
        told.append(f"**In editors**: `canonry.{'.'.join(map(camel, names))}`")
    return f"### `{'.'.join(map(kebab, names))}`\n\n{limits['doc']}\n\n{' · '.join(told)}"


def type_name(hint: Any, metadata: Mapping[str, Any]) -> str:  # noqa: ANN401 - a type hint is any object
    """A type in a user's words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join(type_name(one, metadata) for one in arguments if one is not NoneType)
    if origin is tuple:
        inner = arguments[0]
        if is_dataclass(inner) or (get_origin(inner) is not None and get_origin(inner) is not tuple):
            return "list of tables"
        syntax = {"glob": "globs", "code": "rules"}.get(metadata.get("syntax", ""), "strings")
        return f"list of {syntax}" if inner is str else "list of lists of strings"
    if origin is not None:
        inner = arguments[1]
        return f"table; each value is a {'table' if is_dataclass(inner) else type_name(inner, metadata)}"
    names = {bool: "true or false", int: "whole number", float: "number", str: "string", date: "date"}
    return names[hint]


def default_of(spec: Field[Any]) -> str:
    """A default as TOML has it."""
    value = spec.default if spec.default is not MISSING else None
    if spec.default_factory is not MISSING:
        value = spec.default_factory()
    return toml(value)


def toml(value: object) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]"
    return "{}" if isinstance(value, Mapping) else f"{value:_}" if isinstance(value, int) else str(value)


def main(arguments: list[str]) -> int:
    """Writes or checks the pages; the process's exit code."""
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    stale += sorted(set((DOCS / "rules").glob("*.md")) - set(wanted))
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(DOCS.parent)} lags behind the code; run: {COMMAND}\n")
        return 1 if stale else 0
    for path in stale:
        if path not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
