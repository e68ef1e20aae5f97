import re  # want: CN602

PLATE = re.compile(r"[A-Z]{1,3}-[A-Z]{1,2} \d{1,4}")


class PlateChecks:
    def test_a_plate(self):
        assert PLATE.match("UL-AB 12")

    def test_no_plate(self):
        assert not PLATE.match("ulm")
