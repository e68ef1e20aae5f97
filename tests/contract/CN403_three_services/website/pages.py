from orders.pending import add  # ok: CN403 nothing imports the website


def buy(article: str) -> str:
    return f"{article}: {add(article)}"
