from feed import flags


def test_transcripts(with_transcripts):
    assert flags.is_on("transcripts")


def test_video():
    flags.enabled.add("video")  # want: CN604
    assert flags.is_on("video")


def test_only_chapters_by_default():
    assert flags.enabled == {"chapters"}


def test_small_pages(small_pages):
    assert flags.page_size() == 2


def test_large_pages():
    flags.limits["episodes"] = 500  # want: CN604
    assert flags.page_size() == 100


def test_usual_pages():
    assert flags.page_size() == 10


def test_local_flags():
    enabled = {"chapters"}
    enabled.add("live")  # ok: CN604 a local set
    assert len(enabled) == 2


def test_build(monkeypatch):
    monkeypatch.setattr(flags, "last_built", None)  # ok: CN604 monkeypatch
    assert flags.build("News") == "<rss>News</rss>"
