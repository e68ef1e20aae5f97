from dataclasses import dataclass

from common.money import cents  # ok: CN401 shared


@dataclass
class Account:
    owner: str
    limit: int = cents("1000.00")
