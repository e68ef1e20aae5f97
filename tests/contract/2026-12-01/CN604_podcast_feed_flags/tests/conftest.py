import pytest

from feed import flags


@pytest.fixture
def with_transcripts():
    flags.enabled.add("transcripts")  # ok: CN604 a fixture that takes it back
    yield
    flags.enabled.discard("transcripts")


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setitem(flags.limits, "episodes", 10)  # ok: CN604 monkeypatch
    return flags.limits
