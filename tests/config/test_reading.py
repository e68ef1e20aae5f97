"""Settings from texts: what applies, and what is said of the rest, on which line."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from canonry.config import (
    Accepted,
    Canonical,
    ReadSettings,
    Settings,
    SettingsFile,
    TeamPattern,
    merge_editor_settings,
    read_settings,
)


def read(text: str, file: SettingsFile = SettingsFile.CANONRY) -> ReadSettings:
    return read_settings(text, file)


def test_settings_stand_below_tool_canonry_in_pyproject() -> None:
    result = read_settings(
        '[project]\nname = "x"\n[tool.canonry]\nexclude = ["old"]\n[tool.canonry.reuse]\nminimum-lines = 5\n',
        SettingsFile.PYPROJECT,
    )

    assert result.problems == ()
    assert result.present
    assert result.settings.exclude == ("old",)
    assert result.settings.reuse.minimum_lines == 5
    assert result.settings.reuse.minimum_probability == Settings().reuse.minimum_probability


def test_settings_stand_at_the_top_of_canonry_toml() -> None:
    result = read("max-file-size = 10\nreuse.minimum-probability = 1\n")

    assert result.problems == ()
    assert result.settings.max_file_size == 10
    assert result.settings.reuse.minimum_probability == 1.0


def test_no_settings_are_the_defaults_without_a_problem() -> None:
    for text in ("", "[tool.ruff]\nline-length = 3\n", "tool = 3\n", "\ufeff[project]\n"):
        result = read(text, SettingsFile.PYPROJECT)

        assert result == ReadSettings(Settings())


def test_every_kind_of_value_is_read() -> None:
    result = read(
        """
        select = ["CN0", "silent-fallback", "ALL"]
        lessons = ["docs/**/*.md"]
        absolute-imports = true
        debt.tracker = "[A-Z]+-[0-9]+"
        tests.files = ["check_*.py"]
        [severity]
        CN001 = "error"
        [per-file-ignores]
        "tests/**" = ["CN001"]
        "scripts/*" = "CN2"
        [services]
        auth = "services/auth"
        shared = ["libs/common", "libs/more"]
        [allowed-imports]
        gateway = ["auth"]
        [canonical]
        "database manager" = { symbol = "app.db.Manager", supersedes = ["app.old.*"] }
        clock = "app.clock.Clock"
        [config]
        modules = ["app/settings.py"]
        distinct = [["DB_URL", "DATABASE_URL"]]
        suffixes = ["_ENV"]
        [[accepted]]
        symbols = ["a.b", "c.d"]
        reason = "deployed alone"
        until = 2027-06-30
        [[accepted]]
        symbols = ["a.e", "c.f"]
        reason = "vendored"
        [[pattern]]
        id = "no-print"
        message = "Use the logger"
        pattern = "print($$$)"
        inside = "class_definition"
        not-inside = ["def main(): $$$", "for_statement"]
        files = ["app/"]
        severity = "hint"
        """
    )

    assert result.problems == ()
    settings = result.settings
    assert settings.select == ("CN0", "silent-fallback", "ALL")
    assert settings.lessons == ("docs/**/*.md",)
    assert settings.absolute_imports
    assert settings.debt.tracker == "[A-Z]+-[0-9]+"
    assert settings.tests.files == ("check_*.py",)
    assert settings.severity == {"CN001": "error"}
    assert settings.per_file_ignores == {"tests/**": ("CN001",), "scripts/*": ("CN2",)}
    assert settings.services == {"auth": ("services/auth",), "shared": ("libs/common", "libs/more")}
    assert settings.allowed_imports == {"gateway": ("auth",)}
    assert settings.canonical == {
        "database manager": Canonical("app.db.Manager", ("app.old.*",)),
        "clock": Canonical("app.clock.Clock"),
    }
    assert settings.config.modules == ("app/settings.py",)
    assert settings.config.distinct == (("DB_URL", "DATABASE_URL"),)
    assert settings.config.suffixes == ("_ENV",)
    assert settings.accepted == (
        Accepted(("a.b", "c.d"), "deployed alone", date(2027, 6, 30)),
        Accepted(("a.e", "c.f"), "vendored"),
    )
    assert settings.pattern == (
        TeamPattern(
            "no-print",
            "Use the logger",
            "print($$$)",
            inside=("class_definition",),
            not_inside=("def main(): $$$", "for_statement"),
            files=("app/",),
            severity="hint",
        ),
    )


WRONG = [
    # text, line and column of the problem, key, part of the message
    ("inclde = []", (0, 0), "inclde", "did you mean `include`"),
    ("maxFileSize = 3", (0, 0), "maxFileSize", "did you mean `max-file-size`"),
    ("zzz = 1", (0, 0), "zzz", "Known here: absolute-imports"),
    ("[reuse]\nminimum_lines = 3", (1, 0), "reuse.minimum_lines", "did you mean `minimum-lines`"),
    ("[reuze]\nx = 3", (0, 1), "reuze", "did you mean `reuse`"),
    ("reuse = 3", (0, 0), "reuse", "must be a table, not 3"),
    ('include = "x"', (0, 0), "include", 'must be a list of strings, not the string "x"'),
    ("\nexclude = [\n  'a',\n  5,\n]", (3, 2), "exclude[1]", "must be a string, not 5"),
    ("exclude = ['']", (0, 11), "exclude[0]", "is empty"),
    ("exclude = ['!']", (0, 11), "exclude[0]", "is not a glob"),
    ("exclude = ['[z-a']", (0, 11), "exclude[0]", "is not a glob"),
    ("respect-gitignore = 1", (0, 0), "respect-gitignore", "must be true or false, not 1"),
    ("max-file-size = true", (0, 0), "max-file-size", "must be a whole number from 1 to 100000000, not true"),
    ("max-file-size = 0", (0, 0), "max-file-size", "from 1 to 100000000, not 0"),
    ("max-file-size = 1.5", (0, 0), "max-file-size", "must be a whole number"),
    (
        "reuse.minimum-probability = 1.01",
        (0, 6),
        "reuse.minimum-probability",
        "a number from 0 to 1, not 1.01",
    ),
    ("reuse.minimum-probability = nan", (0, 6), "reuse.minimum-probability", "from 0 to 1, not nan"),
    ("select = ['cn 1']", (0, 10), "select[0]", 'not the string "cn 1"'),
    (
        "severity = { CN001 = 'warn' }",
        (0, 13),
        "severity.CN001",
        "one of error, warning, information, hint, off",
    ),
    ("[severity]\n'a b' = 'off'", (1, 0), "severity.a b", "must be a code"),
    ("[per-file-ignores]\n'a/*' = [1]", (1, 9), "per-file-ignores.a/*[0]", "must be a string, not 1"),
    ("debt.tracker = '('", (0, 5), "debt.tracker", "is not a regular expression"),
    ("services = ['a']", (0, 0), "services", "must be a table, not a list"),
    ("config.distinct = ['a']", (0, 19), "config.distinct[0]", "must be a list of strings"),
    ("[[accepted]]\nreason = 'x'", (0, 2), "accepted[0]", "needs `symbols`"),
    ("[[accepted]]\nsymbols = []\nreason = ''", (0, 2), "accepted[0]", "needs `symbols` and `reason`"),
    ("[[accepted]]\nreason = 1\nsymbols = ['a']", (1, 0), "accepted[0].reason", "must be a string, not 1"),
    (
        "[[accepted]]\nsymbols = ['a']\nreason = 'x'\nuntil = 'soon'",
        (3, 0),
        "accepted[0].until",
        "must be a date such as 2030-12-31",
    ),
    ("[[accepted]]\nsymbol = ['a']", (1, 0), "accepted[0].symbol", "did you mean `symbols`"),
    ("canonical.clock = {}", (0, 10), "canonical.clock", "needs `symbol`"),
]


@pytest.mark.parametrize(("text", "place", "key", "message"), WRONG, ids=[case[0] for case in WRONG])
def test_a_mistake_is_named_on_its_line_and_the_rest_applies(
    text: str, place: tuple[int, int], key: str, message: str
) -> None:
    result = read('source-roots = ["here"]\n' + text)

    problem = next(found for found in result.problems if found.key == key)
    assert (problem.range.start.line - 1, problem.range.start.column) == place
    assert message in problem.message
    assert not problem.fatal
    assert result.settings.source_roots == ("here",)
    for name in ("max_file_size", "severity", "reuse", "debt"):
        assert getattr(result.settings, name) == getattr(Settings(), name)


def test_an_entry_that_cannot_be_used_leaves_its_neighbours() -> None:
    result = read("exclude = ['a', 1, 'b']\n[services]\nx = 3\ny = 'folder'\n")

    assert [problem.key for problem in result.problems] == ["exclude[1]", "services.x"]
    assert result.settings.exclude == ("a", "b")
    assert result.settings.services == {"y": ("folder",)}


def test_tool_canonry_that_is_no_table_is_a_problem_at_its_key() -> None:
    result = read("[tool]\ncanonry = 3\n", SettingsFile.PYPROJECT)

    assert [(problem.range.start.line, problem.range.start.column) for problem in result.problems] == [(1, 0)]
    assert "must be a table" in result.problems[0].message
    assert result.settings == Settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \nc = 2\n", 1),
        ("a = 1\na = 2\n", 1),
        ("x = [1,\n2\n\n", 1),
        ("x = " + "9" * 5000, 0),
        ("x = " + "[" * 5000, 0),
        ("\n\n[tool.canonry\n", 2),
    ],
)
def test_a_syntax_error_is_one_fatal_problem(text: str, line: int) -> None:
    result = read(text)

    assert len(result.problems) == 1
    assert result.problems[0].fatal
    assert result.problems[0].range.start.line == line
    assert "canonry.toml" in result.problems[0].message
    assert "until that is mended" in result.problems[0].message
    assert result.settings == Settings()


def test_editor_settings_win_table_by_table() -> None:
    base = read("exclude = ['a']\n[reuse]\nminimum-lines = 9\n[severity]\nCN001 = 'off'\n").settings

    merged, problems = merge_editor_settings(
        base, {"reuse": {"minimumProbability": 0}, "severity": {"CN002": "hint"}, "exclude": ["b"]}
    )

    assert problems == ()
    assert merged.reuse.minimum_lines == 9
    assert merged.reuse.minimum_probability == 0.0
    assert merged.severity == {"CN001": "off", "CN002": "hint"}
    assert merged.exclude == ("b",)


@pytest.mark.parametrize(
    "tree",
    [
        {"reuse": {"minimumLines": 7}},
        {"canonry": {"reuse": {"minimumLines": 7}}},
        {"settings": {"reuse": {"minimumLines": 7}}},
        {"settings": {"canonry": {"reuse": {"minimumLines": 7}}}},
        {"canonry": {"settings": {"reuse": {"minimumLines": 7}}}},
        {"reuse.minimumLines": 7},
        {"canonry.reuse.minimumLines": 7},
        {"canonry": {"reuse.minimumLines": 7, "trace": {"server": "off"}, "path": [], "maxFileSize": None}},
        {"reuse.minimumLines": 7, "reuse": {"minimumProbability": None}},
    ],
)
def test_editor_trees_may_be_wrapped_and_keys_dotted(tree: dict[str, object]) -> None:
    merged, problems = merge_editor_settings(Settings(), tree)

    assert problems == ()
    assert merged.reuse.minimum_lines == 7
    assert merged.max_file_size == Settings().max_file_size


def test_mistakes_in_editor_settings_are_named() -> None:
    merged, problems = merge_editor_settings(
        Settings(), {"reuse": {"minimum-lines": 3, "minimumProbability": "high"}, "sevrity": {}}
    )

    assert merged == Settings()
    assert sorted(problem.key for problem in problems) == [
        "reuse.minimum-lines",
        "reuse.minimumProbability",
        "sevrity",
    ]
    assert any("did you mean `minimumLines`" in problem.message for problem in problems)
    assert all(problem.message.startswith("Editor settings: ") for problem in problems)


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc", "~/x", "C:/x", "..\\\\x", "a/b/../../../x"])
@pytest.mark.parametrize(
    "line", ['baseline = "{}"', 'source-roots = ["{}"]', 'services = {{ a = "{}" }}', 'environment = "{}"']
)
def test_paths_do_not_leave_the_workspace(line: str, path: str) -> None:
    read = read_settings(line.format(path), SettingsFile.CANONRY)

    assert [one.message for one in read.problems] == [
        f"`{read.problems[0].key}` leads out of the workspace; it is ignored."
    ]
    assert read.settings == replace(Settings(), services={"a": ()} if "services" in line else {})


@pytest.mark.parametrize("path", ["x", "./x", "a/../x", "..x/a", "a..", ".venv"])
def test_paths_that_stay_in_the_workspace(path: str) -> None:
    read = read_settings(f'baseline = "{path}"', SettingsFile.CANONRY)

    assert (read.problems, read.settings.baseline) == ((), path)


@pytest.mark.parametrize("glob", ["../**/*.py", "a/../../b.py", ".."])
def test_globs_do_not_leave_it_either(glob: str) -> None:
    read = read_settings(f'include = ["{glob}"]\nlessons = ["{glob}"]', SettingsFile.CANONRY)

    assert [one.key for one in read.problems] == ["include[0]", "lessons[0]"]


def test_the_editors_environment_may_be_anywhere() -> None:
    merged, problems = merge_editor_settings(
        Settings(), {"environment": "/opt/venvs/a", "baseline": "/opt/known.json"}
    )

    assert merged.environment == "/opt/venvs/a"
    assert [one.key for one in problems] == ["baseline"]


def test_every_setting_is_documented() -> None:
    def undocumented(cls: type, path: str) -> list[str]:
        found = []
        for spec in fields(cls):  # type: ignore[arg-type]
            if not spec.metadata.get("doc", "").endswith("."):
                found.append(path + spec.name)
            if isinstance(spec.default_factory, type) and spec.default_factory.__module__ == cls.__module__:
                found += undocumented(spec.default_factory, f"{path}{spec.name}.")
        return found

    assert undocumented(Settings, "") == []
    assert undocumented(Accepted, "accepted.") == []
    assert undocumented(Canonical, "canonical.") == []
