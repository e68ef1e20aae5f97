from units.convert import convert  # ok: CN602 has tests


class TestLengths:
    class TestMetres:
        def test_centimetres(self):
            assert convert(2, "m", "cm") == 200
