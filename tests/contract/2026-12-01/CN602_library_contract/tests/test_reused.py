from tests.contract import test_empty_shelf_is_falsy  # noqa: F401  # ok: CN602 an imported test is collected
