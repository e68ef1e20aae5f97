"""A function written down under other names does the same."""

from __future__ import annotations

import textwrap

import pytest
from canonry.demo.rewrite import Rewritten, parse, rewritten


def rewrite(source: str, *taken: str) -> Rewritten | None:
    root = parse(textwrap.dedent(source).encode()).root_node
    return rewritten(root.named_children[0], frozenset(taken))


def test_the_function_and_its_variables_are_renamed_and_the_docstring_dropped() -> None:
    found = rewrite(
        '''
        def parse_pairs(text: str, *more: str, sep: str = "=", **options) -> dict[str, int]:
            """Doc."""
            # a comment stays
            pairs = {}
            for line, in zip(text.split(sep=sep), strict=options.strict):
                with open(line) as file, suppress(OSError):
                    pairs[line], rest = int(file.read()), [p for p in more if p != sep]
                if (n := len(rest)) > 1 or parse_pairs(line, sep=f"{sep}{n!r}"):
                    pairs.line = lambda q: q + n
            return pairs
        '''
    )

    assert found is not None
    assert found.name == "read_pairs"
    assert found.needs == {"suppress"}
    assert found.lines == 8
    assert found.source == textwrap.dedent(
        """\
        def read_pairs(value: str, *item: str, part: str = "=", **other) -> dict[str, int]:
            # a comment stays
            thing = {}
            for extra, in zip(value.split(sep=part), strict=other.strict):
                with open(extra) as first, suppress(OSError):
                    thing[extra], second = int(first.read()), [third for third in item if third != part]
                if (fourth := len(second)) > 1 or read_pairs(extra, sep=f"{part}{fourth!r}"):
                    thing.line = lambda value_2: value_2 + fourth
            return thing
        """
    )


def test_names_that_are_free_or_taken_are_not_used() -> None:
    found = rewrite("def get_it(a):\n    value = item(a)\n    return value\n", "fetch_it")

    assert found is not None
    assert found.name == "fetch_it_again"
    assert found.source == "def fetch_it_again(part):\n    other = item(part)\n    return other\n"
    assert found.needs == {"item"}


@pytest.mark.parametrize(
    ("name", "other"),
    [("load", "read"), ("_load_x", "_read_x"), ("async_get_x", "async_fetch_x"), ("chunks", "do_chunks")],
)
def test_another_name_is_another_word_for_the_verb(name: str, other: str) -> None:
    found = rewrite(f"def {name}(a):\n    return a\n")

    assert found is not None
    assert found.name == other


@pytest.mark.parametrize(
    "body",
    [
        "global x\n    x = 1",
        "def inner(): ...",
        "import os",
        "del a",
        "class A: ...",
        "match a:\n        case 1: pass",
        "a = = 1",
    ],
)
def test_what_cannot_be_renamed_mechanically_is_left_alone(body: str) -> None:
    assert rewrite(f"def f(a):\n    {body}\n    return a\n") is None


def test_the_rewritten_function_does_the_same() -> None:
    source = textwrap.dedent(
        '''
        def split_words(text, sep=" ", *, limit=3):
            """Doc."""
            words = [w.strip(sep) for w in text.split(sep) if w]
            short, longer = [], {}
            for i, word in enumerate(words):
                if len(word) <= limit:
                    short += [word]
                else:
                    longer[word] = max((len(x) for x in words[:i]), default=limit)
            return short, longer
        '''
    )
    found = rewrite(source)
    assert found is not None
    one: dict[str, object] = {}
    other: dict[str, object] = {}
    exec(source, one)
    exec(found.source, other)

    original, again = one["split_words"], other[found.name]
    assert callable(original)
    assert callable(again)
    assert again("a bee  was here lately") == original("a bee  was here lately")
