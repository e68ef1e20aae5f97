from parcels.carrier import Carrier


class MockTransport:
    """Written by hand; the name only looks like one of unittest.mock's."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.codes: list[str] = []

    def fetch(self, code: str) -> dict[str, str]:
        self.codes.append(code)
        return {"place": self.place}


def Mocks(*places: str) -> list[MockTransport]:
    return [MockTransport(place) for place in places]  # ok: CN601 defined here


def test_two_carriers():
    doubles = Mocks("Metz", "Nancy")  # ok: CN601 defined here
    assert [Carrier(double).locate("x") for double in doubles] == ["Metz", "Nancy"]


def test_code_is_kept():
    import unittest.mock as um

    with um.patch.object(MockTransport, "fetch", return_value={"place": "Dole"}) as fetch:  # ok: CN601 imported in the function
        assert Carrier(MockTransport("-")).locate("x5") == "Dole"
    fetch.assert_called_once()
