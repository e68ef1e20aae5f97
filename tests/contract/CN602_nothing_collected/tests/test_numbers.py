import pytest  # ok: CN602 has a test


@pytest.mark.parametrize("number", [1, 2])
class TestNumbers:
    def test_positive(self, number):
        assert number > 0
