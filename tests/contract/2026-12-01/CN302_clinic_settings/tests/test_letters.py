import os

from praxis.letters import Letterhead


def test_letterhead_names_its_font():
    token = os.environ.get("LETTER_TOKEN", "test-token")  # ok: CN302 a test
    assert "[Lato]" in Letterhead("Lato", token).render("hello")
