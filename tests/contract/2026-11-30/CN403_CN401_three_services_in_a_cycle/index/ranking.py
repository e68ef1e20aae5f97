from serve.clicks import clicks  # want: CN403  # want: CN401


def rank(doc):
    return clicks(doc)
