from dataclasses import dataclass
from datetime import date


@dataclass
class Event:  # want: CN003
    title: str
    day: date
