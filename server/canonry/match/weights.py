"""The model's weights: evidence by evidence, for definitions with a body and for bare headers.

Written by benchmarks/matching/fit.py; what they were fitted on and how well they do is in
docs/matching.md."""

from __future__ import annotations

from typing import Final

INTERCEPT_BODY: Final = -9.2116
BODY: Final[dict[str, float]] = {
    "same-name": -0.0456,
    "name-words": -0.4149,
    "name-spelling": 0.7682,
    "parameters": 0.2922,
    "arity": 3.1538,
    "calls": 0.4609,
    "attributes": 0.3487,
    "literals": 0.9062,
    "documentation": 0.6186,
    "vocabulary": 2.0311,
    "exceptions": 0.2464,
    "bases": 0.2882,
    "body": 1.5910,
    "same-kind": 3.1849,
    "same-color": 1.1517,
    "lead": 2.2167,
    "alike-length": -0.8920,
    "length": -0.8332,
    "inherited": -0.0071,
    "same-file": -5.0877,
    "same-class": -0.8642,
    "family": -0.8306,
    "same-method": -0.8261,
    "convention": -1.9162,
    "crowd": -2.6033,
    "counterpart": -0.3555,
    "test-code": -0.1488,
}

INTERCEPT_HEADER: Final = -9.5933
HEADER: Final[dict[str, float]] = {
    "same-name": 1.5008,
    "name-words": 0.8019,
    "name-spelling": 0.5294,
    "parameters": 0.3356,
    "arity": 3.6689,
    "annotations": 0.3168,
    "documentation": 0.0004,
    "vocabulary": 0.4565,
    "bases": 0.9854,
    "same-kind": 4.1656,
    "same-color": 1.0263,
    "lead": 1.3649,
    "alike-length": -2.2241,
    "inherited": 0.0157,
    "same-file": -3.3549,
    "same-class": -0.8264,
    "family": -0.4279,
    "same-method": -0.8301,
    "convention": -3.1074,
    "crowd": -1.6103,
    "counterpart": 0.1786,
    "test-code": -0.6428,
}
