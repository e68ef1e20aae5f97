def test_keeper_sees_hives(client) -> None:
    assert client.get("/hives").json() == ["ann-1", "ann-2"]


def test_names(hive_names) -> None:
    assert hive_names[0] == "clover"
