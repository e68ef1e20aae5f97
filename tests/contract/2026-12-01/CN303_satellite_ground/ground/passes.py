from os import environ


def pass_report(passes: list[tuple[str, float]]) -> str:
    station = environ["GROUND_STATION"]  # ok: CN303 no secret
    key_id = environ["UPLINK_SECRET_KEY"][:6]
    return "\n".join(f"{station} {key_id} {name} {elevation:.1f}" for name, elevation in passes)
