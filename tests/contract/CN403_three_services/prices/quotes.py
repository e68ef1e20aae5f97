def quote(article: str) -> int:
    from stock.levels import level  # want: CN403

    return 100 if level(article) else 150
