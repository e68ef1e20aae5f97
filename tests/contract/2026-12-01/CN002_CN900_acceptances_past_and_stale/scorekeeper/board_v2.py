import sqlite3


class ScoreBoardV2:  # want: CN002
    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists goals (team text, points int)")

    def add(self, team: str, points: int) -> None:
        with self.db:
            self.db.execute("insert into goals values (?, ?)", (team, points))

    def leader(self) -> str:
        row = self.db.execute("select team from goals group by team order by sum(points) desc limit 1").fetchone()
        return row[0] if row else ""

    def reset(self) -> None:
        with self.db:
            self.db.execute("delete from goals")
