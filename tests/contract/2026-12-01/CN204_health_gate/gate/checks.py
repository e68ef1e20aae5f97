import logging
import sys

import httpx

log = logging.getLogger(__name__)

non_critical_checks = {"search": "http://search:9200/_cluster/health", "mail": "http://mail:8025/ready"}
critical_checks = {"ledger": "http://ledger:8000/health"}


def reachable(url: str) -> bool:
    return httpx.get(url, timeout=2).status_code == 200


def gate_extras() -> int:
    passed = 0
    for name, url in non_critical_checks.items():
        if not reachable(url):
            log.error("%s is down", name)
            sys.exit(1)  # want: CN204
        passed += 1
    return passed


def gate_core() -> None:
    down = sorted(filter(lambda name: not reachable(critical_checks[name]), critical_checks))
    if down:
        sys.exit(f"not ready: {', '.join(down)}")  # ok: CN204 these are critical


def gate_quota(best_effort: bool, used: float) -> None:
    if best_effort:
        if used > 1.0:
            raise RuntimeError("quota exceeded")  # want: CN204
        return
    if used > 0.8:
        raise RuntimeError("quota nearly exceeded")  # ok: CN204 behind the best-effort branch


def gate_disk(free_gb: float, is_optional: bool) -> str:
    if free_gb < 5:
        if is_optional:
            log.warning("only %.1f GB left", free_gb)  # ok: CN204 only logs
            return "low"
        raise OSError("disk is full")  # ok: CN204 not the optional branch
    return "fine"
