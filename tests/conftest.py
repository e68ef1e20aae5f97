"""The tests of real editors run where `--editors` is given; they need tools that not everyone has.

No property test is about how fast a machine is: none has a deadline.
"""

from __future__ import annotations

import hypothesis
import pytest


def pytest_configure(config: pytest.Config) -> None:
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--editors",
        action="store_true",
        help="run the tests that drive real editors (tests/editors/README.md)",
    )


def pytest_report_header(config: pytest.Config) -> str:
    how = "run" if config.getoption("--editors") else "deselected; --editors runs them"
    return f"tests of real editors: {how}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--editors"):
        return
    editors = [item for item in items if item.get_closest_marker("editors") is not None]
    config.hook.pytest_deselected(items=editors)
    items[:] = [item for item in items if item.get_closest_marker("editors") is None]
