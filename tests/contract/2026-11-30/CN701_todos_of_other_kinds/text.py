"""Text tools."""


# TODO: make the tokenizer faster
def split(text):  # ok: CN701 dependency injection, tokenizer, author, plain remarks
    return text.split()


# TODO: use dependency injection for the store
def store(client):
    return client


# FIXME: the author field is sometimes empty
def author(book):
    return book.author


# Authentication happens in the gateway; permissions are checked there.
def user(request):
    return request.user


# TODO: sort the result
def find(items):
    todo_list = [item for item in items if item]
    return todo_list
