"""Commands that start Celery workers: in compose files, manifests, Procfiles, units, scripts."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import yaml

from canonry.index.extraction import TextExtractor


class WorkerCommand(msgspec.Struct, frozen=True, array_like=True):
    """A command that starts a worker, or several."""

    line: int
    """Zero-based, of the command or of what holds it."""
    queues: tuple[str, ...]
    """What `-Q` names."""
    default: bool
    """Whether there is no `-Q`: it consumes what the application declares, else the default queue."""
    known: bool
    """False where a variable, a template or `-X` decides what it consumes."""


MOST_YAML: Final = 65_536
"""Characters of YAML that are parsed, a second for a megabyte or so; longer files are read as plain lines."""

_CONTINUED: Final = re.compile(r"\\\r?\n")
_SEPARATORS: Final = re.compile(r"^(&&|\|\||;|\||&|;;|\(|\)|\{|\}|then|do|else|exec|nohup)$")
_ASSIGNED: Final = re.compile(
    r"^\s*(?:export\s+|readonly\s+|local\s+|Environment=\"?)?([A-Za-z_]\w*)=(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"']*)",
    re.M,
)
_VARIABLE: Final = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_OPEN: Final = re.compile(r"[$`]|\{\{|%\(|<[\w-]+>")
"""What stands for something that is decided elsewhere."""
_PREFIX: Final = re.compile(r"^(?:[A-Za-z_]\w*\s*=\s*)?[-@:+!]*")
"""What stands before a command in units, supervisor's files and makefiles: `ExecStart=-`, `command=`, `@`."""
_WITH_VALUE: Final = frozenset(
    (
        *("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir", "-n"),
        *(
            "--hostname",
            "-c",
            "--concurrency",
            "-l",
            "--loglevel",
            "-f",
            "--logfile",
            "--pidfile",
            "-P",
            "--pool",
        ),
        *("-s", "--schedule", "--autoscale", "--time-limit", "--soft-time-limit", "--max-tasks-per-child"),
        *("--max-memory-per-child", "--prefetch-multiplier", "-O", "--optimization", "--uid", "--gid", "-D"),
        *("--umask", "--statedb", "-S", "-I", "--include"),
    )
)
"""Options of `celery` that take a value which says nothing of queues."""
_MAY_START: Final = re.compile(
    r"\bcelery[\"', \t][^#\n]*\bworker\b|^\s*-\s*[\"']?celery[\"']?\s*$", re.MULTILINE
)
_IN_BRACKETS: Final = re.compile(r"^\[|\]$|[\"'],|[\"']")
_COMMAND_KEYS: Final = ("entrypoint", "command", "args", "Entrypoint", "Cmd")
"""Keys of one mapping whose values are the parts of one command, in this order."""


def _workers(path: str, text: str) -> Iterator[WorkerCommand]:
    if path.endswith((".yml", ".yaml")) and len(text) <= MOST_YAML:
        try:
            documents = [*yaml.compose_all(text, Loader=_LOADER)]
        except (yaml.YAMLError, RecursionError, ValueError):
            documents = []
        if documents:
            variables = _variables(text)
            for line, written in _of_nodes(documents):
                yield from _of_text(written, line, variables)
            return
    found = [*_of_lines(path, text)]
    yield from found
    if not found and path.endswith((".yml", ".yaml")) and _MAY_START.search(text):
        yield WorkerCommand(0, (), False, False)  # a template of a worker that cannot be read


WORKERS = TextExtractor(
    "celery-workers", 1, WorkerCommand, key=lambda row: ("",), sign=b"celery", read_text=_workers
)
"""All commands that start workers, under one key."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# From files to commands


def _of_nodes(documents: Sequence[yaml.Node | None]) -> Iterator[tuple[int, str | list[str]]]:
    """The texts of YAML in which commands may stand, each with its line; one command's parts together."""
    pending = [one for one in documents if one is not None]
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node.start_mark.line, node.value
        elif isinstance(node, yaml.SequenceNode):
            if node.value and all(isinstance(one, yaml.ScalarNode) for one in node.value):
                yield node.start_mark.line, [one.value for one in node.value]
            pending.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            held = {one.value: value for one, value in node.value if isinstance(one, yaml.ScalarNode)}
            parts = [held[key] for key in _COMMAND_KEYS if key in held]
            if parts and all(_is_plain(one) for one in parts):
                words = [word for one in parts for word in _words_of(one)]
                first = min(parts, key=lambda one: one.start_mark.line)
                yield first.start_mark.line, words
                seen.update(id(one) for one in parts)
                seen.update(
                    id(each) for one in parts if isinstance(one, yaml.SequenceNode) for each in one.value
                )
            pending.extend(value for _, value in node.value)


def _is_plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) or (
        isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value)
    )


def _words_of(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [one.value for one in node.value]
    return _split(_CONTINUED.sub(" ", node.value))


def _of_text(written: str | list[str], line: int, variables: Mapping[str, str]) -> Iterator[WorkerCommand]:
    if isinstance(written, list):
        yield from _of_words(written, line, variables)
        return
    if "celery" not in written:
        return
    known = {**variables, **_variables(written)}
    for each in _CONTINUED.sub(" ", written).splitlines():
        yield from _of_words(_split(each), line, known)


def _of_lines(path: str, text: str) -> Iterator[WorkerCommand]:
    """The commands of a file that is read line by line."""
    variables = _variables(text)
    joined: list[tuple[int, str]] = []
    goes_on = False
    is_indented = path.endswith((".conf", ".ini"))
    for number, line in enumerate(text.splitlines()):
        if joined and (goes_on or (is_indented and line[:1].isspace() and line.strip())):
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line.strip()}")
        else:
            joined.append((number, line))
        goes_on = joined[-1][1].endswith("\\")
        if goes_on:
            joined[-1] = (joined[-1][0], joined[-1][1][:-1])
    for number, line in joined:
        if line.lstrip().startswith(("#", ";")) or not ("celery" in line or "$" in line):
            continue
        yield from _of_words(_split(line), number, variables)


def _split(line: str) -> list[str]:
    """A line of a shell, or a list in JSON in it, as words."""
    start, end = line.find("["), line.rfind("]")
    if 0 <= start < end:
        try:
            held = json.loads(line[start : end + 1])
        except ValueError:
            held = None
        if isinstance(held, list) and all(isinstance(one, str) for one in held):
            return [*line[:start].split(), *held]
        if '",' in line or "'," in line:
            return [*line[:start].split(), *_IN_BRACKETS.sub(" ", line[start : end + 1]).split()]
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return line.split()


def _variables(text: str) -> dict[str, str]:
    """The variables that a file sets, where each is set once; those that are set otherwise are not known."""
    found: dict[str, list[str]] = {}
    for name, value in _ASSIGNED.findall(text):
        found.setdefault(name, []).append(value.strip("\"'"))
    return {name: values[0] for name, values in found.items() if len(set(values)) == 1}


# From words to workers


def _of_words(words: Sequence[str], line: int, variables: Mapping[str, str]) -> Iterator[WorkerCommand]:
    """The workers that a command starts, and those of commands inside its words (`sh -c "celery ..."`)."""
    for command in _simple(words):
        nested = [one for one in command if " " in one.strip() and "celery" in one]
        for one in nested:
            for each in _CONTINUED.sub(" ", one).splitlines():
                yield from _of_words(_split(each), line, variables)
        found = _worker([one for one in command if one not in nested], line, variables)
        if found is not None:
            yield found


def _simple(words: Sequence[str]) -> Iterator[list[str]]:
    command: list[str] = []
    for word in words:
        if _SEPARATORS.match(word):
            yield command
            command = []
            continue
        ends = word.endswith(";") and len(word) > 1
        command.append(word[:-1] if ends else word)
        if ends:
            yield command
            command = []
    yield command


@dataclass(slots=True)
class _Read:
    queues: list[str]
    known: bool = True
    named: bool = False


def _worker(words: Sequence[str], line: int, variables: Mapping[str, str]) -> WorkerCommand | None:
    """The worker that a simple command starts; None where it starts none."""
    at = next((at for at, word in enumerate(words) if _is_celery(word, variables)), None)
    if at is None:
        return None
    rest = [each for word in words[at + 1 :] for each in _expanded(word, variables)]
    is_old = _PREFIX.sub("", words[at]).rpartition("/")[2] == "celeryd"
    starts = "multi" in rest and not {"start", "restart", "startwait"}.isdisjoint(rest)
    if not (is_old or starts or "worker" in rest):
        return None
    read = _Read([])
    skip = is_open = False
    for number, word in enumerate(rest):
        if skip:
            skip = False
            continue
        option, equals, value = word.partition("=")
        name = option.partition(":")[0]
        if name in ("-Q", "--queues"):
            if not equals:
                value = rest[number + 1] if number + 1 < len(rest) else "$"
                skip = True
            _add(value, read)
        elif word.startswith("-Q") and not word.startswith("--"):
            _add(word[2:], read)
        elif name in ("-X", "--exclude-queues") or word.startswith("-X"):
            is_open = True  # all but these; beside `-Q` it takes away what is not named there
            skip = not equals and word in ("-X", "--exclude-queues")
        elif word in _WITH_VALUE or option.partition(":")[0] in _WITH_VALUE:
            skip = not equals
        elif _OPEN.search(word) and not word.startswith("-"):
            is_open = True
    # What stands for any option may be the `-Q` that is not written.
    known = read.known and (read.named or not is_open)
    return WorkerCommand(line, tuple(read.queues), not read.named, known)


def _is_celery(word: str, variables: Mapping[str, str]) -> bool:
    name = _PREFIX.sub("", word)
    if name.startswith("$"):
        match = _VARIABLE.fullmatch(name)
        name = variables.get(match[1], name) if match is not None else name
    return name.rpartition("/")[2].removesuffix(".exe") in ("celery", "celeryd") or (
        # A variable that is set elsewhere: `${CELERY_BIN} -A app multi start`.
        bool(re.fullmatch(r"\$\{?CELERY(_BIN|_CMD|_COMMAND)?\}?", name))
    )


def _expanded(word: str, variables: Mapping[str, str]) -> list[str]:
    """A word with the file's own variables put in; several words where it is one variable alone."""
    if "$" not in word:
        return [word]
    made = _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), word)
    whole = _VARIABLE.fullmatch(word)
    return _split(made) if whole is not None and made != word else [made]


def _add(value: str, read: _Read) -> None:
    read.named = True
    value = value.strip("=\"' ")
    if not value or _OPEN.search(value):
        read.known = False
        return
    read.queues.extend(one.strip() for one in value.split(",") if one.strip())
