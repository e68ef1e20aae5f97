def test_app(app):
    assert app["testing"]
