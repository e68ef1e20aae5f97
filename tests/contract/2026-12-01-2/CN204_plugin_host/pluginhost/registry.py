"""Finds and starts the plugins of the editor."""
from __future__ import annotations

import importlib
import logging
import sys

from pluginhost.manifest import Manifest

logger = logging.getLogger(__name__)

OPTIONAL_PLUGINS = ("spellcheck", "minimap")
REQUIRED_PLUGINS = ("syntax", "files")


class PluginStartError(RuntimeError):
    pass


def load(name: str):
    return importlib.import_module(f"pluginhost_{name}")


def start_optional() -> list[object]:
    started = []
    for optional_plugin in OPTIONAL_PLUGINS:
        try:
            started.append(load(optional_plugin))
        except ImportError as exc:
            raise PluginStartError(optional_plugin) from exc  # want: CN204
    return started


def check_required(known: set[str]) -> None:
    missing = [plugin for plugin in REQUIRED_PLUGINS if plugin not in known]
    if missing:
        raise PluginStartError(", ".join(missing))  # ok: CN204 a required one may raise


def start(manifest: Manifest) -> object | None:
    try:
        return load(manifest.name)
    except ImportError as exc:
        if not manifest.optional:
            raise PluginStartError(manifest.name) from exc  # ok: CN204 only when it is not optional
        logger.warning("%s is left out", manifest.name)
        return None


def stop(manifest: Manifest, plugin) -> None:
    if manifest.best_effort:
        try:
            plugin.stop()
        except RuntimeError:
            logger.exception("stopping %s", manifest.name)
            sys.exit(3)  # want: CN204
    else:
        plugin.stop()
