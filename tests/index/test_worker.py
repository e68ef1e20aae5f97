"""The worker process beside other programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.index import pool
from canonry.index.pool import Worker
from canonry.index.worker import POLITENESS, Request


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no nice")
def test_a_worker_comes_after_the_editor_in_whatever_session_that_is() -> None:
    worker = Worker()
    pid = worker._process.pid
    group = Path(f"/proc/{pid}/autogroup")
    try:
        for _ in range(30):  # the kernel takes one change in a tenth of a second
            worker.ask(Request([]))
            if not group.exists() or group.read_text().endswith(f" nice {POLITENESS}\n"):
                break
            time.sleep(0.02)

        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(19, own + POLITENESS)
        assert not group.exists() or group.read_text().endswith(f" nice {POLITENESS}\n")
        assert os.getsid(pid) != os.getsid(0) or not group.exists()
    finally:
        worker.stop()


BUSY = """
from canonry.index import worker

def serve(source, sink):
    print("busy", flush=True)
    while True:
        pass

worker.serve = serve
worker.main()
"""
"""A worker that is never done with what it is at."""
PARENT = """
import subprocess, sys

pipe = subprocess.PIPE
with subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=pipe, stderr=pipe) as worker:
    worker.stderr.readline()
    print(worker.pid, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_a_worker_that_is_busy_ends_with_its_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, BUSY], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()

    end = time.monotonic() + 60
    while is_there(pid) and time.monotonic() < end:
        time.sleep(0.05)

    assert not is_there(pid)


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def busy() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="told by /proc")
def test_a_worker_that_stands_still_or_runs_for_ever_is_ended(busy: subprocess.Popen[bytes]) -> None:
    pool._end_hanging(busy, 0.1, threading.Event())
    assert busy.wait() == -signal.SIGKILL

    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as still:
        still.send_signal(signal.SIGSTOP)
        while pool._processor_time(still.pid)[1]:
            time.sleep(0.01)
        pool._end_hanging(still, 0.1, threading.Event())
        assert still.wait() == -signal.SIGKILL


def test_a_worker_that_waits_for_a_processor_is_waited_for(
    busy: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    looks = 0

    def look(pid: int) -> tuple[float, bool]:
        nonlocal looks
        looks += 1
        if looks == 5:
            answered.set()
        return 0.001 * looks, True

    monkeypatch.setattr(pool, "_processor_time", look)
    pool._end_hanging(busy, 0.05, answered)

    assert looks == 5
    assert busy.poll() is None
