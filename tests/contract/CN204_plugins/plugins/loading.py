import importlib
import logging

from plugins.errors import PluginError

logger = logging.getLogger(__name__)


def load(plugin) -> object | None:
    try:
        return importlib.import_module(plugin.module)
    except ImportError as error:
        if plugin.optional:
            raise PluginError(plugin.name) from error  # want: CN204
        return None


def load_all(plugins: list) -> list:
    loaded = []
    for plugin in plugins:
        module = load(plugin)
        if module is None and not plugin.optional:
            raise PluginError(plugin.name)  # ok: CN204 the test is negated
        loaded.append(module)
    return loaded


def configure(plugin, database) -> None:
    if not plugin.optional:
        raise PluginError(plugin.name)  # ok: CN204 the test is negated
    plugin.configure(database)


def check(plugin) -> None:
    if plugin.optional:
        logger.warning("%s is not there", plugin.name)  # ok: CN204 optional, and it only logs
    else:
        raise PluginError(plugin.name)  # ok: CN204 not the optional branch
