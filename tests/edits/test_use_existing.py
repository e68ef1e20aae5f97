"""The cases in `cases/`: one text file each, in the manner of black's.

    Prose that says why the case exists.

    # use: app/views.py::shorten -> app/text.py::truncate     or  delegate:, extend:, inherit:
                                     (replace: a -> b                  in all files)
    # result: safe                     or  unsafe: words of the caution   or  refused: words of the reason
    # with: crlf, bom, relative        (optional; see OPTIONS)
    # file: app/text.py
    ...the files before...
    # file: app/views.py
    ...
    # output: app/views.py
    ...each file that changes, afterwards...

The files that no `# output:` names must not change. `a -> b` reads "in place of a use b".
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from canonry.edits.delegate import delegate
from canonry.edits.extend import extend
from canonry.edits.inherit import inherit
from canonry.edits.replace_symbol import replace_symbol
from canonry.edits.text import Lines, apply_edits
from canonry.edits.use_existing import use_existing
from canonry.model import Applicability, Fix, Refusal

from .workspaces import Files, plain

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

OPTIONS = {
    "relative": {"relative_imports": True},
    "absolute": {"relative_imports": False},
    "wide": {"line_length": 120},
    "saved": {"is_new": False},
    "apart": {"is_apart": True},
    "passed on": {"canonical": lambda name: name.replace("app.models.Model", "app.models.model.Model")},
    "exported": {"exported": frozenset(("os", "json", "re"))},
}
"""Settings of the request. Besides: `crlf`, `cr`, `bom`, `tabs` (four blanks of indentation become one tab)
and `no final newline` change every text of the case."""


@dataclass
class Case:
    how: str = ""
    new: str = ""
    target: str = ""
    result: str = ""
    words: str = ""
    with_: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


def read_case(text: str) -> Case:
    case = Case()
    into: dict[str, str] | None = None
    name = ""
    for line in text.splitlines(keepends=True):
        heading = re.match(r"# (use|delegate|extend|inherit|replace|result|with|file|output): (.*)\n", line)
        if heading is None:
            if into is not None:
                into[name] += line
            continue
        word, rest = heading.groups()
        if word in ACTIONS:
            case.how = word
            case.new, case.target = rest.split(" -> ")
        elif word == "result":
            case.result, _, case.words = (part.strip() for part in rest.partition(":"))
        elif word == "with":
            case.with_ = tuple(one.strip() for one in rest.split(","))
        else:
            into = case.files if word == "file" else case.outputs
            name = rest
            into[name] = ""
    for texts in (case.files, case.outputs):
        for name, content in texts.items():
            texts[name] = _dressed(content, case.with_)
    return case


def _dressed(text: str, options: tuple[str, ...]) -> str:
    if "tabs" in options:
        text = re.sub(r"(?m)^(    )+", lambda match: "\t" * (len(match[0]) // 4), text)
    if "no final newline" in options:
        text = text.rstrip("\n")
    if "crlf" in options:
        text = text.replace("\n", "\r\n")
    if "cr" in options:
        text = text.replace("\n", "\r")
    return "\ufeff" + text if "bom" in options else text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_case(path.read_text("utf-8"))
    options: dict[str, object] = {}
    for name in case.with_:
        options |= OPTIONS.get(name, {})
    files = Files(case.files, options)

    found = ACTIONS[case.how](files, case)

    if isinstance(found, Refusal):
        assert (case.result, case.words) == ("refused", case.words), found.reason
        assert case.words in found.reason
        assert not case.outputs
        return
    assert case.result == found.applicability.value, f"{found.applicability}: {found.caution}"
    assert case.words in found.caution
    after = applied(found, files)
    changed = {name: text for name, text in after.items() if text != files.texts[name]}
    for name in {*changed, *case.outputs}:
        assert after[name] == case.outputs.get(name, files.texts[name]), name
    check_fix(found, files)


ACTIONS = {
    "use": lambda files, case: use_existing(files.request(case.new, case.target)),
    "delegate": lambda files, case: delegate(files.request(case.new, case.target)),
    "extend": lambda files, case: extend(files.request(case.new, case.target)),
    "inherit": lambda files, case: inherit(files.request(case.new, case.target)),
    "replace": lambda files, case: replace_symbol(files.replacement(case.new, case.target)),
}


def applied(fix: Fix, files: Files) -> dict[str, str]:
    after = dict(files.texts)
    for one in fix.files:
        name = one.path.relative_to(files.root).as_posix()
        after[name] = apply_edits(files.texts[name], one.edits)
    return after


def check_fix(fix: Fix, files: Files) -> None:
    """What holds of every fix: it parses, its edits are ordered and apart, versions are those asked about."""
    for name, text in applied(fix, files).items():
        if text != files.texts[name]:
            ast.parse(plain(text))
        assert text.startswith("\ufeff") == files.texts[name].startswith("\ufeff")
    for one in fix.files:
        assert one.version == 1 and not one.creates
        for left, right in pairwise(one.edits):
            assert left.range.end < right.range.start
        lines = Lines(files.texts[one.path.relative_to(files.root).as_posix()])
        for edit in one.edits:
            assert lines.text[lines.offset(edit.range.start) : lines.offset(edit.range.end)] != edit.new_text
    assert (fix.applicability is Applicability.UNSAFE) == bool(fix.caution)


def test_cases_are_there() -> None:
    assert len(CASES) >= 45
