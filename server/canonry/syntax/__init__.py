"""Text to definitions with their features, imports and references. Pure; never raises on user code."""

from canonry.syntax.facts import SCHEMA_VERSION, Definition, Import, ModuleFacts
from canonry.syntax.features import Feature, feature_hash
from canonry.syntax.module import ModuleParser, parse_module
from canonry.syntax.source import Source, UnreadableSource, read_source

__all__ = [
    "SCHEMA_VERSION",
    "Definition",
    "Feature",
    "Import",
    "ModuleFacts",
    "ModuleParser",
    "Source",
    "UnreadableSource",
    "feature_hash",
    "parse_module",
    "read_source",
]
