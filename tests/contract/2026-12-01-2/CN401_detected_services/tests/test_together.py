"""The two services as one; this folder belongs to neither."""
from pantry.stock import shelf_life  # ok: CN401 not a module of a service
from recipes.units import grams  # ok: CN401 not a module of a service


def test_flour_keeps_long():
    assert shelf_life("flour") > 100


def test_spoons():
    assert grams("2 tbsp") == 30.0
