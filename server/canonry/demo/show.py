"""What a demonstration prints: in colour on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from canonry.demo.edits import path_of
from canonry.demo.scene import Scene

COLOURS = {1: "bold red", 2: "bold yellow", 3: "bold blue", 4: "bold cyan"}
SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}
_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class Stage:
    """Where a demonstration is shown."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True, emoji=False, markup=False)

    def scene(self, scene: Scene) -> None:
        """Which project it is about."""
        self._line(Text.assemble(("Canonry in ", "bold"), (scene.title, "bold cyan")))

    @contextmanager
    def waiting(self) -> Iterator[Callable[[str], None]]:
        """While the server indexes: how far it is, on a terminal only."""
        if not self._console.is_terminal:
            yield lambda message: None
            return
        with self._console.status("The server is starting") as status:
            yield lambda message: status.update(
                f"The server is indexing: {message}" if message else "Indexing"
            )

    def ready(self, seconds: float, message: str) -> None:
        """The server has indexed the project."""
        self._line(
            Text(f"The server is ready after {seconds:.1f} s{f' ({message})' if message else ''}.", "dim")
        )

    def typing(self, document: str) -> None:
        """What comes is typed into a document."""
        self._line(Text.assemble("\nSomebody types into ", (document, "bold"), ":\n"))

    def typed(self, piece: str) -> None:
        """A piece of source."""
        for line in piece.removesuffix("\n").split("\n"):
            self._line(Text.assemble(("  │ ", "blue"), line))

    def noticed(self, milliseconds: float) -> None:
        """The first diagnostic about what is being typed."""
        self._line(
            Text(f"  ╰─ here the server speaks up, {milliseconds:.0f} ms after the keystroke", "bold yellow")
        )

    def diagnostic(self, diagnostic: Mapping[str, Any], document: str, root: Path) -> None:
        """What it says when all is typed: message, evidence and the existing definitions."""
        start = diagnostic["range"]["start"]
        severity = diagnostic.get("severity", 2)
        headline, reasons = _split(diagnostic["message"])
        self._line(
            Text.assemble(
                "\n",
                (f"{document}:{start['line'] + 1}:{start['character'] + 1}", "bold"),
                ": ",
                (f"{SEVERITIES[severity]} {diagnostic.get('code', '')}", COLOURS[severity]),
                f" {headline}",
            )
        )
        for reason in reasons:
            self._line(Text.assemble(("  why: ", "dim"), reason))
        for related in diagnostic.get("relatedInformation") or ():
            place = related["location"]
            path = shown(path_of(place["uri"]), root)
            self._line(Text.assemble("  ", (related["message"], "green")))
            self._line(Text.assemble("    ", (f"{path}:{place['range']['start']['line'] + 1}", "bold")))

    def actions(self, actions: Sequence[Mapping[str, Any]]) -> None:
        """The menu, with the reason of each entry that cannot be used here."""
        self._line(Text("\nIt offers:"))
        for action in actions:
            if action.get("disabled"):
                self._line(Text.assemble(("  - ", "dim"), (action["title"], "dim strike")))
                self._line(Text(f"      not here: {action['disabled']['reason']}", "dim"))
            else:
                preferred = (" (preferred)", "bold green") if action.get("isPreferred") else ("", "")
                self._line(Text.assemble("  - ", action["title"], preferred))

    def diff(self, title: str, diffs: Sequence[str]) -> None:
        """What the chosen action would change."""
        self._line(Text.assemble("\n", (title, "bold"), " changes:\n"))
        for line in "".join(diffs).splitlines():
            self._line(
                Text(line, _DIFF_STYLES.get(line[:1], "") if line[:3] not in ("+++", "---") else "bold")
            )

    def said(self, message: str) -> None:
        """Anything else."""
        self._line(Text(message))

    def _line(self, text: Text) -> None:
        self._console.print(text)


def shown(path: Path, root: Path) -> str:
    """A path relative to the project with `/`."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _split(message: str) -> tuple[str, list[str]]:
    """A message's headline, and the reasons behind its first colon."""
    headline, _, reasons = message.partition(": ")
    return headline, [reason for reason in reasons.split("; ") if reason]
