from uuid import uuid4

from helpdesk.conversations import ConversationStore


def test_the_same_customer_keeps_one_talk():
    store = ConversationStore()
    first = store.create_conversation(conversation_id=str(uuid4()), customer_id=7)  # ok: CN501 a test
    assert store.get_or_create_conversation(7) is first
