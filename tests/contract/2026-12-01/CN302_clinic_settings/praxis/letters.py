from dataclasses import dataclass

from praxis.settings import PraxisSettings


@dataclass
class Letterhead:
    font: str
    token: str = "draft"  # ok: CN302 a plain dataclass, not read from settings

    def render(self, text: str) -> str:
        return f"[{self.font}] {text} ({self.token})"


def letterhead(settings: PraxisSettings) -> Letterhead:
    return Letterhead(font=settings.letter_font)
