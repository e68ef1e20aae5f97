"""The model's weights: evidence by evidence, for definitions with a body and for bare headers."""

from __future__ import annotations

from typing import Final

INTERCEPT_BODY: Final = -9.0
BODY: Final[dict[str, float]] = {
    "search": 6.0,
    "same-name": 2.5,
    "name-words": 1.5,
    "name-spelling": 1.0,
    "parameters": 0.7,
    "arity": 0.5,
    "annotations": 0.3,
    "calls": 2.0,
    "imported": 1.0,
    "attributes": 0.5,
    "literals": 1.5,
    "documentation": 1.0,
    "vocabulary": 2.5,
    "statements": 1.5,
    "exceptions": 0.4,
    "bases": 0.5,
    "members": 1.0,
    "body": 2.0,
    "body-names": 1.5,
    "same-kind": 0.5,
    "same-color": 0.3,
}

INTERCEPT_HEADER: Final = -8.0
HEADER: Final[dict[str, float]] = {
    "search": 4.0,
    "same-name": 3.0,
    "name-words": 2.0,
    "name-spelling": 1.5,
    "parameters": 1.5,
    "arity": 0.5,
    "annotations": 0.5,
    "documentation": 1.5,
    "vocabulary": 1.5,
    "bases": 0.5,
    "same-kind": 0.5,
    "same-color": 0.3,
}
