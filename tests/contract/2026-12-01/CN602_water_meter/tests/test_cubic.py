from meter.reading import Reading  # want: CN602


def check_cubic():
    assert Reading(2500).cubic() == 2.5


def verify_zero():
    assert Reading(0).cubic() == 0


if __name__ == "__main__":
    check_cubic()
    verify_zero()
