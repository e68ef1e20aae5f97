import logging
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)


@dataclass
class Step:
    name: str
    run: Callable[[list[dict]], list[dict]]
    non_critical: bool = False


@dataclass
class Pipeline:
    steps: list[Step]
    optional_steps: list[Step] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def execute(self, rows: list[dict]) -> list[dict]:
        for step in self.steps:
            try:
                rows = step.run(rows)
            except Exception as error:
                if step.non_critical:
                    raise RuntimeError(f"step {step.name} failed") from error  # want: CN204
                logger.exception("step %s", step.name)
                raise  # ok: CN204 outside the non-critical branch
        return rows

    def enrich(self, rows: list[dict]) -> list[dict]:
        for step in self.optional_steps:
            try:
                rows = step.run(rows)
            except Exception:
                logger.exception("enrichment %s left out", step.name)  # ok: CN204 optional steps only log
        return rows

    def require_columns(self, rows: list[dict], required_columns: set[str]) -> None:
        for row in rows:
            absent = required_columns - row.keys()
            if absent:
                self.problems.append(f"{sorted(absent)} absent")
        if self.problems:
            raise ValueError("; ".join(self.problems))  # ok: CN204 collected, then raised

    def preflight(self, rows: list[dict]) -> int:
        for step in self.optional_steps:
            if not callable(step.run):
                logger.error("%s cannot run", step.name)
                raise TypeError(step.name)  # want: CN204
        if not rows:
            raise ValueError("no rows")  # ok: CN204 about the rows
        return len(rows)
