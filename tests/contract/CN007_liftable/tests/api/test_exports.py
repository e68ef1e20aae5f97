import pytest


@pytest.fixture(params=["csv", "json", "xlsx"])
def export(request, tmp_path):  # ok: CN007 other params
    path = tmp_path / f"export.{request.param}"
    path.write_text("")
    return path


def test_exports_begin_empty(export):
    assert export.read_text() == ""
