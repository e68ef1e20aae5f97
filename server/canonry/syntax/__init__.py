"""Text to definitions with their features, imports and references. Pure; never raises on user code."""

from canonry.syntax.facts import SCHEMA_VERSION, Definition, Import, ModuleFacts
from canonry.syntax.features import Feature, feature_hash
from canonry.syntax.module import ModuleParser, parse_module, parse_tree, tree_of
from canonry.syntax.named import Call, ImportStatement
from canonry.syntax.scopes import SCRIPT, Scope
from canonry.syntax.source import Source, UnreadableSource, read_source
from canonry.syntax.tree import ModuleTree

__all__ = [
    "SCHEMA_VERSION",
    "SCRIPT",
    "Call",
    "Definition",
    "Feature",
    "Import",
    "ImportStatement",
    "ModuleFacts",
    "ModuleParser",
    "ModuleTree",
    "Scope",
    "Source",
    "UnreadableSource",
    "feature_hash",
    "parse_module",
    "parse_tree",
    "read_source",
    "tree_of",
]
