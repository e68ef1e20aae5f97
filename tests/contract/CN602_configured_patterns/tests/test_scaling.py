from kitchen.recipes import scale  # ok: CN602 should_* is configured


def should_double_everything():
    assert scale({"flour": 250}, 2) == {"flour": 500}
