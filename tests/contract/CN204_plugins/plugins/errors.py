class PluginError(Exception):
    """A plugin that cannot be used."""
