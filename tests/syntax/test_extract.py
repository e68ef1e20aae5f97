"""What is read of a module: definitions, signatures, traits, imports, references."""

from __future__ import annotations

import textwrap

import pytest
from canonry.model import Parameter, ParameterKind, Position, Range, SymbolKind, Trait
from canonry.syntax import Feature, ModuleFacts, feature_hash, parse_module
from canonry.syntax.words import fold


def read(code: str, module: str = "pkg.mod", is_package: bool = False) -> ModuleFacts:
    return parse_module(textwrap.dedent(code), module, is_package)


def one(code: str):
    (found,) = read(code).definitions
    return found


def test_kinds_and_qualified_names():
    facts = read(
        """
        def outer():
            def inner(): return 1
            return inner
        class Box:
            async def open(self): return 2
            class Lid:
                def lift(self): return 3
        """
    )

    found = [(one.local_name, one.kind) for one in facts.definitions]
    assert found == [
        ("outer", SymbolKind.FUNCTION),
        ("outer.<locals>.inner", SymbolKind.FUNCTION),
        ("Box", SymbolKind.CLASS),
        ("Box.open", SymbolKind.METHOD),
        ("Box.Lid", SymbolKind.CLASS),
        ("Box.Lid.lift", SymbolKind.METHOD),
    ]


def test_the_range_begins_at_the_decorators_and_the_name_has_its_own():
    found = one("@cache\n@other(1)\ndef f(a):\n    return a\n")

    assert found.range == Range(Position(0, 0), Position(3, 12))
    assert found.name_range == Range(Position(2, 4), Position(2, 5))
    assert found.decorators == ("cache", "other(1)")


def test_what_is_said_to_canonry_behind_a_decorator_is_heard_and_is_no_part_of_it():
    facts = read("@a(1)  # canonry: ignore[CN506] later\n@b(\n    2,  # canonry: public\n)\ndef f(): ...\n")

    assert facts.ignores == ((0, "ignore[CN506] later"), (2, "public"))
    assert facts.definitions[0].decorators[0] == "a(1)"


def test_columns_are_code_points():
    found = read("x = '😀日本'; \nclass 箱:\n    def größe(self, 値=1): return 値\n").definitions[1]

    assert found.name == "größe"
    assert found.name_range == Range(Position(2, 8), Position(2, 13))
    assert found.range.end == Position(2, 34)


def test_parameters_of_all_kinds():
    found = one(
        "def f(a, b: int = 1, /, c=None, *args: str, d, e: 'X' = {}, **rest) -> list[int]: return a\n"
    )

    assert found.parameters == (
        Parameter("a", ParameterKind.POSITIONAL_ONLY),
        Parameter("b", ParameterKind.POSITIONAL_ONLY, "int", "1"),
        Parameter("c", ParameterKind.POSITIONAL_OR_KEYWORD, None, "None"),
        Parameter("args", ParameterKind.VAR_POSITIONAL, "str"),
        Parameter("d", ParameterKind.KEYWORD_ONLY),
        Parameter("e", ParameterKind.KEYWORD_ONLY, "'X'", "{}"),
        Parameter("rest", ParameterKind.VAR_KEYWORD),
    )
    assert found.returns == "list[int]"
    assert found.signature is not None
    assert (
        found.signature.render("f")
        == "def f(a, b: int = 1, /, c=None, *args: str, d, e: 'X' = {}, **rest) -> list[int]"
    )


@pytest.mark.parametrize(
    ("code", "trait"),
    [
        ("async def f(): await g()", Trait.ASYNC),
        ("def f():\n    yield 1", Trait.GENERATOR),
        ("@property\ndef f(self): return 1", Trait.PROPERTY),
        ("@x.setter\ndef f(self, v): self.v = v", Trait.PROPERTY),
        ("@typing.overload\ndef f(): ...", Trait.OVERLOAD | Trait.EMPTY),
        ("@abc.abstractmethod\ndef f(self): g()", Trait.ABSTRACT),
        ("if sys.platform == 'win32':\n    def f(): return 1", Trait.CONDITIONAL),
        ("try:\n    from x import f\nexcept ImportError:\n    def f(): return 1", Trait.CONDITIONAL),
        ("if TYPE_CHECKING:\n    def f(): return 1", Trait.CONDITIONAL | Trait.TYPE_CHECKING),
        ("def f():\n    '''Text.'''", Trait.EMPTY),
        ("def f():\n    raise NotImplementedError", Trait.RAISES_ONLY),
        ("def __len__(self): return 1", Trait.DUNDER),
        ("class P(Protocol[T]):\n    x: int", Trait.PROTOCOL | Trait.DATA),
        ("class P(zope.interface.Interface):\n    x: int", Trait.PROTOCOL | Trait.DATA),
        ("@dataclass\nclass D:\n    x: int", Trait.DATA),
        ("@typing.override\ndef f(self): return 1", Trait.OVERRIDE),
        ("def test_it(): check()", Trait.TEST),
    ],
)
def test_traits(code, trait):
    assert Trait(one(code).traits) == trait


def test_a_docstring_is_no_statement_and_its_indentation_is_off():
    found = one('def f():\n    r"""First.\n\n        Second.\n    """\n    return g()\n')

    assert found.docstring == "First.\n\nSecond."
    assert found.statements == 1


def test_a_string_that_is_not_first_is_no_docstring():
    found = one("def f():\n    x = 1\n    'note'\n    return x\n")

    assert found.docstring == ""


def test_imports_resolve_relative_modules():
    facts = read(
        """
        import os.path
        import numpy as np
        from . import sibling
        from ..up import thing as other
        from .sub.deep import *
        """,
        "top.pkg.mod",
    )

    found = [(one.module, one.name, one.alias) for one in facts.imports]
    assert found == [
        ("os.path", "", "os"),
        ("numpy", "", "np"),
        ("top.pkg", "sibling", "sibling"),
        ("top.up", "thing", "other"),
        ("top.pkg.sub.deep", "*", "*"),
    ]


def test_a_relative_import_in_a_package_counts_from_the_package_itself():
    facts = read("from .core import run\nfrom .. import x\n", "top.pkg", is_package=True)

    assert [one.target for one in facts.imports] == ["top.pkg.core.run", "top.x"]


def test_references_are_absolute_also_through_modules():
    facts = read(
        """
        import app.money as m
        from app import clock
        def f():
            from app.text import slug
            return m.round_half_up(clock.now().date(), slug)
        """
    )

    assert {"app.money.round_half_up", "app.clock.now", "app.text.slug"} <= set(facts.references)


def test_a_local_import_does_not_reach_other_functions():
    facts = read("def f():\n    import json as j\n    return j.loads('')\ndef g(j):\n    return j.dumps(1)\n")

    assert "json.loads" in facts.references
    assert "json.dumps" not in facts.references


def test_exports():
    assert read("__all__ = ['a', \"b\"]\n__all__ += ['c']\n").exports == ("a", "b", "c")
    assert read("x = 1\n").exports is None


def test_comments_that_speak_to_canonry():
    facts = read("x = 1  # canonry: ignore[CN001] wanted\n")

    assert facts.ignores == ((0, "ignore[CN001] wanted"),)


def features_of(code: str) -> set[int]:
    found = one(code)
    return {int.from_bytes(found.features[at : at + 4], "little") for at in range(0, len(found.features), 4)}


def test_a_renamed_copy_has_the_same_shape_and_calls():
    first = (
        "def total(prices, rate):\n    out = 0.0\n    for p in prices:\n"
        "        out += math.floor(p * rate)\n    return out\n"
    )
    second = (
        first.replace("prices", "items").replace("out", "acc").replace("total", "add_up").replace("p ", "q ")
    )
    kinds = (Feature.SHAPE, Feature.CALL)

    def kept(features):
        return {one for one in features if one >> 28 in kinds}

    assert kept(features_of(first)) == kept(features_of(second)) != set()


def test_synonyms_and_abbreviations_fold():
    assert feature_hash(Feature.NAME, b"config") in features_of("def load_cfg(): return g()")
    assert feature_hash(Feature.NAME, b"get") in features_of("def fetchSettings(): return g()")
    assert {fold(one) for one in ("create", "creates", "created", "building")} == {"create"}
    assert {fold(one) for one in ("value", "values", "val")} == {"value"}
    assert fold("local") == fold("locals") == "local"


def test_a_decorated_definition_takes_the_comment_above_it():
    code = "# reads an invoice\n@cache\ndef f(): return g()\n"

    assert feature_hash(Feature.DOC, b"invoic") in features_of(code)


@pytest.mark.parametrize(
    ("code", "exceptions"),
    [
        ("try:\n        g()\n    except OSError as error:\n        h()", ["OSError"]),
        (
            "try:\n        g()\n    except (OSError, json.DecodeError) as e:\n        h()",
            ["OSError", "DecodeError"],
        ),
        ("try:\n        g()\n    except socket.error:\n        h()", ["error"]),
        ("raise errors.Missing(name) from cause", ["Missing"]),
        ("raise error", []),
        ("raise", []),
    ],
)
def test_exceptions_are_their_own_names_not_the_words_around_them(code, exceptions):
    found = features_of(f"def f():\n    {code}\n")

    raised = {one for one in found if one >> 28 == Feature.RAISES}
    assert raised == {feature_hash(Feature.RAISES, one.encode()) for one in exceptions}
