from auth.tokens import is_fresh  # ok: CN401 the tests of the workspace are in no service
from billing.invoice import invoice  # ok: CN401 the tests of the workspace are in no service


def test_ride_with_an_old_token() -> None:
    bill = invoice("day", 2, is_fresh)
    assert bill == {"cents": 1580, "fresh": False}
