from scorekeeper.board import ScoreBoard
from scorekeeper.board_v2 import ScoreBoardV2

MAIN = ScoreBoard(["red", "blue"])


def goal(team: str) -> str:
    MAIN.add(team, 1)
    return MAIN.leader()


def season(board: ScoreBoardV2, results: list[tuple[str, int]]) -> str:
    for team, points in results:
        board.add(team, points)
    return board.leader()
