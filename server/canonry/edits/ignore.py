"""Comments that speak to Canonry, at the end of a line: `# canonry: ignore[CN001]`, `# canonry: canonical`.

Works on any text, also one that does not parse.
"""

from __future__ import annotations

import re
from pathlib import Path

from canonry.edits.text import Lines, Splice, to_edits
from canonry.model import FileEdit, Fix, Refusal

_COMMENT = re.compile(r"#\s*canonry:\s*ignore\b(?!-)\s*(?:\[(?P<codes>[^\]]*)\])?")

_PIECE = re.compile(
    r"""[rRbBuUfFtT]{0,3}(?P<long>\"\"\"|''')|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?P<comment>\#.*)|.""",
    re.DOTALL,
)


def ignore_here(
    path: Path, text: str, line: int, code: str, version: int | None = None, behind: int = 0
) -> Fix | Refusal:
    """The change that ignores findings of a code on a line: that of the definition's name (zero-based).

    `behind` is the column where a string ends that goes on from the lines above.

    An ignoring comment that is there takes the code in; any other stays, and the new one follows it.
    Refused where the line ignores the code already, or cannot end in a comment.
    """
    lines = Lines(text)
    if not 0 <= line < len(lines.starts):
        return Refusal(f"there is no line {line + 1} any more")
    content = lines.content(line)
    comment = _comment_start(content, behind)
    if comment is None:
        return Refusal(f"line {line + 1} ends inside a string or goes on below; no comment can follow it")
    splice = _widened(content, comment, code)
    if isinstance(splice, Refusal):
        return splice
    start = lines.starts[line]
    edits = to_edits(lines, [Splice(start + splice.start, start + splice.end, splice.new)])
    return Fix(f"Ignore {code} here", (FileEdit(path, edits, version),))


def mark(
    path: Path, text: str, line: int, word: str, title: str, version: int | None = None
) -> Fix | Refusal:
    """The change that puts `# canonry: <word>` on a line, that of a definition's name (zero-based).

    Refused where the line has it already, or cannot end in a comment.
    """
    lines = Lines(text)
    if not 0 <= line < len(lines.starts):
        return Refusal(f"there is no line {line + 1} any more")
    content = lines.content(line)
    comment = _comment_start(content)
    if comment is None:
        return Refusal(f"line {line + 1} ends inside a string or goes on below; no comment can follow it")
    if re.search(rf"#\s*canonry:\s*{re.escape(word)}\b", content[comment:]):
        return Refusal(f"the line says `canonry: {word}` already")
    end = len(content.rstrip(" \t\f"))
    start = lines.starts[line]
    splice = Splice(start + end, start + len(content), f"  # canonry: {word}")
    return Fix(title, (FileEdit(path, to_edits(lines, [splice]), version),))


def _widened(content: str, comment: int, code: str) -> Splice | Refusal:
    found = _COMMENT.search(content, comment)
    if found is None:
        end = len(content.rstrip(" \t\f"))
        return Splice(end, len(content), f"{'  ' if end else ''}# canonry: ignore[{code}]")
    codes = [one.strip().upper() for one in (found["codes"] or "").split(",") if one.strip()]
    if not codes or any(code.startswith(one) for one in codes):
        return Refusal(f"the line ignores {code} already")
    at = found.start("codes") + len((found["codes"] or "").rstrip())
    return Splice(at, at, f", {code}")


def _comment_start(content: str, behind: int = 0) -> int | None:
    """Where a comment begins in a line, or would; None where the line ends in a string or a backslash."""
    at = behind
    while at < len(content):
        piece = _PIECE.match(content, at)
        assert piece is not None
        if piece["comment"] is not None:
            return at
        if piece["long"] is not None:
            closing = content.find(piece["long"], piece.end())
            if closing < 0:
                return None
            at = closing + 3
            continue
        if piece[0] == "\\":
            return None
        at = piece.end()
    return len(content)
