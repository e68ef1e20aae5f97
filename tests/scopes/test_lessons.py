"""Lessons: what is read from Markdown in the shapes that people write it in, and what is not."""

# ruff: noqa: E501 - each line of a table is a case

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from canonry.config import Settings
from canonry.scopes.lessons import LessonsOf, read_lessons
from canonry.scopes.lessons.files import lesson_files
from hypothesis import given
from hypothesis import strategies as st

ONE = [("a.b()", "c.d()")]

SHAPES = {
    "a line each": "WRONG: `a.b()`\n\nCORRECT: `c.d()`",
    "one paragraph": "WRONG: `a.b()`\nCORRECT: `c.d()`",
    "emoji and bold": "❌ **WRONG**: `a.b()`\n\n✅ **CORRECT**: `c.d()`",
    "colon in the bold": "**❌ Anti-pattern:** `a.b()`\n\n**✅ Pattern:** `c.d()`",
    "italics, small letters": "*wrong*: `a.b()`\n\n_correct_: `c.d()`",
    "no colon": "wrong `a.b()`\n\ncorrect `c.d()`",
    "short codes of emoji": ":x: Wrong: `a.b()`\n\n:white_check_mark: Correct: `c.d()`",
    "a list": "- WRONG: `a.b()`\n- CORRECT: `c.d()`",
    "a numbered list": "1. **WRONG** - never\n\n   ```python\n   a.b()\n   ```\n2. **CORRECT**\n\n   ```py\n   c.d()\n   ```",
    "tasks": "- [ ] WRONG: `a.b()`\n- [x] CORRECT: `c.d()`",
    "a quotation": "> ❌ WRONG: `a.b()`\n>\n> ✅ CORRECT: `c.d()`",
    "below the word": "WRONG:\n\n- `a.b()`\n\nCORRECT:\n\n- `c.d()`",
    "fenced code": "BEFORE:\n\n```python\na.b()\n```\n\nAFTER:\n\n```python\nc.d()\n```",
    "fenced code without a language": "Before\n```\na.b()\n```\nAfter\n~~~\nc.d()\n~~~",
    "indented code": "WRONG:\n\n    a.b()\n\nCORRECT:\n\n    c.d()",
    "prose between": "**Wrong:**\n\nAs it was.\n\n```python\na.b()\n```\n\n**Correct:**\n\nUse:\n\n```python\nc.d()\n```",
    "a session": "WRONG:\n\n```pycon\n>>> a.b()\n```\n\nCORRECT:\n\n```pycon\n>>> c.d()\n```",
    "headings": "### ❌ WRONG\n\n```python\na.b()\n```\n\n### ✅ CORRECT\n\n```python\nc.d()\n```",
    "headings with a noun": "#### Wrong way\n`a.b()` is slow\n```python\na.b()\n```\n#### Correct way\n```python\nc.d()\n```",
    "headings of their own": "## Anti-pattern: state\n```python\na.b()\n```\n## Pattern: injection\n```python\nc.d()\n```",
    "comments": "```python\n# ❌ WRONG: slow\na.b()\n\n# ✅ CORRECT\nc.d()\n```",
    "an arrow": "WRONG: `a.b()` → CORRECT: `c.d()`",
    "a comma": "Wrong: `a.b()`, correct: `c.d()`",
    "a table": "| ❌ Wrong | ✅ Correct |\n|---|---|\n| `a.b()` | `c.d()` |",
    "a table with rows": "| | code |\n|---|---|\n| WRONG | `a.b()` |\n| CORRECT | `c.d()` |",
    "a remark": "WRONG (slow): `a.b()`\n\nCORRECT (since 3.2): `c.d()`",
    "a reason after it": "WRONG: `a.b()` blocks the loop\n\nCORRECT: `c.d()` does not",
    "a long line": "WRONG: for whoever has to wait for it, never call\n`a.b()` there\n\nCORRECT: `c.d()`",
    "the correct one first": "CORRECT: `c.d()`\n\nWRONG: `a.b()`",
    "a break": "WRONG: `a.b()`<br>CORRECT: `c.d()`",
}  # fmt: skip
"""Each says the same."""


def pairs(text: str) -> list[tuple[str, str]]:
    found = read_lessons(text, "docs/lessons.md")
    return [
        (check.wrong.text, check.correct.removeprefix(">>> "))
        for lesson in found.lessons
        for check in lesson.checks
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_say_the_same(shape: str) -> None:
    text = f"# Lessons\n\n## Waiting\n\nIt blocked.\n\n{SHAPES[shape]}\n"

    assert pairs(text) == ONE
    assert pairs(text.replace("\n", "\r\n")) == ONE


PROSE = {
    "a sentence": "Before you deploy, call `a.b()`.\n\nAfter `a.b()` call `c.d()`.\n\nPattern matching: see `match`.",
    "what to do instead": "Anti-pattern: waiting for all of them; use `c.d()` instead.",
    "what is to be kept": "Anti-pattern: testing it through the network. Keep `rank` pure.",
    "no code": "WRONG: to wait.\n\nCORRECT: not to.",
    "before alone": "Before: `a.b()`",
    "correct alone": "CORRECT: `c.d()`",
    "another language": "WRONG:\n\n```bash\nrm -rf /\n```\n\nCORRECT:\n\n```bash\nls\n```",
    "no Python": "WRONG: `rm -rf /`",
    "a word of the language": "WRONG: `lambda`",
    "inside fenced code": "```markdown\nWRONG: `a.b()`\n```",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_what_is_no_example(text: str) -> None:
    assert pairs(f"# Lessons\n\n{text}\n") == []


def test_a_heading_makes_an_entry_with_its_keywords_and_its_first_sentence() -> None:
    text = dedent("""\
        ---
        title: front matter
        ---

        # Lessons

        ## Time has a zone

        It has cost a night. And a day.

        **Keywords**: `utcnow`, `datetime.now(`

        ### Wrong

        `utcnow()`

        ```python
        datetime.utcnow()
        ```

        ## Retries

        keywords:

        - `retry`
        - `tenacity.retry`
        """)
    time, retries = read_lessons(text, "docs/lessons.md").lessons

    assert (time.title, time.line, time.told) == ("Time has a zone", 6, "It has cost a night.")
    assert [one.text for one in time.keywords] == ["utcnow", "datetime.now("]
    assert [(one.wrong.text, one.line) for one in time.checks] == [("datetime.utcnow()", 17)]
    assert [(one.text, one.line) for one in retries.keywords] == [("retry", 24), ("tenacity.retry", 25)]


def test_several_wrong_ones_share_one_correct_one() -> None:
    assert pairs("# L\n\nWRONG: `a.b()` or `e.f()`\n\nCORRECT: `c.d()`\n") == [*ONE, ("e.f()", "c.d()")]
    assert pairs("# L\n\nWRONG: `a.b()`\n\nWRONG: `e.f()`\n\nCORRECT: `c.d()`\n") == [
        *ONE,
        ("e.f()", "c.d()"),
    ]
    table = "# L\n\n| Before | After |\n|---|---|\n| `a.b()` | `c.d()` |\n| `e.f()` | `g.h()` |\n"
    assert pairs(table) == [*ONE, ("e.f()", "g.h()")]


def test_what_cannot_be_used_is_said_with_its_line() -> None:
    text = dedent("""\
        # Lessons

        WRONG:

        ```bash
        rm
        ```

        ## Two

        Wrong: `not python at all`

        Keywords: words, not code

        ## Three

        Before: `a.b()`
        """)
    found = [(one.line + 1, one.what, one.why) for _, one in read_lessons(text, "a.md").unused]

    assert found == [
        (3, "wrong", "its code is bash, not Python"),
        (11, "`not python at all`", "it is no Python that can be read"),
        (13, "Keywords: words, not code", "keywords are code spans: `asyncio.run`, `sleep`"),
        (17, "before", "nothing in the entry says what comes after"),
    ]


WORDS = st.sampled_from(
    ["WRONG", "Correct:", "**Before**", "`a.b()`", "`", "```python", "\n", "\n\n", "# ", "- ", "| ", "❌", " ",
     "keywords:", "→", "\r\n", "[ ]", "1. ", "(x)", "---", "|---|---|", "<br>", "    ", "> ", "x = 1", "…", "\0"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    lines = text.count("\n") + 1

    found = read_lessons(text, "a.md")

    assert all(0 <= check.line <= lines for lesson in found.lessons for check in lesson.checks)
    assert all(0 <= one.line <= lines for _, one in found.unused)


def test_long_rows_of_signs_take_no_time() -> None:
    for sign in ("[ ]", "1", "1.", ":a:", "(a)", " way", "- ", "wrong "):
        read_lessons(f"# L\n\n{sign * 3000}!\n\nWRONG{sign * 3000}!\n", "a.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("docs/lessons/a.md", "docs/lessons/deep/b.md", "docs/c.md", "node_modules/d.md", "e.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("# L\n\nWRONG: `a.b()`\n", "utf-8")
    return tmp_path


def test_globs_name_files(root: Path) -> None:
    assert lesson_files(root, ["docs/lessons/**/*.md"]) == ["docs/lessons/a.md", "docs/lessons/deep/b.md"]
    assert lesson_files(root, ["docs/"]) == ["docs/c.md", "docs/lessons/a.md", "docs/lessons/deep/b.md"]
    assert lesson_files(root, ["*.md", "!docs/lessons/**"]) == ["docs/c.md", "e.md"]
    assert lesson_files(root, ["e.md", "missing.md"]) == ["e.md"]
    assert lesson_files(root, []) == []


def test_files_are_read_again_when_asked(root: Path) -> None:
    settings = Settings(lessons=("docs/c.md",))
    lessons = LessonsOf(root)
    assert len(lessons.get(settings).lessons) == 1

    assert not lessons.reload(settings)
    (root / "docs/c.md").write_text("# L\n\nWRONG: `a.b()`\n\n# M\n\nWRONG: `c.d()`\n", "utf-8")
    assert lessons.reload(settings)
    assert len(lessons.get(settings).lessons) == 2
    (root / "docs/c.md").unlink()
    assert lessons.reload(settings)
    assert lessons.get(settings).files == ()


def test_a_file_that_is_no_text_is_named(root: Path) -> None:
    (root / "docs/c.md").write_bytes(b"# L\n\xff\n")

    found = LessonsOf(root).get(Settings(lessons=("docs/*.md",)))

    assert found.unreadable == (("docs/c.md", "line 2 is not UTF-8"),)
