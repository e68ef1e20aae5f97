"""What came of applied changes, counted: by action, by package, and why they were refused or unsafe."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

ACTIONS = ("import", "delegate", "inherit", "replace")


def table(rows: list[dict[str, Any]]) -> str:
    """The rows counted: by action, and the reasons of what is refused and unsafe."""
    applied = [one for one in rows if one.get("action")]
    lines = [
        "| action | of | safe | unsafe | refused | broken safe | broken unsafe |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for action in ACTIONS:
        for kind in ("function", "class"):
            some = [one for one in applied if one["action"] == action and one["kind"] == kind]
            if some:
                count = Counter(one["result"] for one in some)
                broken = Counter(one["result"] for one in some if one.get("broken"))
                lines.append(
                    f"| {action} | {kind} | {count['safe']} | {count['unsafe']} | {count['refused']} "
                    f"| {broken['safe']} | {broken['unsafe']} |"
                )
    lines += [
        "",
        "| package | cases | not offered | safe | unsafe | refused | broken |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for package in sorted({one["package"] for one in rows}):
        some = [one for one in rows if one["package"] == package and one["result"] != "no case"]
        cases = {(one["target"], one["name"], one["home"], one["variant"]) for one in some}
        count = Counter(one["result"] for one in some)
        broken = sum(bool(one.get("broken")) for one in some)
        lines.append(f"| {package} | {len(cases)} | {count['not offered']} | {count['safe']} | {count['unsafe']} "
                     f"| {count['refused']} | {broken} |")  # fmt: skip
    for result in ("refused", "unsafe"):
        lines += ["", f"| {result} because | |", "|---|--:|"]
        reasons = Counter(
            _general(part)
            for one in applied
            if one["result"] == result
            for part in (one["why"].split("; ") if result == "unsafe" else [one["why"]])
        )
        lines += [f"| {reason} | {number} |" for reason, number in reasons.most_common()]
    return "\n".join(lines)


def _general(reason: str) -> str:
    """A reason without names, lines and files."""
    reason = re.sub(r"(line \d+( of \S+)? )+", "a line ", reason)
    reason = re.sub(r"'[^']*'|@\S+(, @\S+)*", "...", reason)
    reason = re.sub(r"\b\w+_\w*\b|\b[\w]+\.[\w.]+\b|\b[A-Z]\w*[a-z]\w*[A-Z]\w*\b", "...", reason)
    return re.sub(r"(\.\.\.(( imports| and|,) )?)+", "... ", reason).strip()[:120].replace("|", "/")
