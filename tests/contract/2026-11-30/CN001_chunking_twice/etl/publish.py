import json


def split_into_batches(records: list, batch_size: int) -> list:  # want: CN001
    """Split the records into batches of at most batch_size records."""
    if batch_size < 1:
        raise ValueError("batch_size must be positive")
    return [records[i : i + batch_size] for i in range(0, len(records), batch_size)]


def publish(client, topic: str, records: list[dict]) -> None:
    for batch in split_into_batches(records, 100):
        client.send(topic, json.dumps(batch).encode())
