from planner.plan import plan  # ok: CN403 a test


def test_a_plan_has_the_free_drivers():
    assert plan("monday") == ["monday-ann"]
