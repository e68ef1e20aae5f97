from backend.accounts.users import create_user
from backend.common import ids
from backend.search import query  # want: CN401


def handle(request):
    return {"id": ids.new_id(), "user": create_user(request.name), "hits": query.search(request.text)}
