"""When a match has too little to say for itself to be shown."""

from __future__ import annotations

import pytest
from canonry.model import Evidence
from canonry.rules.reimplemented_definition import _is_named_alike
from canonry.syntax import parse_module

WRITTEN = "def read(line):\n    found = line.strip()\n    return found or None\n"
HEADER = "def read(line):\n"


def evidence(*kinds: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind, 0.5, f"{kind} in common") for kind in kinds)


@pytest.mark.parametrize(
    ("code", "kinds", "probability", "is_silent"),
    [
        (WRITTEN, ("same-name", "parameters"), 0.9, False),
        (WRITTEN, ("same-name",), 0.9, True),
        (HEADER, ("same-name",), 0.9, False),
        (WRITTEN, ("parameters", "documentation"), 0.5, True),
        (WRITTEN, ("parameters", "exceptions"), 0.7, False),
        (WRITTEN, ("parameters", "calls"), 0.5, False),
        (WRITTEN, ("body",), 0.5, False),
        (WRITTEN, ("literals",), 0.5, True),
        (HEADER, ("parameters",), 0.5, False),
    ],
)
def test_a_name_alone_or_what_stands_beside_a_job_is_no_reason(
    code: str, kinds: tuple[str, ...], probability: float, is_silent: bool
) -> None:
    (definition,) = parse_module(code, "new").definitions

    assert _is_named_alike(definition, evidence(*kinds), probability) is is_silent
