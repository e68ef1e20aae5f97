from uuid import uuid4

from helpdesk.threads import ThreadStore


def test_create_thread_is_found_again():
    store = ThreadStore()
    thread = store.create_thread(thread_id=str(uuid4()), customer="ada")  # ok: CN501 a test
    assert store.get_or_create_thread("ada") is thread


def test_new_customer_gets_thread():
    store = ThreadStore()
    assert store.get_or_create_thread("bob").customer == "bob"
