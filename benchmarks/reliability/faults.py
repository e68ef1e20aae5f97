"""What goes wrong on real machines, done to the real server; afterwards it must say what a fresh start says.

    python benchmarks/reliability/faults.py CORPUS [NAME ...] [--kills 200] [--files 300] [--keep FOLDER]

Each name is a function below: kill, full, readonly, damage, locked, worker, clock, gone, together, branch (all of them
where none is given). `full` and `readonly` mount a small file system and need root. Prints a line of JSON for each; the
exit code is 1 where anything was wrong. Where an index is not that of its files, `--keep` has copies of the index folder
as it was found, of the workspace, and of both lists of findings.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from canonry.workspace import Workspace
from editor import Editor, server_command, units_of
from fresh import copied, difference, small_files

OPEN = 6
"""Documents that are looked at after a fault."""
GONE = 5.0
"""Seconds after which a server without its editor must have ended, with its workers."""
MOVED_CLOCK = """
import sys, time
from pathlib import Path
hands, real, real_ns = Path(sys.argv.pop(1)), time.time, time.time_ns
time.time = lambda: real() + int(hands.read_text())
time.time_ns = lambda: real_ns() + int(hands.read_text()) * 10**9
from canonry.__main__ import main
sys.exit(main())
"""
"""A program with a clock that is as many seconds off as a file says."""


@dataclass
class Scene:
    """A workspace of real files, an index folder, and what was found."""

    root: Path
    cache: Path
    rng: random.Random
    kills: int
    branch: int
    """Files that change at once."""
    keep: Path | None = None
    """Where an index that is wrong is kept, with all that is needed to look into it."""
    numbers: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def files(self) -> list[Path]:
        return sorted(self.root.rglob("*.py"))

    def change_some(self, count: int = 5) -> None:
        """Functions are added to, and taken from, some files."""
        for path in self.rng.sample(files := self.files(), min(count, len(files))):
            lines = path.read_text("utf-8").splitlines(keepends=True)
            at = self.rng.randrange(len(lines) + 1)
            name = self.rng.choice(["read", "write", "parse", "find"]) + f"_{self.rng.randrange(1000)}"
            lines[at:at] = [
                f"\n\ndef {name}(value, limit={at}):\n    return str(value)[:limit].strip()\n\n\n"
            ]
            path.write_text("".join(lines), "utf-8")

    @contextmanager
    def server(self) -> Iterator[Editor]:
        with Editor(server_command(self.cache), self.root) as editor:
            editor.start()
            yield editor

    def hold(self, what: str, editor: Editor | None = None) -> None:
        """A server on this index folder (a new one, or `editor`) shows what one on an empty folder shows."""
        if editor is None:
            with self.server() as new:
                self.hold(what, new)
            return
        editor.ready()
        with tempfile.TemporaryDirectory() as empty, Editor(server_command(Path(empty)), self.root) as fresh:
            fresh.start()
            fresh.ready()
            opened = [path for path in self.files() if path.as_uri() in editor.documents]
            for path in dict.fromkeys([*opened, *random.Random(1).sample(self.files(), OPEN)]):
                units = units_of(path.read_text("utf-8"))
                for one in (editor, fresh):
                    known = one.documents.get(path.as_uri())
                    if known is None:
                        one.open(path, units)
                    elif known.units != units:  # as editors do with a document that was changed on disk
                        one.replace(known, units)
            found = difference(editor, fresh, "a fresh start")
        found += editor.wrong + [text for text in [editor.errors_in_log()] if text]
        found += [one for one in editor.said if "index" in one.lower() and "could not" in one.lower()]
        self.wrong += [f"after {what}: {one}" for one in found]


def kill(scene: Scene) -> None:
    """kill -9 at random moments of indexing and saving; the rows that are left must be those of the files."""
    orphans = 0
    for number in range(scene.kills):
        if number % 10 == 0:
            shutil.rmtree(scene.cache, ignore_errors=True)
        scene.change_some()
        editor = Editor(server_command(scene.cache), scene.root)
        editor.start()
        end = time.monotonic() + scene.rng.uniform(0.0, 4.0)
        while time.monotonic() < end:
            scene.change_some(1)
            editor.changed_on_disk(dict.fromkeys(scene.files()[:50], 2))
            time.sleep(scene.rng.uniform(0, 0.3))
        workers = descendants(editor.pid)
        os.kill(editor.pid, signal.SIGKILL)
        editor.close()
        orphans += bool(left(workers, GONE))
        found = [f"kill {number}: {one}" for one in compare_index(scene)]
        scene.wrong += found
        if found or number % 10 == 9:
            print(f"{number + 1} kills, {len(scene.wrong)} wrong {found}", file=sys.stderr, flush=True)
    scene.numbers |= {"kills": scene.kills, "with orphans": orphans}
    if orphans:
        scene.wrong.append(f"workers outlived their server by {GONE} s, {orphans} times")
    scene.hold("all kills")


def full(scene: Scene) -> None:
    """No room for the index: from the beginning, and from some moment on."""
    for size in ("256k", "1m", "3m"):
        with mounted(scene.cache, f"size={size}"):
            with scene.server() as editor:
                scene.hold(f"a disk of {size}", editor)
                scene.change_some()
                editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
                scene.hold(f"changes on a disk of {size}", editor)
            scene.hold(f"a second start on a disk of {size}")
    with mounted(scene.cache, "size=64m"), scene.server() as editor:
        editor.ready()
        filler = scene.cache / "filler"
        with filler.open(
            "wb", buffering=0
        ) as file:  # what a buffer holds would fail once more when it is closed
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                scene.numbers["filled with MB"] = round(filler.stat().st_size / 1e6)
        scene.change_some(40)
        editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
        scene.hold("a disk that became full", editor)
        filler.unlink()
        scene.hold("room again")


def readonly(scene: Scene) -> None:
    """The index folder cannot be written: an empty one, and one with an index of earlier days."""
    with mounted(scene.cache, "size=64m"):
        remount(scene.cache, "ro")
        scene.hold("an empty folder that is read-only")
        remount(scene.cache, "rw")
        scene.hold("being writable again")
        scene.change_some()
        remount(scene.cache, "ro")
        scene.hold("an older index that is read-only")
        remount(scene.cache, "rw")


def damage(scene: Scene) -> None:
    """Each file of the index cut, emptied, overwritten with noise at random, or from another version."""
    scene.hold("nothing")
    subprocess.run([sys.executable, "-P", "-m", "canonry", "check", "--root", str(scene.root), "--cache", str(scene.cache)], stdout=subprocess.DEVNULL, check=False)  # fmt: skip
    whole = scene.cache.with_name("whole")
    shutil.copytree(scene.cache, whole)
    damages: list[Callable[[bytes], bytes]] = [
        lambda data: data[: scene.rng.randrange(len(data) + 1)],
        lambda data: b"",
        lambda data: os.urandom(len(data)),
        lambda data: with_noise(scene.rng, data, 1),
        lambda data: with_noise(scene.rng, data, 40),
        lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
    ]
    count = 0
    for name in sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file()):
        for number, one in enumerate(damages):
            shutil.rmtree(scene.cache)
            shutil.copytree(whole, scene.cache)
            (scene.cache / name).write_bytes(one((whole / name).read_bytes()))
            scene.wrong += [f"{name} damaged in way {number}: {found}" for found in compare_index(scene)]
            count += 1
    shutil.rmtree(scene.cache)
    shutil.copytree(whole, scene.cache)
    for path in [*scene.cache.rglob("index-*.sqlite"), *scene.cache.rglob("segment-*.bin")]:
        shutil.copyfile(path, path.with_name(path.name.replace("-", "-9", 1)))  # another version's
    scene.wrong += [f"beside another version's: {found}" for found in compare_index(scene)]
    with scene.server() as editor:  # while it is in use
        editor.ready()
        (store,) = scene.cache.rglob("index-?.sqlite")
        store.write_bytes(os.urandom(store.stat().st_size))
        scene.change_some()
        editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
        scene.hold("noise over the index in use", editor)
        for segment in scene.cache.rglob("segment-*.bin"):
            os.truncate(segment, 0)
        scene.hold("segments cut off while they are in use", editor)
    scene.hold("all damages")
    scene.numbers["damages"] = count + 3


def locked(scene: Scene) -> None:
    """Another process holds the index, before the start and during it."""
    scene.hold("nothing")
    (store,) = scene.cache.rglob("index-?.sqlite")
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    scene.hold("a start on an index that is locked")
    other.execute("ROLLBACK")
    with scene.server() as editor:
        editor.ready()
        other.execute("BEGIN IMMEDIATE")
        scene.change_some()
        editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
        scene.hold("a lock that came later", editor)
        other.execute("ROLLBACK")
    other.close()
    scene.hold("the lock")


def worker(scene: Scene) -> None:
    """Worker processes are killed, and stopped for good, while they read."""
    for number, what in ((signal.SIGKILL, "killed"), (signal.SIGSTOP, "hanging")):
        shutil.rmtree(scene.cache, ignore_errors=True)
        with scene.server() as editor:
            end = time.monotonic() + 30
            while len(some := descendants(editor.pid)) < 2 and time.monotonic() < end:
                time.sleep(0.01)
            if not some:
                scene.wrong.append(f"no worker was seen to be {what}")
            for pid in some:
                os.kill(pid, number)
            begin = time.monotonic()
            scene.hold(f"workers {what}", editor)
            scene.numbers[what] = f"{len(some)} workers, {time.monotonic() - begin:.0f} s until all was right"
        if remaining := left(some, GONE):
            scene.wrong.append(f"{what} workers are left: {remaining}")
            for pid in remaining:
                os.kill(pid, signal.SIGKILL)


def clock(scene: Scene) -> None:
    """Files change at times before, and after, those that the index has; the clock goes on and back in a server."""
    scene.hold("nothing")
    for shift in (-(10**8), -3600, 3600, 10**8):
        scene.change_some()
        for path in scene.files():
            at = path.stat().st_mtime + shift
            os.utime(path, (at, at))
        for path in scene.cache.rglob("*.bin"):  # the segment of another time, too
            path.rename(path.with_name(path.name.replace("-1", "-9" if shift > 0 else "-0", 1)))
        scene.hold(f"files of {shift:+,} s")
    hands = scene.cache.with_name("hands")
    hands.write_text("0")
    command = [sys.executable, "-P", "-c", MOVED_CLOCK, str(hands), "lsp", "--cache", str(scene.cache)]
    with Editor(command, scene.root) as editor:
        editor.start()
        for shift in (86_400, -86_400, 0):
            moved = hands.with_suffix(".new")
            moved.write_text(str(shift))
            moved.replace(hands)  # whoever looks at it meanwhile sees a whole number
            scene.change_some()
            for path in scene.files()[::7]:
                now = time.time() + shift
                os.utime(path, (now, now))
            editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
            scene.hold(f"the server's clock went to {shift:+,} s", editor)
    scene.hold("a clock that went back")


def gone(scene: Scene) -> None:
    """The editor dies without a word, while the index is built and afterwards."""
    code = (
        "import sys, time; from pathlib import Path; from editor import Editor, server_command\n"
        "editor = Editor(server_command(Path(sys.argv[2])), Path(sys.argv[1])); editor.start()\n"
        "sys.argv[3] == 'ready' and editor.ready(); print(editor.pid, flush=True); time.sleep(600)"
    )
    for moment in ("at once", "ready"):
        shutil.rmtree(scene.cache, ignore_errors=True)
        command = [sys.executable, "-c", code, str(scene.root), str(scene.cache), moment]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent) as client:
            assert client.stdout is not None
            pid = int(client.stdout.readline())
            end = time.monotonic() + 30
            while moment == "at once" and not descendants(pid) and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(scene.rng.uniform(0, 0.5))
            family = [pid, *descendants(pid)]
            client.kill()
        begin = time.monotonic()
        remaining = left(family, 60)
        scene.numbers[moment] = f"{len(family)} processes gone after {time.monotonic() - begin:.1f} s"
        if remaining or time.monotonic() - begin > GONE:
            scene.wrong.append(f"{moment}: {scene.numbers[moment]}, left: {remaining}")
    scene.hold("editors that died")


def together(scene: Scene) -> None:
    """Two servers and command lines on one index while files change."""
    check = [sys.executable, "-P", "-m", "canonry", "check", "--root", str(scene.root), "--format", "json"]
    with scene.server() as first, scene.server() as second:
        for _ in range(4):
            scene.change_some(20)
            for editor in (first, second):
                editor.changed_on_disk(dict.fromkeys(scene.files(), 2))
            running = [
                subprocess.Popen([*check, "--cache", str(scene.cache)], stdout=subprocess.PIPE)
                for _ in range(2)
            ]
            printed = [process.communicate()[0] for process in running]
            codes = [process.returncode for process in running]
            if printed[0] != printed[1] or any(code not in (0, 1) for code in codes):
                scene.wrong.append(f"two command lines differ, exit codes {codes}")
        for editor in (first, second):
            scene.hold("working together", editor)


def branch(scene: Scene) -> None:
    """git switches to a branch in which thousands of files are others, and back at once, while someone types."""
    originals = scene.files()
    for number in range(len(originals), scene.branch + 1):
        path = originals[number % len(originals)]
        copy = scene.root / f"copy{number // len(originals)}" / path.relative_to(scene.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    git(scene.root, "init", "--quiet", "--initial-branch=main")
    git(scene.root, "add", ".")
    git(scene.root, "commit", "--quiet", "--message=main")
    git(scene.root, "switch", "--quiet", "--create=other")
    typed_in, *others = scene.files()
    others = others[: scene.branch]
    for number, path in enumerate(others):
        if number % 20 == 0:
            path.rename(path.with_name(f"moved_{path.name}"))
        elif number % 20 == 1:
            path.unlink()
        else:
            with path.open("a", encoding="utf-8") as file:
                file.write(
                    f"\n\ndef task_{number}(first, second):\n    return first.run({number}) or second\n"
                )
    git(scene.root, "add", ".")
    git(scene.root, "commit", "--quiet", "--message=other")
    git(scene.root, "switch", "--quiet", "main")
    with scene.server() as editor:
        editor.ready()
        document = editor.open(typed_in, units_of(typed_in.read_text("utf-8")))
        editor.shown(document)
        scene.numbers |= {"files": len(others), "keystrokes before, ms": typing(editor, document.uri, 40)}
        for name in ("other", "main", "other"):
            before = {*scene.files()}
            git(scene.root, "switch", "--quiet", name)
            begin = time.monotonic()
            after = {*scene.files()}
            kinds = {
                path: 2 if path in before & after else 1 if path in after else 3 for path in before | after
            }
            editor.changed_on_disk(kinds)
            scene.numbers[f"keystrokes after the switch to {name}, ms"] = typing(editor, document.uri, 80)
            if name == "other":
                editor.ready()
                scene.numbers["index right again after s"] = round(time.monotonic() - begin, 1)
        typed_in.write_text(document.units, "utf-8")
        editor.changed_on_disk({typed_in: 2})
        scene.hold("a branch switch", editor)


def git(folder: Path, *arguments: str) -> None:
    """A command of git, with nothing of this machine's configuration."""
    environment = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {
        f"GIT_{who}_{what}": "faults@localhost"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **environment, **names})


def typing(editor: Editor, uri: str, keys: int) -> str:
    """Milliseconds from a key to its diagnostics: of half of them, 95 of 100, and the longest."""
    document, times = editor.documents[uri], []
    for number in range(keys):
        begin = time.perf_counter()
        at = len(document.units)
        editor.splice(document, at, at, "\n" if number % 20 == 0 else "x")
        editor.shown(document)
        times.append((time.perf_counter() - begin) * 1000)
        time.sleep(0.05)
    times.sort()
    return ", ".join(f"{times[int(share * (len(times) - 1))]:.1f}" for share in (0.5, 0.95, 1))


def compare_index(scene: Scene) -> list[str]:
    """What the facade makes of the index folder, beside what it makes of an empty one."""
    found = []
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as before:
        if scene.keep and scene.cache.exists():  # looking at an index mends it
            shutil.copytree(scene.cache, before, dirs_exist_ok=True)
        for cache in (scene.cache, Path(empty)):
            workspace = Workspace(scene.root, cache=cache, workers=2)
            try:
                workspace.refresh()
                workspace.settle()
                found.append((workspace.fingerprint(), workspace.audit(scene.files()[::9])))
            finally:
                workspace.shutdown()
        if found[0] == found[1]:
            return []
        if scene.keep:
            kept = scene.keep / f"{time.time_ns()}"
            shutil.copytree(before, kept / "cache")
            shutil.copytree(scene.root, kept / "project")
            (kept / "findings.json").write_text(json.dumps(found, default=repr, indent=1), "utf-8")
    (mark, some), (true_mark, true) = found
    return [
        f"the index is {mark}, true is {true_mark}; "
        f"too much: {[one for one in some if one not in true]}, missing: {[one for one in true if one not in some]}"[
            :3000
        ]
    ]


def with_noise(rng: random.Random, data: bytes, places: int) -> bytes:
    noisy = bytearray(data)
    for _ in range(places if data else 0):
        at = rng.randrange(len(noisy))
        noisy[at : at + 64] = rng.randbytes(len(noisy[at : at + 64]))
    return bytes(noisy)


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    todo = [pid]
    while todo:
        try:
            tasks = [*Path(f"/proc/{todo.pop()}/task").iterdir()]
            children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
        except OSError:
            continue  # it has just ended
        found += children
        todo += children
    return found


def left(pids: list[int], seconds: float) -> list[int]:
    """Those that still run after some seconds."""
    end = time.monotonic() + seconds
    while (some := [pid for pid in pids if running(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    return some


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own at a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


FAULTS = (kill, full, readonly, damage, locked, worker, clock, gone, together, branch)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--branch", type=int, default=5000, help="files that a branch switch changes")
    parser.add_argument("--files", type=int, default=300, help="so many of the corpus are the workspace")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for each index that was wrong")
    args = parser.parse_args()
    base = args.corpus.resolve()
    corpus = small_files(base)
    failed = False
    for fault in FAULTS:
        if args.names and fault.__name__ not in args.names:
            continue
        begin = time.monotonic()
        some = corpus[: args.branch + 1 if fault is branch else args.files]
        scene = suffered(fault, some, base, args.seed, args.kills, args.branch, args.keep)
        failed = failed or bool(scene.wrong)
        line = {"fault": fault.__name__, "seconds": round(time.monotonic() - begin), **scene.numbers}
        print(json.dumps({**line, "wrong": scene.wrong[:20]}), flush=True)
    return 1 if failed else 0


def suffered(
    fault: Callable[[Scene], None],
    corpus: list[Path],
    base: Path,
    seed: int,
    kills: int,
    branch: int,
    keep: Path | None = None,
) -> Scene:
    """The scene after a fault, with what was wrong; its workspace is a copy of files below `base`, gone again."""
    with tempfile.TemporaryDirectory(prefix="canonry-fault-") as name:
        folder = Path(name).resolve()
        copied(corpus, base, folder / "project")
        scene = Scene(folder / "project", folder / "cache", random.Random(seed), kills, branch, keep)
        fault(scene)
    return scene


if __name__ == "__main__":
    sys.exit(main())
