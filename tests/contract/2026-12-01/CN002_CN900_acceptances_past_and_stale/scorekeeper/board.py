class ScoreBoard:
    def __init__(self, teams: list[str]) -> None:
        self.points = dict.fromkeys(teams, 0)

    def add(self, team: str, points: int) -> None:
        self.points[team] += points

    def leader(self) -> str:
        return max(self.points, key=self.points.__getitem__)

    def reset(self) -> None:
        self.points = dict.fromkeys(self.points, 0)
