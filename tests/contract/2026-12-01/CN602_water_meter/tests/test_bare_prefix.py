from meter.reading import Reading  # ok: CN602 pytest's prefix is `test`, without the underscore


def testlitres():
    assert Reading(7).litres == 7
