"""The stages of a definition that is being typed, cut as an editor's user would have them."""

from __future__ import annotations

STAGES = ("header", "half", "full")


def header_length(lines: list[str]) -> int:
    """How many lines belong to decorators and header."""
    depth, started = 0, False
    for number, line in enumerate(lines, 1):
        bare = line.split("#")[0].strip()
        if not started and not bare.startswith(("def ", "async def ", "class ")):
            continue
        started = True
        depth += sum(bare.count(char) for char in "([{") - sum(bare.count(char) for char in ")]}")
        if depth <= 0 and ":" in bare:
            return number
    return 1


def stage_text(lines: list[str], stage: str) -> str:
    """The text of a stage: the header, the first half of the lines, or all of them."""
    if stage == "full":
        return "".join(lines)
    header = header_length(lines)
    if stage == "header":
        indent = lines[min(header, len(lines) - 1)]
        indent = indent[: len(indent) - len(indent.lstrip())]
        return "".join(lines[:header]) + indent + "\n"
    return "".join(lines[: max(header + 1, (len(lines) + 1) // 2)])
