from dataclasses import dataclass


@dataclass
class Component:
    name: str
    non_critical: bool = False
    state: str = "new"
