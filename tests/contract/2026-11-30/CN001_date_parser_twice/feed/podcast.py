from feed.timeutil import parse_timestamp


def sort(episodes):
    return sorted(episodes, key=lambda e: parse_timestamp(e["date"]))
