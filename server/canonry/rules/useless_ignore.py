"""CN900: a comment that ignores findings which are not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from canonry.edits.text import Lines
from canonry.model import Finding, Position, Range, Severity, Tag, TextEdit
from canonry.rules.base import Invalid, Module, Rule, Valid, all_rules
from canonry.scopes.comments import IGNORE, IGNORE_FILE, Told

_COMMENT = re.compile(r"[ \t\f]*#[ \t]*canonry:[ \t]*ignore(-file)?\b[ \t]*(\[(?P<codes>[^\]]*)\])?")

SELF = "CN900"
_HIDING = """\
def load(read):
    try:
        return read()
    except Exception:{comment}
        return None
"""


class UselessIgnore(Rule):
    """## What it does
    Finds `# canonry: ignore` and `# canonry: ignore-file` comments, and codes in them, that ignore nothing:
    what they were written for has been mended, moved, or is no rule. In settings, where `canonry check` has
    looked at the whole workspace: entries of `per-file-ignores` and `accepted` that take back no finding;
    and, at once, acceptances that have ended.

    ## Why is this bad?
    The next finding at that place would be ignored too, and nobody has decided that.

    ## Example
    ```python
    total = prices.total()  # canonry: ignore[CN203] the report may be empty
    ```

    ## Use instead
    ```python
    total = prices.total()
    ```

    ## When it stays silent
    - a rule that is named is off in this file, by the settings: nobody knows what it would find
    """

    code: ClassVar[str] = SELF
    name: ClassVar[str] = "useless-ignore"
    severity: ClassVar[Severity] = Severity.INFORMATION
    INVALID: ClassVar = (
        Invalid(
            "nothing is wrong on the line any more",
            "x = 1  # canonry: ignore[CN203] it was  # want: CN900 CN203\n",
            "x = 1\n",
        ),
        Invalid(
            "a comment on a line of its own",
            "x = 1\n# canonry: ignore[CN203]  # want: CN900\ny = 2\n",
            "x = 1\ny = 2\n",
        ),
        Invalid(
            "one of two codes",
            _HIDING.format(comment="  # canonry: ignore[CN203, CN001] fine  # want: CN900 CN001"),
            _HIDING.format(comment="  # canonry: ignore[CN203] fine"),
        ),
        Invalid(
            "a definition inside of which nothing is wrong, and the end of the statement above one",
            """\
from contextlib import suppress


def swing(values):  # canonry: ignore[CN203] no wind  # want: CN900 CN203
    return max(values) - min(values)


LIMIT = 3  # canonry: ignore[CN203]  # want: CN900
with suppress(Exception):
    swing(LIMIT)
""",
        ),
        Invalid(
            "a code that no rule has",
            "x = 1  # canonry: ignore[CN998]  # want: CN900 no rule\n",
            "x = 1\n",
        ),
        Invalid(
            "a whole file without findings",
            "# canonry: ignore-file  # want: CN900\nx = 1\n",
            "x = 1\n",
        ),
    )
    VALID: ClassVar = (
        Valid("it ignores a finding", _HIDING.format(comment="  # canonry: ignore[CN203] may be missing")),
        Valid(
            "at a definition it ignores what is found inside",
            "def load(read):  # canonry: ignore[CN203] may be missing\n"
            + _HIDING.format(comment="").split("\n", 1)[1]
            + """

class Mast:  # canonry: ignore[CN203] masts fail without a word
    def ping(self, radio):
        try:
            radio.send(b"?")
        except Exception:
            return False
        return True


# canonry: ignore[silent-fallback] so is the weather
@cached
def weather(read):
    try:
        return read()
    except Exception:
        return None
""",
        ),
        Valid("it ignores whatever there is", _HIDING.format(comment="  # canonry: ignore")),
        Valid("the beginning of a code", _HIDING.format(comment="  # canonry: ignore[CN2]")),
        Valid("the whole file", "# canonry: ignore-file[CN203]\n" + _HIDING.format(comment="")),
        Valid(
            "the rule is off: who knows what it would find",
            {
                "app.py": "x = 1  # canonry: ignore[CN203]\n",
                "canonry.toml": 'ignore = ["CN203"]\n',
            },
        ),
        Valid("another comment that speaks to Canonry", "class A:  # canonry: single-writer\n    pass\n"),
        Valid("text that looks like one", 'x = "# canonry: ignore[CN203]"\n'),
    )

    def about(
        self,
        module: Module,
        comments: Sequence[Told],
        used: Collection[tuple[Told, str]],
        asked: Collection[str],
        names: Collection[str] = (),
    ) -> Iterator[Finding]:
        """The findings about a module's comments.

        `used` are comments that have ignored something, with the code by which they did ("" for a comment
        without codes); `asked` the codes of the rules that were run, `names` the names of all.
        """
        known = [rule.code for rule in all_rules() if rule.default or rule.code in asked]
        lines = Lines(module.text)
        for one in comments:
            if one.word not in (IGNORE, IGNORE_FILE):
                continue
            codes = one.codes or ("",)
            useless = [code for code in codes if (one, code) not in used and _is_judged(code, known, asked)]
            if useless:
                yield self._about(module, lines, one, useless, names)

    def _about(
        self, module: Module, lines: Lines, comment: Told, useless: Sequence[str], names: Collection[str]
    ) -> Finding:
        content = lines.content(comment.line)
        found = _last(content)
        start = len(content) if found is None else found.start() + len(found[0]) - len(found[0].lstrip())
        place = Range(Position(comment.line, start), Position(comment.line, len(content)))
        told = " and ".join(code for code in useless if code)
        every = [rule.code for rule in all_rules()]
        every += [name.upper() for name in names]
        missing = [code for code in useless if code and not any(one.startswith(code) for one in every)]
        where = "in this file" if comment.word == IGNORE_FILE else "here"
        message = f"Nothing {where} is ignored by this comment"
        if told:
            message = f"No finding of {told} {where} is ignored by this comment"
        if missing:
            message += f"; {' and '.join(missing)} is no rule"
        fixes = []
        if found is not None:
            edit = _removal(lines, comment, found, useless)
            fixes = [module.fix("Remove what ignores nothing", lambda: [edit])]
        return self.finding(module, place, message, fixes=fixes, tags=[Tag.UNNECESSARY])


def _is_judged(code: str, known: Collection[str], asked: Collection[str]) -> bool:
    """Whether all rules that a code means were run, or there are none."""
    if code and SELF.startswith(code):
        return False
    return all(one in asked for one in known if one.startswith(code))


def _last(content: str) -> re.Match[str] | None:
    return max(_COMMENT.finditer(content), key=lambda found: found.start(), default=None)


def _removal(lines: Lines, comment: Told, found: re.Match[str], useless: Sequence[str]) -> TextEdit:
    """The edit that takes the useless codes away, or the comment, or its line."""
    line, content = comment.line, lines.content(comment.line)
    kept = [code for code in comment.codes if code not in useless]
    if kept:
        start, end = found.span("codes")
        return TextEdit(Range(Position(line, start), Position(line, end)), ", ".join(kept))
    if not content[: found.start()].strip() and line + 1 < len(lines.starts):
        return TextEdit(Range(Position(line, 0), Position(line + 1, 0)), "")
    return TextEdit(Range(Position(line, found.start()), Position(line, len(content))), "")
