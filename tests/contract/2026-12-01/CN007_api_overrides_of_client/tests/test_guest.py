def test_guest_sees_none(client) -> None:
    assert client.get("/hives").json() == []
