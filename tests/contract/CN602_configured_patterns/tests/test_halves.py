from kitchen.recipes import scale  # want: CN602


def verify_halves():
    assert scale({"salt": 2}, 0.5) == {"salt": 1}
