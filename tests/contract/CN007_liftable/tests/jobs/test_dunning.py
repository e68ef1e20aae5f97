from billing.dunning import due


def test_nothing_is_due(frozen_clock, export):
    assert due([], export) == []
