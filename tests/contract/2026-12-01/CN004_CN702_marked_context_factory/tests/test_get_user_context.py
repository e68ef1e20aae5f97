from deskbot.context import create_user_context, get_user_context


def test_get_user_context_keeps_notes() -> None:
    get_user_context("mia").notes.append("call back")
    assert get_user_context("mia").notes == ["call back"]


def test_get_user_context_equals_a_new_one() -> None:
    assert get_user_context("tom") == create_user_context("tom")  # ok: CN004 a test of the replacement
