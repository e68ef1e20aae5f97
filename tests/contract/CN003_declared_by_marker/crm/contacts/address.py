from dataclasses import dataclass


# canonry: canonical
@dataclass(frozen=True)
class PostalAddress:  # ok: CN003 declared canonical, though it is used less
    street: str
    town: str
    country: str = "DE"
