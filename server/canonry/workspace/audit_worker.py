"""A worker process of an audit: opens the workspace as its parent has it, answers batches with findings.

It speaks length-prefixed pickles with the parent that has started it, over its standard input and output, and
ends with its input. Nothing else can write there.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from typing import BinaryIO

from canonry.index.worker import end_with_parent, read_message, write_message
from canonry.workspace.audit import Checked, Opening, plain
from canonry.workspace.facade import Workspace

COLLECTED_AFTER = 50_000
"""Objects more than were freed: some megabytes."""


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers batches (lists of tasks) until the input ends; None for what it cannot check."""
    first = read_message(source)
    if first is None:
        return
    opening: Opening = pickle.loads(first)
    workspace = Workspace(opening.root, opening.settings, cache=opening.folder.parent)
    same = workspace.fingerprint() == opening.fingerprint
    # What is there stays to the end, and rules make few cycles: to look for them took a twelfth of the time.
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    while (message := read_message(source)) is not None:
        answer: list[Checked] | None = None
        if same:
            answer = [plain(one) for one in workspace.check_indexed(pickle.loads(message))]
        write_message(sink, pickle.dumps(answer))


def main() -> None:
    """The program: protocol on the original standard output, prints of anything else to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    end_with_parent()
    try:
        serve(sys.stdin.buffer, sink)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # the parent is gone or is ending; there is nobody to tell


if __name__ == "__main__":
    main()
