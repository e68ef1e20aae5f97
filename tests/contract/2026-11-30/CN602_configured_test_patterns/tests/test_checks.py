def check_one():  # ok: CN602 python_functions configured; the files pattern of canonry
    assert 1 == 1
