from bird.song import sing


def check_sing():
    assert sing(1) == "tweet "


class SongTests:
    def testing(self):
        assert sing(0) == ""
