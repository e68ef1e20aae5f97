from parking.gates import Gate  # want: CN602


def check_a_gate_opens():
    assert Gate().let_in("UL-AB 1")


def check_a_gate_stays_closed():
    assert not Gate().let_in("")
