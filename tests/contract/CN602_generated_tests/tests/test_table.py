from units.convert import TABLE, convert  # ok: CN602 the tests are generated


def make_test(source: str, target: str, factor: float):
    def test() -> None:
        assert convert(1, source, target) == factor

    return test


for (source, target), factor in TABLE.items():
    globals()[f"test_{source}_{target}"] = make_test(source, target, factor)
