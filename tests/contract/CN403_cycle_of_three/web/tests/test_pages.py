from ranking.score import best  # ok: CN403 a test


def test_best():
    assert best(["a"]) == ["a"]
