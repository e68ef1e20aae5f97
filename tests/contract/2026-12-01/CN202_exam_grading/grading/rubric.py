from __future__ import annotations

import logging as logs

rubric_log = logs.getLogger("grading.rubric")


class RubricError(Exception):
    pass


class Rubric:
    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    @classmethod
    def for_exam(cls, exam: int) -> Rubric:
        path = f"rubrics/{exam}.csv"
        weights = {}
        try:
            for line in open(path, encoding="utf-8"):
                question, weight = line.split(",")
                weights[question] = float(weight)
        except ValueError as wrong:
            rubric_log.error(f"{path} has a bad line: {wrong}")  # ok: CN202 re-raised as another
            raise RubricError(path) from wrong
        except FileNotFoundError as wrong:
            rubric_log.error("no rubric: %s", wrong.__class__.__name__)  # ok: CN202 names the type
        return cls(weights)

    def score(self, answers: dict[str, float]) -> float:
        total = 0.0
        for question, share in answers.items():
            try:
                total += self.weights[question] * share
            except (KeyError, TypeError) as wrong:
                rubric_log.error("question %s left out: %s", question, str(wrong))  # want: CN202
        return total

    def check(self) -> list[str]:
        problems = [name for name, weight in self.weights.items() if weight < 0]
        for problem in problems:
            rubric_log.error("negative weight: %s", problem)  # ok: CN202 no exception here
        return problems
