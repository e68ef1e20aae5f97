import os
from pathlib import Path

from printshop.spooler import Job, Spooler


def test_target_is_split(monkeypatch):
    monkeypatch.setenv("PLOTTER_ADDRESS", "plot:9100")
    assert Spooler().target == ("plot", 9100)
    assert os.environ["PLOTTER_ADDRESS"].endswith("9100")  # ok: CN301 a test


def test_clamp(monkeypatch):
    monkeypatch.setenv("PRINTSHOP_MAX_COPIES", "3")
    job = Job(Path("poster.pdf"), copies=10)
    job.clamp()
    assert job.copies == 3
