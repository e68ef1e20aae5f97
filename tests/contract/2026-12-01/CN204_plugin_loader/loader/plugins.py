import importlib
import logging
import sys
from dataclasses import dataclass
from typing import Optional

logger = logging.getLogger("loader")

OPTIONAL_PLUGINS = ("spellcheck", "preview")
REQUIRED_PLUGINS = ("parser", "printer")


@dataclass
class Spec:
    name: str
    optional: bool = False


def load_extras() -> list[str]:
    loaded = []
    for name in OPTIONAL_PLUGINS:
        try:
            importlib.import_module(f"loader_{name}")
        except ImportError as error:
            raise RuntimeError(f"plugin {name} is missing") from error  # want: CN204
        loaded.append(name)
    return loaded


def load_core(registry: dict[str, object]) -> None:
    for required_plugin in REQUIRED_PLUGINS:
        if required_plugin not in registry:
            logger.warning("plugin %s is missing", required_plugin)  # want: CN204


def activate(spec: Spec, registry: dict[str, object]) -> bool:
    if spec.name in registry:
        return True
    if not spec.optional:
        raise LookupError(spec.name)  # ok: CN204 the test is negated
    logger.info("going without %s", spec.name)
    return False


def reload(spec: Spec, registry: dict[str, object]) -> None:
    try:
        registry[spec.name] = importlib.reload(sys.modules[spec.name])
    except KeyError:
        if spec.optional:
            logger.warning("%s was never loaded", spec.name)  # ok: CN204 the optional one only logs
        else:
            raise  # ok: CN204 the branch of what is not optional


def describe(spec: Optional[Spec]) -> str:
    if spec is None:
        raise ValueError("a plugin is needed")  # ok: CN204 Optional is a type here
    return spec.name.title()


def verify(registry: dict[str, object]) -> None:
    missing = [name for name in REQUIRED_PLUGINS if name not in registry]
    if missing:
        raise SystemExit(f"missing: {missing}")  # ok: CN204 required ones that exit
