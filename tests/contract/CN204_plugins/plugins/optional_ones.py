from plugins.errors import PluginError


def start(optional_plugins: list, database) -> None:
    for plugin in optional_plugins:
        if database is None:
            raise PluginError("no database")  # ok: CN204 raised for the database
        plugin.start(database)
