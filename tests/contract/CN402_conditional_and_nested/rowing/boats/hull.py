from typing import TYPE_CHECKING

import rowing.boats.paint as paint  # ok: CN402 absolute

if TYPE_CHECKING:
    from .crew import Crew  # want: CN402


class Hull:
    def __init__(self, crew: "Crew") -> None:
        self.crew = crew
        self.colour = paint.DEFAULT
