def test_job(app):
    assert app["db"]
