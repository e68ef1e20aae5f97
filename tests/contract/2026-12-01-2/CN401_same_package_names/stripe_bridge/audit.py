from __future__ import annotations

import json
import time
from pathlib import Path

LOG = Path("refunds.jsonl")


def note(intent_id: str, refund_id: str) -> None:
    line = json.dumps({"at": time.time(), "intent": intent_id, "refund": refund_id})
    with LOG.open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
