from playback.licence import licence


def test_licence_is_base64(monkeypatch):
    monkeypatch.setenv("DRM_SECRET", "x")  # ok: CN303 a test sets it
    assert licence("film", "tv").isascii()
