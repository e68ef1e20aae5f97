def shorten_headline(text: str) -> str:
    return text.partition(".")[0][:80]


def publish(text: str) -> dict:
    from apps.desk.articles import fits  # want: CN403

    return {"headline": shorten_headline(text), "printable": fits(text)}
