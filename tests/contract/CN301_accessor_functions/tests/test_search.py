import os

from bookshop.search import reindex


def test_reindex_names_the_index():
    assert reindex([]).startswith(os.environ["SEARCH_INDEX_NAME"])  # ok: CN301 a test
