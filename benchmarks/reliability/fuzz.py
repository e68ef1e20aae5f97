"""Random and hostile edits of real files through the real server, checked against fresh starts.

    python benchmarks/reliability/fuzz.py CORPUS --edits 1000000 [--seed 1] [--journal FILE]

An epoch is a new workspace of some files of the corpus, a new server and `--epoch-edits` edits in a dozen open
documents, with requests, saves and changes on disk between them. At its end the findings shown for every document
must be those of a second, fresh server and of the facade, both newly opened on the same texts. Each epoch is a line
in the journal; a run goes on after the last one there. What went wrong is in the journal with the seed of its epoch,
which `--epoch N` runs alone. The exit code is 1 where anything did.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from canonry.demo.client import ServerGone
from editor import Document, Editor, server_command, text_of, units_of
from fresh import by_facade, copied, difference, small_files
from mutations import mutate

DOCUMENTS = 12
"""Open at once."""
LONGEST = 60_000
"""A document that has grown beyond this many code units begins anew."""
FILES = 160


@dataclass
class Epoch:
    """What one epoch did, and what went wrong in it."""

    number: int
    edits: int = 0
    published: int = 0
    requests: int = 0
    findings: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Player:
    """Edits the documents of one epoch."""

    def __init__(self, editor: Editor, rng: random.Random, files: list[Path], epoch: Epoch) -> None:
        self.editor, self.rng, self.files, self.epoch = editor, rng, files, epoch
        self.originals = {path: units_of(path.read_bytes().decode("utf-8", "replace")) for path in files}
        self.donors = [units for units in self.originals.values() if units]
        self.open: dict[Path, Document] = {}
        self.next_version = 1

    def play(self, edits: int) -> None:
        for path in self.rng.sample(self.files, min(DOCUMENTS, len(self.files))):
            self.open_file(path)
        while self.epoch.edits < edits:
            path, document = self.rng.choice(sorted(self.open.items()))
            for _ in range(min(self.rng.choice([1, 1, 2, 5, 20, 60]), edits - self.epoch.edits)):
                self.edit(path, document)
            if self.rng.random() < 0.3:
                self.editor.shown(document)
            self.something_else(path, document)

    def edit(self, path: Path, document: Document) -> None:
        if len(document.units) > LONGEST:
            kind = "begun anew"
            self.editor.replace(document, self.originals[path])
        else:
            kind, (start, end, new) = mutate(self.rng, document.units, self.donors)
            at_end = document.units[end : end + 1] in ("", "\n", "\r")
            beyond = self.rng.choice([0, 0, 0, 1, 1000]) if at_end else 0
            self.editor.splice(document, start, end, new, beyond=beyond)
        self.epoch.edits += 1
        self.epoch.kinds[kind] += 1

    def something_else(self, path: Path, document: Document) -> None:
        chance = self.rng.random()
        if chance < 0.15:
            self.request(document)
        elif chance < 0.19:
            self.close(path)
            self.open_file(self.rng.choice([one for one in self.files if one not in self.open]))
        elif chance < 0.21:  # saved as it is
            path.write_bytes(text_of(document.units).encode("utf-8"))
            self.editor.notify("textDocument/didSave", {"textDocument": {"uri": document.uri}})
            self.editor.changed_on_disk({path: 2})
        elif chance < 0.23:  # another program writes, creates or deletes
            self.change_on_disk()

    def change_on_disk(self) -> None:
        path = self.rng.choice(self.files)
        existed = path.exists()
        if existed and self.rng.random() < 0.3:
            path.unlink()
            kind = 3
        else:
            donor = self.rng.choice(self.donors)
            _, (start, end, new) = mutate(self.rng, donor, self.donors)
            data = (donor[:start] + new + donor[end:]).encode("utf-16-le", "surrogatepass")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.decode("utf-16-le", "replace").encode())
            kind = 2 if existed else 1
        self.editor.changed_on_disk({path: kind})

    def open_file(self, path: Path) -> None:
        self.open[path] = self.editor.open(path, self.originals[path], self.next_version)
        self.next_version += 1_000_000

    def close(self, path: Path) -> None:
        self.editor.close_document(self.open.pop(path))

    def request(self, document: Document) -> None:
        place = document.place(self.rng.randrange(len(document.units) + 1))
        of = {"textDocument": {"uri": document.uri}}
        method = self.rng.choice(["hover", "completion", "codeAction", "codeLens", "symbol"])
        self.epoch.requests += 1
        if method == "symbol":
            self.editor.ask("workspace/symbol", {"query": self.rng.choice(["", "get", "\ud83d", "x" * 500])})
        elif method == "codeLens":
            self.editor.ask("textDocument/codeLens", of)
        elif method == "codeAction":
            end = document.place(self.rng.randrange(len(document.units) + 1))
            params = {**of, "range": {"start": place, "end": end}, "context": {"diagnostics": []}}
            for action in (self.editor.ask("textDocument/codeAction", params) or [])[:2]:
                if "disabled" not in action and "command" not in action:
                    self.editor.ask("codeAction/resolve", action)
        else:
            self.editor.ask(f"textDocument/{method}", {**of, "position": place})


def run_epoch(corpus: list[Path], base: Path, seed: int, number: int, edits: int, server: str) -> Epoch:
    rng = random.Random(f"{seed}/{number}")
    epoch = Epoch(number)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="canonry-random-") as name:
        folder = Path(name).resolve()
        first = rng.randrange(max(1, len(corpus) - FILES))
        files = copied(corpus[first : first + FILES], base, folder / "project")
        editor = Editor(server_command(folder / "cache", server), folder / "project")
        try:
            editor.start()
            editor.ready()
            player = Player(editor, rng, files, epoch)
            player.play(edits)
            epoch.wrong += compare(editor, folder, player, epoch, server)
        except ServerGone as error:
            epoch.wrong.append(f"the server is gone (exit code {editor.exit_code}): {error}")
        finally:
            epoch.wrong += editor.wrong
            epoch.wrong += [f"the server said: {one}" for one in editor.said]
            epoch.wrong += [text for text in [editor.errors_in_log()] if text]
            epoch.published = editor.published
            editor.close()
            if editor.exit_code != 0:
                epoch.wrong.append(f"exit code {editor.exit_code}")
    epoch.seconds = round(time.monotonic() - begin, 1)
    return epoch


def compare(editor: Editor, folder: Path, player: Player, epoch: Epoch, server: str) -> list[str]:
    """What is shown in the end beside what a fresh server and the facade say of the same texts."""
    root = folder / "project"
    with Editor(server_command(folder / "second", server), root) as second:
        second.start()
        second.ready()
        for path, document in sorted(player.open.items()):
            second.open(path, document.units, document.version)
        wrong = difference(editor, second, "a fresh server")
        texts = {path: text_of(document.units) for path, document in player.open.items()}
        wrong += by_facade(second, root, folder / "third", texts)
        wrong += second.wrong
    epoch.findings = sum(len(found) for found in second.findings().values())
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--edits", type=int, default=1_000_000)
    parser.add_argument("--epoch-edits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epoch", type=int, help="run this one alone")
    parser.add_argument("--journal", type=Path, help="a line of JSON for each epoch")
    parser.add_argument("--server", default="", help="a command line; --cache FOLDER is added")
    args = parser.parse_args()
    base = args.corpus.resolve()
    corpus = small_files(base)
    known = args.journal.read_text().splitlines() if args.journal and args.journal.exists() else []
    done = [json.loads(line) for line in known]
    total, failed = sum(one["edits"] for one in done), sum(bool(one["wrong"]) for one in done)
    numbers = [args.epoch] if args.epoch is not None else range(len(done), 10**9)
    for number in numbers:
        if args.epoch is None and total >= args.edits:
            break
        epoch = run_epoch(corpus, base, args.seed, number, args.epoch_edits, args.server)
        total, failed = total + epoch.edits, failed + bool(epoch.wrong)
        line = json.dumps(vars(epoch))
        if args.journal and args.epoch is None:
            with args.journal.open("a") as journal:
                journal.write(line + "\n")
        print(f"{total:,} edits, {failed} epochs failed; the last: {line}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
