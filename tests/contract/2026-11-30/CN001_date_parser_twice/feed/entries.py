from feed.timeutil import age_in_days, parse_timestamp


def fresh(entries: list[dict]) -> list[dict]:
    return [e for e in entries if age_in_days(parse_timestamp(e["published"])) < 7]
