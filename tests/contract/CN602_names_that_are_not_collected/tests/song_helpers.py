from bird.song import sing


def long_song() -> str:
    return sing(100)
