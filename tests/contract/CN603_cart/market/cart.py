from dataclasses import dataclass, field


@dataclass
class Cart:
    owner: str
    lines: list[tuple[str, int]] = field(default_factory=list)

    def add_item(self, article: str, cents: int) -> None:
        self.lines.append((article, cents))
        self.changed = True

    @property
    def total(self) -> int:
        return sum(cents for _, cents in self.lines)


class GiftCart(Cart):
    def wrap(self) -> str:
        return f"for {self.owner}"
