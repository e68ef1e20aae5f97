"""Reads which names a module binds and uses, scope by scope, as Python's own compiler does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

import libcst as cst

from canonry.edits.names import Binding, Bound, Names, Scope, ScopeKind, Use
from canonry.edits.tree import Tree, children, dotted


def names_of(tree: Tree) -> Names:
    """The names of a parsed module, worked out once for each tree. Nobody may change them."""
    found = _known.get(tree)
    if found is None:
        found = _known[tree] = read_names(tree.module)
    return found


_known: WeakKeyDictionary[Tree, Names] = WeakKeyDictionary()


def read_names(module: cst.Module) -> Names:
    """The names of a module."""
    names = Names(module)
    _Walk(names).statements(module, names.module)
    return names


_CONSTANTS = frozenset(("None", "True", "False"))
_EVALUATING = frozenset(("eval", "exec"))
_LISTING = frozenset(("globals", "locals", "vars"))
_QUOTING_CALLS = frozenset(("cast", "TypeVar", "NewType", "ForwardRef", "TypeAliasType", "assert_type"))
_QUOTING_GENERICS = frozenset(("type", "list", "dict", "tuple", "set", "frozenset"))


class _Walk:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.typed = 0
        """Above zero in annotations, where strings quote types."""

    def statements(self, module: cst.Module, scope: Scope) -> None:
        self._each(module, scope)
        self._settle_declared(scope)

    def _each(self, node: cst.CSTNode, scope: Scope) -> None:
        for child in children(node):
            self._go(child, node, scope)

    def _go(self, node: cst.CSTNode | None, parent: cst.CSTNode, scope: Scope) -> None:
        if node is None:
            return
        self.names.parents[node] = parent
        handler = _HANDLERS.get(type(node))
        if handler is None:
            self._each(node, scope)
        else:
            handler(self, node, scope)

    def _bind(self, scope: Scope, name: str, node: cst.CSTNode, how: Bound, owner: cst.CSTNode) -> None:
        scope.bindings[name].append(Binding(name, node, how, scope, owner))

    def _target(
        self, node: cst.CSTNode, parent: cst.CSTNode, scope: Scope, owner: cst.CSTNode, how: Bound
    ) -> None:
        self.names.parents[node] = parent
        if isinstance(node, cst.Name):
            self._bind(scope, node.value, node, how, owner)
        elif isinstance(node, (cst.Tuple, cst.List)):
            for element in node.elements:
                self.names.parents[element] = node
                self._target(element.value, element, scope, owner, how)
        elif isinstance(node, cst.StarredElement):
            self._target(node.value, node, scope, owner, how)
        else:
            self._go(node, parent, scope)

    # Names and strings

    def name(self, node: cst.Name, scope: Scope) -> None:
        if node.value not in _CONSTANTS:
            self.names.uses[node.value].append(Use(node.value, node, scope))

    def attribute(self, node: cst.Attribute, scope: Scope) -> None:
        self._go(node.value, node, scope)

    def argument(self, node: cst.Arg, scope: Scope) -> None:
        self._go(node.value, node, scope)

    def string(self, node: cst.SimpleString | cst.ConcatenatedString, scope: Scope) -> None:
        if self.typed and isinstance(value := node.evaluated_value, str):
            try:
                quoted = cst.parse_expression(value.strip())
            except (cst.ParserSyntaxError, UnicodeEncodeError):
                return
            for name in _quoted_names(quoted):
                self.names.uses[name].append(Use(name, node, scope, quoted=True))
        elif isinstance(node, cst.ConcatenatedString):
            self._each(node, scope)

    # What makes strings quote types

    def annotation(self, node: cst.Annotation, scope: Scope) -> None:
        self.typed += 1
        self._each(node, scope)
        self.typed -= 1

    def subscript(self, node: cst.Subscript, scope: Scope) -> None:
        self._go(node.value, node, scope)
        generic = dotted(node.value).rpartition(".")[2]
        quotes = generic[:1].isupper() or generic in _QUOTING_GENERICS
        before = self.typed
        self.typed = 0 if generic == "Literal" else before + quotes
        for element in node.slice:
            self._go(element, node, scope)
        self.typed = before

    def call(self, node: cst.Call, scope: Scope) -> None:
        called = dotted(node.func).rpartition(".")[2]
        if isinstance(node.func, cst.Name) and (
            called in _EVALUATING or (called in _LISTING and not node.args)
        ):
            self.names.calls_by_name.append(node)
        self._go(node.func, node, scope)
        before = self.typed
        self.typed = int(called in _QUOTING_CALLS)
        for argument in node.args:
            self._go(argument, node, scope)
        self.typed = before

    # Statements and expressions that bind

    def assign(self, node: cst.Assign, scope: Scope) -> None:
        self._go(node.value, node, scope)
        for target in node.targets:
            self.names.parents[target] = node
            self._target(target.target, target, scope, node, Bound.ASSIGNMENT)

    def annotated(self, node: cst.AnnAssign, scope: Scope) -> None:
        self._go(node.annotation, node, scope)
        self._go(node.value, node, scope)
        self._target(node.target, node, scope, node, Bound.ASSIGNMENT)

    def augmented(self, node: cst.AugAssign, scope: Scope) -> None:
        self._go(node.target, node, scope)
        self._go(node.value, node, scope)
        if isinstance(node.target, cst.Name):
            self._bind(scope, node.target.value, node.target, Bound.ASSIGNMENT, node)

    def walrus(self, node: cst.NamedExpr, scope: Scope) -> None:
        self._go(node.value, node, scope)
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        self._target(node.target, node, scope, node, Bound.ASSIGNMENT)

    def delete(self, node: cst.Del, scope: Scope) -> None:
        self._target(node.target, node, scope, node, Bound.DELETION)

    def loop(self, node: cst.For, scope: Scope) -> None:
        self._go(node.iter, node, scope)
        self._target(node.target, node, scope, node, Bound.ASSIGNMENT)
        self._go(node.body, node, scope)
        self._go(node.orelse, node, scope)

    def as_name(self, node: cst.AsName, scope: Scope) -> None:
        self._target(node.name, node, scope, self.names.parents[node], Bound.ASSIGNMENT)

    def type_alias(self, node: cst.TypeAlias, scope: Scope) -> None:
        self._target(node.name, node, scope, node, Bound.ASSIGNMENT)
        inner = self._type_scope(node, node.type_parameters, scope)
        self.typed += 1
        self._go(node.value, node, inner)
        self.typed -= 1

    def imports(self, node: cst.Import, scope: Scope) -> None:
        for alias in node.names:
            self.names.parents[alias] = node
            name = dotted(alias.asname.name if alias.asname else alias.name)
            self._bind(scope, name.partition(".")[0], alias, Bound.IMPORT, node)

    def imports_from(self, node: cst.ImportFrom, scope: Scope) -> None:
        if isinstance(node.names, cst.ImportStar):
            self.names.star_imports.append(node)
            return
        for alias in node.names:
            self.names.parents[alias] = node
            name = dotted(alias.asname.name if alias.asname else alias.name)
            self._bind(scope, name, alias, Bound.IMPORT, node)

    def globals_(self, node: cst.Global, scope: Scope) -> None:
        scope.global_names.update(item.name.value for item in node.names)

    def nonlocals(self, node: cst.Nonlocal, scope: Scope) -> None:
        scope.nonlocal_names.update(item.name.value for item in node.names)

    # Patterns

    def match_as(self, node: cst.MatchAs, scope: Scope) -> None:
        self._go(node.pattern, node, scope)
        if node.name is not None:
            self._target(node.name, node, scope, node, Bound.ASSIGNMENT)

    def match_star(self, node: cst.MatchStar, scope: Scope) -> None:
        if node.name is not None:
            self._target(node.name, node, scope, node, Bound.ASSIGNMENT)

    def match_mapping(self, node: cst.MatchMapping, scope: Scope) -> None:
        for element in node.elements:
            self._go(element, node, scope)
        if node.rest is not None:
            self._target(node.rest, node, scope, node, Bound.ASSIGNMENT)

    def match_keyword(self, node: cst.MatchKeywordElement, scope: Scope) -> None:
        self._go(node.pattern, node, scope)

    # Scopes

    def function(self, node: cst.FunctionDef, scope: Scope) -> None:
        self._target(node.name, node, scope, node, Bound.FUNCTION)
        for decorator in node.decorators:
            self._go(decorator, node, scope)
        outer = self._type_scope(node, node.type_parameters, scope)
        inner = self._new_scope(ScopeKind.FUNCTION, node, outer)
        self.names.parents[node.params] = node
        self._parameters(node.params, outer, inner)
        self._go(node.returns, node, outer)
        self._body(node.body, node, inner)

    def lambda_(self, node: cst.Lambda, scope: Scope) -> None:
        inner = self._new_scope(ScopeKind.FUNCTION, node, scope)
        self.names.parents[node.params] = node
        self._parameters(node.params, scope, inner)
        self._body(node.body, node, inner)

    def _parameters(self, node: cst.Parameters, outer: Scope, inner: Scope) -> None:
        for part in children(node):
            self.names.parents[part] = node
            if isinstance(part, cst.Param):
                self._target(part.name, part, inner, part, Bound.PARAMETER)
                self._go(part.annotation, part, outer)
                self._go(part.default, part, outer)

    def class_(self, node: cst.ClassDef, scope: Scope) -> None:
        self._target(node.name, node, scope, node, Bound.CLASS)
        for decorator in node.decorators:
            self._go(decorator, node, scope)
        outer = self._type_scope(node, node.type_parameters, scope)
        self.typed += 1
        for base in (*node.bases, *node.keywords):
            self._go(base, node, outer)
        self.typed -= 1
        self._body(node.body, node, self._new_scope(ScopeKind.CLASS, node, outer))

    def _new_scope(self, kind: ScopeKind, node: cst.CSTNode, parent: Scope) -> Scope:
        scope = Scope(kind, node, parent)
        self.names.scopes.append(scope)
        return scope

    def _body(self, body: cst.CSTNode, owner: cst.CSTNode, inner: Scope) -> None:
        before, self.typed = self.typed, 0
        self._go(body, owner, inner)
        self.typed = before
        self._settle_declared(inner)

    def _type_scope(self, node: cst.CSTNode, parameters: cst.TypeParameters | None, scope: Scope) -> Scope:
        if parameters is None:
            return scope
        inner = self._new_scope(ScopeKind.TYPES, node, scope)
        self.names.parents[parameters] = node
        for parameter in parameters.params:
            self.names.parents[parameter] = parameters
            self.names.parents[parameter.param] = parameter
            self._target(parameter.param.name, parameter.param, inner, parameter, Bound.PARAMETER)
            if isinstance(parameter.param, cst.TypeVar):
                self._go(parameter.param.bound, parameter.param, inner)
            self._go(parameter.default, parameter, inner)
        return inner

    def comprehension(self, node: cst.BaseComp, scope: Scope) -> None:
        inner = self._new_scope(ScopeKind.COMPREHENSION, node, scope)
        self._comp_for(node.for_in, node, scope, inner)
        for child in children(node):
            if child is not node.for_in:
                self._go(child, node, inner)

    def _comp_for(self, node: cst.CompFor, parent: cst.CSTNode, outer: Scope, inner: Scope) -> None:
        self.names.parents[node] = parent
        self._go(node.iter, node, outer)
        self._target(node.target, node, inner, node, Bound.ASSIGNMENT)
        for condition in node.ifs:
            self._go(condition, node, inner)
        if node.inner_for_in is not None:
            self._comp_for(node.inner_for_in, node, inner, inner)

    def _settle_declared(self, scope: Scope) -> None:
        """Gives what `global` and `nonlocal` names are bound to, to the scopes that they belong to."""
        for name in list(scope.bindings):
            owner: Scope | None
            if name in scope.global_names:
                owner = self.names.module
            elif name in scope.nonlocal_names:
                owner = scope.parent
                while owner is not None and (
                    owner.kind not in (ScopeKind.FUNCTION, ScopeKind.TYPES) or name in owner.nonlocal_names
                ):
                    owner = owner.parent
            else:
                continue
            if owner is not None and owner is not scope:
                owner.bindings[name].extend(scope.bindings.pop(name))


_HANDLERS: dict[type[cst.CSTNode] | None, Callable[[_Walk, Any, Scope], None]] = {
    cst.Name: _Walk.name,
    cst.Attribute: _Walk.attribute,
    cst.Arg: _Walk.argument,
    cst.SimpleString: _Walk.string,
    cst.ConcatenatedString: _Walk.string,
    cst.Annotation: _Walk.annotation,
    cst.Subscript: _Walk.subscript,
    cst.Call: _Walk.call,
    cst.Assign: _Walk.assign,
    cst.AnnAssign: _Walk.annotated,
    cst.AugAssign: _Walk.augmented,
    cst.NamedExpr: _Walk.walrus,
    cst.Del: _Walk.delete,
    cst.For: _Walk.loop,
    cst.AsName: _Walk.as_name,
    cst.TypeAlias: _Walk.type_alias,
    cst.Import: _Walk.imports,
    cst.ImportFrom: _Walk.imports_from,
    # `lazy import x`: libcst knows it from 1.9 on
    getattr(cst, "LazyImport", None): _Walk.imports,
    getattr(cst, "LazyImportFrom", None): _Walk.imports_from,
    cst.Global: _Walk.globals_,
    cst.Nonlocal: _Walk.nonlocals,
    cst.MatchAs: _Walk.match_as,
    cst.MatchStar: _Walk.match_star,
    cst.MatchMapping: _Walk.match_mapping,
    cst.MatchKeywordElement: _Walk.match_keyword,
    cst.FunctionDef: _Walk.function,
    cst.Lambda: _Walk.lambda_,
    cst.ClassDef: _Walk.class_,
    cst.ListComp: _Walk.comprehension,
    cst.SetComp: _Walk.comprehension,
    cst.GeneratorExp: _Walk.comprehension,
    cst.DictComp: _Walk.comprehension,
    getattr(cst, "StarredDictComp", None): _Walk.comprehension,
}


def _quoted_names(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Attribute):
        yield from _quoted_names(node.value)
    elif isinstance(node, cst.SimpleString):
        try:
            yield from _quoted_names(cst.parse_expression(str(node.evaluated_value)))
        except cst.ParserSyntaxError:
            return
    else:
        for child in children(node):
            yield from _quoted_names(child)
