"""What benchmarks/reliability does for hours, done for seconds: what was maltreated is as if it were new."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks" / "reliability"))

import faults  # noqa: E402
import fuzz  # noqa: E402

BASE = ROOT / "server" / "canonry"
CORPUS = sorted(path for path in (BASE / "demo").rglob("*.py") if path.stat().st_size > 200)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")


@pytest.mark.parametrize(
    "fault", [faults.gone, faults.clock, faults.together], ids=lambda fault: fault.__name__
)
def test_after_a_fault_the_findings_are_those_of_a_fresh_start(fault):
    scene = faults.suffered(fault, CORPUS, BASE, seed=1, kills=0, branch=0)

    assert scene.wrong == []


def test_after_kill_9_too():
    scene = faults.suffered(faults.kill, CORPUS, BASE, seed=1, kills=3, branch=0)

    assert scene.wrong == []
    assert scene.numbers == {"kills": 3, "with orphans": 0}


def test_after_a_branch_switch_while_someone_types_too():
    scene = faults.suffered(faults.branch, CORPUS, BASE, seed=1, kills=0, branch=200)

    assert scene.wrong == []


def test_after_any_damage_of_the_index_too():
    scene = faults.suffered(faults.damage, CORPUS, BASE, seed=1, kills=0, branch=0)

    assert scene.wrong == []
    assert int(str(scene.numbers["damages"])) > 10


@pytest.mark.parametrize("number", range(2))
def test_any_edits_leave_the_findings_of_a_fresh_start(number):
    epoch = fuzz.run_epoch(CORPUS, BASE, seed=1, number=number, edits=150, server="")

    assert epoch.wrong == []
    assert epoch.edits == 150
    assert epoch.published > 10
