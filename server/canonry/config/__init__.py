"""Settings: the tree, reading it from texts and files, and what is wrong with them."""

from canonry.config.globs import Globs
from canonry.config.loading import SETTINGS_FILES, LoadedSettings, Written, find_root, load_settings
from canonry.config.positions import Mark, Span
from canonry.config.reading import (
    ReadSettings,
    SettingsFile,
    SettingsProblem,
    merge_editor_settings,
    read_settings,
)
from canonry.config.tree import (
    Accepted,
    Canonical,
    ConfigSettings,
    DebtSettings,
    ReuseSettings,
    Settings,
    SuiteSettings,
    TeamPattern,
)

__all__ = [
    "SETTINGS_FILES",
    "Accepted",
    "Canonical",
    "ConfigSettings",
    "DebtSettings",
    "Globs",
    "LoadedSettings",
    "Mark",
    "ReadSettings",
    "ReuseSettings",
    "Settings",
    "SettingsFile",
    "SettingsProblem",
    "Span",
    "SuiteSettings",
    "TeamPattern",
    "Written",
    "find_root",
    "load_settings",
    "merge_editor_settings",
    "read_settings",
]
