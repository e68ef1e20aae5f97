"""Reviewed word lists: abbreviations, synonyms in code, and words that carry nothing.

A group stands for one meaning *in code*; its first word is the form that is indexed. Words that
mean different things in different codebases (`run`, `process`, `handle`) are left alone. The index
stores folded words: raise `SCHEMA_VERSION` with any change here.
"""

from __future__ import annotations

GROUPS: tuple[str, ...] = (
    # verbs
    "get fetch load retrieve obtain lookup acquire gather collect read",
    "find search locate discover query detect",
    "create make build construct new generate produce instantiate",
    "delete remove del erase drop discard purge rm unlink destroy",
    "update modify change edit alter patch amend",
    "save store persist write put dump",
    "convert transform translate coerce cast adapt turn to",
    "parse decode interpret deserialize unmarshal unpack",
    "format render serialize encode stringify marshal display show print",
    "check validate verify ensure assert is has can should test confirm",
    "compute calculate calc eval evaluate derive determine work",
    "send emit publish dispatch post notify push",
    "receive consume accept pull",
    "start begin launch spawn boot open init initialize initialise setup activate",
    "stop end finish terminate halt close shutdown teardown kill quit deactivate",
    "merge combine join concat concatenate union unify",
    "split partition divide chunk batch segment slice group",
    "filter select pick choose narrow",
    "sort order rank arrange",
    "copy clone duplicate replicate",
    "normalize normalise canonicalize canonicalise sanitize sanitise clean cleanse standardize",
    "strip trim chop cut truncate shorten clip",
    "add append insert register attach include",
    "retry reattempt again repeat",
    "wait sleep pause delay",
    "compare diff match equal same",
    "log trace report record",
    "enable activate allow permit",
    "disable forbid deny block",
    "iterate iter walk traverse visit loop each",
    "resolve expand",
    "wrap decorate enclose",
    "raise throw",
    "flatten unnest",
    # nouns
    "config cfg conf configuration setting settings option options opt preference pref",
    "manager mgr",
    "database db",
    "connection conn cnx connect",
    "directory dir folder",
    "file filename fname fp",
    "path pathname filepath",
    "message msg",
    "error err exception exc failure fail",
    "response resp reply answer result res ret rv output out",
    "request req",
    "argument arg args param params parameter parameters kwarg kwargs",
    "value val",
    "number num nr count cnt total amount",
    "string str text txt",
    "integer int",
    "boolean bool flag",
    "dictionary dict mapping map",
    "list lst array arr sequence seq items item element elem entry entries",
    "object obj instance inst",
    "function func fn callable callback cb handler hdlr",
    "environment env",
    "temporary temp tmp",
    "previous prev last",
    "current cur curr",
    "position pos index idx offset",
    "length len size",
    "maximum max upper limit",
    "minimum min lower",
    "average avg mean",
    "identifier id ident uid uuid key",
    "user usr account member",
    "password passwd pwd pass secret",
    "authentication auth authenticate",
    "authorization authorize permission perm",
    "document doc docs",
    "image img picture",
    "url uri link href address addr",
    "date day datetime time timestamp ts",
    "command cmd",
    "context ctx",
    "session sess",
    "attribute attr property prop field",
    "specification spec",
    "reference ref",
    "version ver",
    "information info detail metadata meta",
    "description desc",
    "language lang locale",
    "package pkg",
    "module mod",
    "source src origin",
    "destination dst dest target",
    "repository repo",
    "expression expr",
    "regexp regex pattern",
    "extension ext suffix",
    "prefix pre",
    "header hdr",
    "table tbl",
    "column col",
    "character char chr",
    "duration interval elapsed timeout timedelta",
    "second sec secs seconds",
    "minute minutes mins",
    "milliseconds millisecond ms millis",
    "hash digest checksum md5 sha",
    "util utils utility helper helpers",
)

SYNONYMS: dict[str, str] = {}
for _group in GROUPS:
    _words = _group.split()
    for _word in _words:
        SYNONYMS.setdefault(_word, _words[0])

STOP_WORDS = frozenset(
    """
    a an the of for in on at by with from into onto as and or not no nor but if then else than that
    this these those there here it its itself he she we you they them their our your my me i be is
    are was were been being do does did done have has had having will would shall should can could
    may might must which who whom whose what when where why how all any both each few more most
    other some such only own so too very just also about above after again against before below
    between during further once over under until up down out off per via eg ie etc vs one two first
    self cls none true false return returns returning param params arg args kwarg kwargs type rtype
    raises raise yields yield note notes see example examples default defaults optional given based
    using use used uses whether
    """.split()
)
"""Words of prose that say nothing about what code does, with the section words of docstring styles."""
