"""Decisions in the settings: accepted duplicates, excluded definitions, rules that are off, severities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache

from canonry.config import Accepted, Globs, Settings
from canonry.model import Severity

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "information": Severity.INFORMATION,
    "hint": Severity.HINT,
}


def accepting(accepted: Sequence[Accepted], first: str, second: str, today: date) -> Accepted | None:
    """The group by which two definitions (qualified names) may do the same: it names both, has not ended."""
    for group in accepted:
        if has_ended(group, today):
            continue
        if _named(group.symbols, first) and _named(group.symbols, second):
            return group
    return None


def has_ended(group: Accepted, today: date) -> bool:
    """Whether the last day of an acceptance has passed."""
    return group.until is not None and group.until < today


def _named(patterns: Iterable[str], name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@lru_cache(maxsize=256)
def _globs(pattern: str) -> Globs:
    return Globs([pattern])


def is_excluded(patterns: Sequence[str], path: str, qualified_name: str) -> bool:
    """Whether `reuse.exclude` names a definition: by a glob of its path, or of its qualified name."""
    for pattern in patterns:
        if "/" in pattern or pattern.endswith(".py"):
            if _globs(pattern).covers(path):
                return True
        elif fnmatchcase(qualified_name, pattern):
            return True
    return False


def is_on(settings: Settings, code: str, name: str, path: str, default: bool = True, group: str = "") -> bool:
    """Whether a rule is on in a file: selected, not ignored, not off for the file. `group`: another name."""

    def named(patterns: Iterable[str]) -> bool:
        return any(means(one, code, name, group) for one in patterns)

    if settings.select and not named(settings.select):
        return False
    if not settings.select and not default:
        return False
    if named(settings.ignore) or severity_of(settings, code, name, Severity.WARNING) is None:
        return False
    for glob, codes in settings.per_file_ignores.items():
        if named(codes) and _globs(glob).covers(path):
            return False
    return True


def globs_over(settings: Settings, path: str) -> tuple[str, ...]:
    """The globs of `per-file-ignores` that cover a path; files with the same ones have the same rules."""
    return tuple(glob for glob in settings.per_file_ignores if _globs(glob).covers(path))


def means(selector: str, code: str, name: str, group: str = "") -> bool:
    """Whether what settings select or ignore by is a rule: its code or how that begins, its name, or ALL."""
    return selector in ("ALL", name, group or name) or code.startswith(selector)


def ignoring_file(settings: Settings, code: str, name: str, path: str) -> Iterator[tuple[str, str]]:
    """The entries of `per-file-ignores` that turn a rule off in a file: globs with what names the rule."""
    for glob, codes in settings.per_file_ignores.items():
        for one in codes:
            if means(one, code, name) and _globs(glob).covers(path):
                yield glob, one


def severity_of(settings: Settings, code: str, name: str, default: Severity) -> Severity | None:
    """The severity that the settings give a rule; None for `off`. The longest matching key decides."""
    best, chosen = -1, default.name.lower()
    for key, value in settings.severity.items():
        if key in (name, "ALL") or code.startswith(key):
            weight = len(key) if key != "ALL" else 0
            if key == name:
                weight = 100
            if weight > best:
                best, chosen = weight, value
    return _SEVERITIES.get(chosen)
