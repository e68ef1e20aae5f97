from collections.abc import Iterator
from pathlib import Path


class StationReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def levels(self, station: str) -> Iterator[tuple[str, float]]:
        with (self.folder / f"{station}.tsv").open() as handle:
            for line in handle:
                moment, level = line.rstrip().split("\t")
                yield moment, float(level)

    def stations(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.tsv"))
