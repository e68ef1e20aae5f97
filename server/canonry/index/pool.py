"""Worker processes that are given batches of files; one that dies or hangs is replaced, its file named."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from canonry.index.worker import COMPILES, Answer, FileAnswer, FileTask, Request, read_message, write_message

BATCH_FILES = 40
BATCH_BYTES = 600_000
"""A batch ends at either: large enough to hide the pipe's cost, small enough to be cancelled."""
HANG_SECONDS = 60.0
"""A batch of half a megabyte takes under 10 s of any processor."""
COMPILE_SECONDS = 600.0
MOST_FAILURES = 8
"""After so many failed batches without one that succeeds no worker works here, whatever the file."""


class WorkerFailed(RuntimeError):
    """A worker process has died or did not answer in time."""


class Worker:
    """One process. Not for use from two threads at once."""

    def __init__(self, *arguments: str) -> None:
        self._process = start_process("canonry.index.worker", *arguments)
        self._decoder = msgspec.msgpack.Decoder(Answer)
        self._owed = 0
        """Answers that are on their way and that nobody wants."""

    def prepare(self, extractors: Sequence[str]) -> None:
        """Has the process bring in extractors before there are files for them. Waits for nothing."""
        assert self._process.stdin is not None
        request = Request(extractors=[*extractors])
        with contextlib.suppress(OSError):  # a process that has ended is noticed when it is asked
            write_message(self._process.stdin, msgspec.msgpack.encode(request))  # type: ignore[arg-type]
            self._owed += 1

    def ask(self, request: Request, seconds: float = HANG_SECONDS) -> Answer:
        """The answer to a request. Raises WorkerFailed; the worker is dead then."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        answered = threading.Event()
        watch = threading.Thread(target=_end_hanging, args=(self._process, seconds, answered), daemon=True)
        watch.start()
        try:
            write_message(self._process.stdin, msgspec.msgpack.encode(request))  # type: ignore[arg-type]
            message = read_message(self._process.stdout)  # type: ignore[arg-type]
            while self._owed and message is not None:
                self._owed -= 1
                message = read_message(self._process.stdout)  # type: ignore[arg-type]
            if message is None:
                raise WorkerFailed(f"a worker process ended with status {self._process.wait(5)}")
            return self._decoder.decode(message)
        except (OSError, subprocess.TimeoutExpired, msgspec.MsgspecError) as error:
            self.stop()
            raise WorkerFailed(f"a worker process failed: {error}") from error
        finally:
            answered.set()

    def stop(self) -> None:
        """Ends the process."""
        end_process(self._process)


def _end_hanging(process: subprocess.Popen[bytes], seconds: float, answered: threading.Event) -> None:
    """Ends a process that does not answer in time: the clock's where it stands still, else the processor's.

    Behind programs that take all processors a worker, which steps back for everybody, may not have run for a
    minute: nothing is wrong with it then, nor with its files.
    """
    used, _ = _processor_time(process.pid)
    while not answered.wait(seconds):
        now, waits = _processor_time(process.pid)
        if not waits or now - used >= seconds:
            if not answered.is_set():
                process.kill()
            return


def _processor_time(pid: int) -> tuple[float, bool]:
    """Seconds that a process has had of the processors, and whether it has one or waits for it.

    (0, False) where the system does not say, as all but Linux do not.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0, False
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), fields[0] == "R"


def start_process(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Starts a module of ours as a worker process, which is spoken to over its standard input and output."""
    return subprocess.Popen(
        # -P: the current folder is no place to import from; it may be anybody's.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=worker_environment(),
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ends a worker process, whatever it is at, and waits until it is gone."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue  # a broken pipe on close: the process is gone already, which is what is wanted
    process.kill()
    process.wait()


def worker_environment() -> dict[str, str]:
    """The environment of a worker process. One BLAS thread: numpy's pools would only cost memory here."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def batches(tasks: Sequence[tuple[FileTask, int]]) -> Iterator[list[FileTask]]:
    """Tasks with their sizes in bytes, cut into batches; the largest files come first."""
    batch: list[FileTask] = []
    total = 0
    for task, size in sorted(tasks, key=lambda one: -one[1]):
        batch.append(task)
        total += size
        if len(batch) >= BATCH_FILES or total >= BATCH_BYTES:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def read_files(
    tasks: Sequence[tuple[FileTask, int]],
    max_size: int,
    workers: int,
    deliver: Callable[[list[FileAnswer]], None],
    cancelled: Callable[[], bool],
    extractors: Sequence[str] = (),
    columns: bool = False,
    ready: list[Worker] | None = None,
) -> None:
    """Reads files in worker processes and hands the answers, batch by batch, to `deliver` in this thread.

    `columns`: what a segment needs of each is wanted too. Workers that are `ready` are taken from there, and
    ended. A batch that kills its worker is read again file by file; the file that does it is answered with a
    problem. Ends early where `cancelled` turns true.
    """
    todo: queue.Queue[list[FileTask]] = queue.Queue()
    for batch in batches(tasks):
        todo.put(batch)
    count = min(workers, todo.qsize())
    answers: queue.Queue[list[FileAnswer] | BaseException | None] = queue.Queue(maxsize=count * 4 or 1)
    stop = threading.Event()
    failures = 0

    def work() -> None:
        nonlocal failures
        worker: Worker | None = None
        try:
            while not stop.is_set():
                try:
                    batch = todo.get_nowait()
                except queue.Empty:
                    return
                if worker is None:
                    try:
                        worker = ready.pop() if ready else Worker()
                    except IndexError:  # another thread has taken the last one
                        worker = Worker()
                try:
                    answers.put(worker.ask(Request(batch, "", max_size, [*extractors], columns)).files)
                    failures = 0
                except WorkerFailed as error:
                    worker = None
                    failures += 1
                    if failures >= MOST_FAILURES:
                        raise
                    if len(batch) > 1:
                        for task in batch:
                            todo.put([task])
                    else:
                        answers.put([FileAnswer(batch[0].path, problem=f"could not be read: {error}")])
        except BaseException as error:
            answers.put(error)
        finally:
            if worker is not None:
                worker.stop()
            answers.put(None)

    threads = [threading.Thread(target=work, daemon=True, name=f"canonry-reader-{n}") for n in range(count)]
    for thread in threads:
        thread.start()
    running = count
    try:
        while running:
            answer = answers.get()
            if answer is None:
                running -= 1
            elif isinstance(answer, BaseException):
                raise answer
            elif not stop.is_set():
                deliver(answer)
                if cancelled():
                    stop.set()
    finally:
        stop.set()
        while running:
            if answers.get() is None:
                running -= 1
        for thread in threads:
            thread.join()


class Compiler:
    """A process that builds a segment file. It gets ready from its start on, beside those that read."""

    def __init__(self) -> None:
        self._worker = Worker(COMPILES)

    def compile(self, folder: Path, known: dict[str, tuple[bytes, bytes]], others: list[str]) -> None:
        """Builds a segment file in an index folder. Raises WorkerFailed.

        It is of files of which digests and columns are known, and of others that the folder's store has.
        """
        request = Request(compile_folder=str(folder), known=known, others=others)
        answer = self._worker.ask(request, COMPILE_SECONDS)
        if answer.problem:
            raise WorkerFailed(answer.problem)

    def stop(self) -> None:
        """Ends the process."""
        self._worker.stop()
