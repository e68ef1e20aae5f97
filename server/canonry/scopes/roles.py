"""What a file is for, by its path alone."""

from __future__ import annotations

from enum import StrEnum

from canonry.config import Settings
from canonry.index.discovery import is_test_path


class Role(StrEnum):
    """What a file is for."""

    SOURCE = "source"
    TEST = "test"
    """A test module, or a helper of tests."""
    CONFTEST = "conftest"
    MIGRATION = "migration"
    SCRIPT = "script"
    """Run by hand or by a machine, imported by nobody."""

    @property
    def is_test(self) -> bool:
        """Whether it is a test module, a conftest or a helper of tests."""
        return self in (Role.TEST, Role.CONFTEST)


_SCRIPTS = frozenset(("scripts", "script", "bin", "tools", "examples", "example", "benchmarks", "docs"))
_SCRIPT_NAMES = frozenset(("setup.py", "manage.py", "noxfile.py", "fabfile.py", "conf.py", "__main__.py"))
_PLUGIN_NAMES = frozenset(("pytest_plugin.py", "pytest_plugins.py"))
_MIGRATIONS = frozenset(("migrations", "alembic"))


def role_of(path: str, settings: Settings) -> Role:
    """What a file (relative, with `/`) is for."""
    *folders, name = path.split("/")
    if name == "conftest.py":
        return Role.CONFTEST
    if is_test_path(path, settings) or name in _PLUGIN_NAMES:
        return Role.TEST
    if not _MIGRATIONS.isdisjoint(folders) or _is_revision(folders, name):
        return Role.MIGRATION
    if name in _SCRIPT_NAMES or not _SCRIPTS.isdisjoint(folders):
        return Role.SCRIPT
    return Role.SOURCE


def _is_revision(folders: list[str], name: str) -> bool:
    """Whether a file is one of Alembic's, whose folder has been called otherwise."""
    return "revisions" in folders and ("versions" in folders or name == "env.py")
