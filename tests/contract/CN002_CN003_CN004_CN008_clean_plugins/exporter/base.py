from abc import ABC, abstractmethod
from pathlib import Path


class Exporter(ABC):
    """Writes rows into a file of one format."""

    suffix = ""

    @abstractmethod
    def lines(self, rows: list[dict]) -> list[str]:
        """The text of the rows."""

    def export(self, rows: list[dict], path: Path) -> Path:
        target = path.with_suffix(self.suffix)
        target.write_text("\n".join(self.lines(rows)))
        return target
