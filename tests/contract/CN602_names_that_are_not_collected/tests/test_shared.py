from bird.song import sing

SONGS = [sing(1), sing(2)]


def helper(times: int) -> str:
    return sing(times).strip()
