"""What the screen rules out is no finding, whatever the model's weights are."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import click
import numpy as np
import pytest
from canonry.config import Settings
from canonry.index.live import LiveIndex
from canonry.index.segment import Floats
from canonry.index.snapshot import Snapshot
from canonry.match import SEARCH, Query, Screen, bounds, find_matches, is_the_same, matcher, rank
from canonry.match.rank import GATE, KINDS
from canonry.match.silence import is_silent
from canonry.match.terms import BITS
from canonry.match.trees import forest
from canonry.match.weights import BODY
from canonry.model import Trait

LINES = 3


@pytest.fixture(scope="module", params=["compiled", "changed since"])
def snapshot(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Snapshot]:
    """Real code, and the same once more in other places with some names changed; tests among it.

    In one part, and in several as after changes of files: with words that the first part has not.
    """
    root = tmp_path_factory.mktemp("screened") / "work"
    for folder in ("click", "click/utils", "again", "tests"):
        (root / folder).mkdir(parents=True)
    for number, name in enumerate(("formatting.py", "types.py", "utils.py", "decorators.py")):
        text = (Path(click.__file__).parent / name).read_text("utf-8")
        (root / "click" / name).write_text(text, "utf-8")
        (root / "again" / name).write_text(text.replace("param", "given").replace("Float", "Real"), "utf-8")
        place = root / ("tests/test_more.py" if number % 2 else "click/utils/more.py")
        place.write_text(text.replace("value", "content").replace("_type", "_kind"), "utf-8")
    shutil.copy(Path(click.__file__).parent / "core.py", root / "click/core.py")
    index = LiveIndex(root, tmp_path_factory.mktemp("index"), Settings(), 1)
    index.refresh()
    if request.param == "changed since":
        changed = [root / "again/types.py", root / "click/core.py"]
        for path in changed:
            path.write_text(path.read_text("utf-8").replace("self.name", "self.heading.text"), "utf-8")
        index.update(changed)
        assert len(index.snapshot.parts) > 1
    yield index.snapshot
    index.close()


def starts(snapshot: Snapshot) -> list[int]:
    """The number of the first row of each part, through all parts."""
    return [0, *accumulate(part.segment.size for part in snapshot.parts)]


def queries(snapshot: Snapshot) -> Iterator[tuple[int, Query]]:
    for path in sorted({path for part in snapshot.parts for path in part.segment.paths.all()}):
        facts = snapshot.facts(path)
        assert facts is not None
        part, rows = snapshot.rows_of(path)
        first = starts(snapshot)[part]
        for at, one in zip(rows, facts.definitions, strict=True):
            owner = facts.definitions[one.parent] if one.parent >= 0 else None
            query = Query(one, facts.module, path, owner)
            if query.has_body and not is_silent(query, LINES):
                yield first + at, query


@pytest.fixture(scope="module")
def weighed(snapshot: Snapshot) -> list[tuple[int, list[int], Floats]]:
    """For each definition that may speak its row, and the rows and evidence of all candidates near enough."""
    found, first = [], starts(snapshot)
    for at, query in queries(snapshot):
        matches, _ = find_matches(query, snapshot, matcher.CANDIDATES)
        near = [one for one in matches if one[2][SEARCH] >= matcher.LEAST_SURE_COSINE]
        if query.traits & Trait.DUNDER:  # of special methods only the same ones are said
            near = [one for one in near if is_the_same(one[2])]
        tables = np.array([table for _, _, table in near], np.float32).reshape(-1, len(KINDS))
        found.append((at, [first[ref.part] + ref.at for ref, _, _ in near], tables))
    return found


def test_no_evidence_is_outside_of_what_the_screen_knows_of_it(
    snapshot: Snapshot, weighed: list[tuple[int, list[int], Floats]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "SURE_SIZE", 0)
    looking = Screen(snapshot, matcher.SURE_THRESHOLD, LINES)
    for least in ("_logit", "_least_linear"):  # nothing is ruled out: everything is looked at
        monkeypatch.setattr(looking, least, -1e6)
    outside = set()
    widths = []
    for first in range(0, len(weighed), BITS):
        chunk = weighed[first : first + BITS]
        rows = np.array([at for at, _, _ in chunk])
        pairs, told, left = looking._bounded(rows)
        widths.append((told.most - told.least)[:, left])
        places = {(int(rows[pairs.query[one]]), int(pairs.row[one])): one for one in left.tolist()}
        for at, others, tables in chunk:
            for other, table in zip(others, tables, strict=True):
                place = places[at, other]
                wrong = (table < told.least[:, place] - 1e-6) | (table > told.most[:, place] + 1e-6)
                outside.update(KINDS[kind] for kind in np.flatnonzero(wrong).tolist())
    known = np.flatnonzero(np.concatenate(widths, 1).max(1) < 0.5)

    assert outside == set()
    assert len(known) > 60  # of the kinds of evidence


@pytest.mark.parametrize("seed", range(8))
def test_ruled_out_is_what_no_candidate_reaches_with_any_weights(
    snapshot: Snapshot,
    weighed: list[tuple[int, list[int], Floats]],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(matcher, "SURE_SIZE", 0)
    monkeypatch.setattr(matcher, "SURE_THRESHOLD", 0.0)
    if seed:  # 0: the model as it is
        chance = random.Random(seed)
        for kind in KINDS:
            monkeypatch.setitem(BODY, kind, chance.uniform(-1.5, 2.0) if chance.random() < 0.8 else 0.0)
    weights = np.array([BODY.get(kind, 0.0) for kind in KINDS])
    linear = sorted(float(np.max(tables @ weights, initial=-99.0)) for _, _, tables in weighed)
    # So that some are over the gate and most are not.
    intercept = GATE - linear[-len(linear) // 5]
    monkeypatch.setattr(bounds, "INTERCEPT_BODY", intercept)
    monkeypatch.setattr(rank, "INTERCEPT_BODY", intercept)
    best = {at: _most_probable(tables, snapshot.statistics.total) for at, _, tables in weighed}
    threshold = sorted(best.values())[-len(best) // 10]
    looking = Screen(snapshot, threshold, LINES)
    passing = {
        first + at
        for number, first in enumerate(starts(snapshot)[:-1])
        for at in looking.passing(number, np.flatnonzero(snapshot.parts[number].alive).tolist())
    }
    over = {at for at, probable in best.items() if probable >= threshold}

    assert over - passing == set()
    assert 0 < len(over) <= len(passing) < len(best)


def test_definitions_that_nobody_is_near_are_ruled_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.py").write_text(
        "def brew(tea):\n    tea.steep()\n    tea.pour()\n    return tea.cup\n", "utf-8"
    )
    (tmp_path / "two.py").write_text(
        "class Sky:\n    def rain(self):\n        self.cloud -= 1\n        print(7)\n"
    )
    index = LiveIndex(tmp_path, tmp_path / "index", Settings(), 1)
    index.refresh()
    monkeypatch.setattr(matcher, "SURE_SIZE", 0)
    looking = Screen(index.snapshot, matcher.SURE_THRESHOLD, LINES)
    (part, rows), (_, more) = (index.snapshot.rows_of(path) for path in ("one.py", "two.py"))

    assert looking.passing(part, rows) == set()
    assert looking.passing(part, more) == set()
    index.close()


def _most_probable(tables: Floats, definitions: int) -> float:
    """The probability of the best of a definition's candidates, by their evidence once there is a body."""
    if not len(tables):
        return 0.0
    logits = rank._linear(tables, BODY, rank.INTERCEPT_BODY)
    near = logits >= GATE
    logits[near] = (logits[near] + forest(KINDS).logits(tables[near])) / 2
    slope, shift = rank.calibration(True, definitions)
    return float(np.max(1 / (1 + np.exp(-(slope * logits + shift)))))
