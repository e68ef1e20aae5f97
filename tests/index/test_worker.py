"""The worker process beside other programs."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
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
