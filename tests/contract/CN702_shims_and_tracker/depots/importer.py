from depots.names import Warehouse


def read(lines: list[str]) -> list[Warehouse]:
    # TODO update later, when the file has columns
    return [Warehouse(line.strip()) for line in lines]


def read_old(lines: list[str]) -> list[Warehouse]:
    # Temporary until DEPOT-31 is done.
    return [Warehouse(line[10:].strip()) for line in lines]
