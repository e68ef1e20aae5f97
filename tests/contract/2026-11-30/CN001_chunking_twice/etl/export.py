from etl.batching import chunked


def export(rows, writer):
    for part in chunked(rows, 1000):
        writer.write(part)
