from choirlist.voices import normalize


def wanted(row: dict, missing: set[str]) -> bool:
    return normalize(row["voice"]) in missing
