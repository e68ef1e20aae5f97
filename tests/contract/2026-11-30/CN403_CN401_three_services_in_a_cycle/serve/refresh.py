import ingest.reader  # want: CN403  # want: CN401


def refresh():
    return ingest.reader.ingest([])
