class Depot:
    def __init__(self, name: str) -> None:
        self.name = name


# Legacy shim: the importer still uses the old name.
Warehouse = Depot

# Deprecated shim, goes away with DEPOT-12.
Store = Depot

# Deprecated shim, to be removed by 2099-01-01.
Hall = Depot
