from index.writer import write  # want: CN403  # want: CN401


def ingest(rows):
    return write(rows)
