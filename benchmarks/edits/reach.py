"""A pytest plugin: which functions of a package each test file runs. `-p reach` with two environment variables.

REACH_BELOW is the folder whose functions count, REACH_OUT the JSON file to write: test file -> list of
"path:first line".
"""

import json
import os
import sys
import threading
from collections import defaultdict
from pathlib import Path

import pytest

BELOW = os.environ["REACH_BELOW"] + os.sep
reached = defaultdict(set)
current = set()


def note(frame, event, argument):
    if event == "call":
        code = frame.f_code
        if code not in current:
            current.add(code)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    sys.setprofile(note)
    threading.setprofile(note)
    yield
    sys.setprofile(None)
    threading.setprofile(None)
    reached[item.nodeid.partition("::")[0]] |= current
    current.clear()


def pytest_sessionfinish(session):
    found = {
        name: sorted(
            f"{code.co_filename}:{code.co_firstlineno}"
            for code in codes
            if code.co_filename.startswith(BELOW)
        )
        for name, codes in reached.items()
    }
    Path(os.environ["REACH_OUT"]).write_text(json.dumps(found))
