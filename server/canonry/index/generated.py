"""Whether a file says at its top that a program wrote it."""

from __future__ import annotations

import re

from canonry.syntax.signs import AnyOf

HEAD_LINES = 20
"""How many lines may say it."""

HEAD_SIZE = 4_096
"""How many bytes of a file `is_generated` needs to see."""

_SAYS_SO = re.compile(
    rb"""
    @generated\b
    | \bdo[ ]not[ ](?:edit|modify|change)\b
    | ^\W*(?:this[ ](?:file|code|module)[ ](?:is|was|has[ ]been)[ ])?(?:auto|automatically)[- ]?generated\b
    | ^\W*(?:this[ ](?:file|code|module)[ ](?:is|was|has[ ]been)[ ]|file[ ])?generated[ ](?:by|from|with)\b
    | \bgenerated[ ]by[\s\#]+versioneer\b
    | ^\W*the[ ]versioneer\b
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)

_MAY_SAY_SO = AnyOf(b"generated", b"do not", b"versioneer", any_case=True)
"""One of these stands in whatever the pattern finds."""
_QUOTES = re.compile(rb"""[rRuU]?(\"\"\"|'''|"|')""")


def is_generated(head: bytes) -> bool:
    """Whether a comment or docstring before the first code of the file says that it is generated.

    `head` is the file's beginning, at least its first `HEAD_SIZE` bytes. Code that only writes such a
    notice into other files is not meant, nor one that stands below.
    """
    head = head[:HEAD_SIZE]
    return _MAY_SAY_SO(head) and _SAYS_SO.search(_preamble(head)) is not None


def _preamble(head: bytes) -> bytes:
    """The comments and the docstring at the beginning, line by line."""
    kept: list[bytes] = []
    closing = b""
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:HEAD_LINES]:
        text = line.strip()
        if closing:
            kept.append(text)
            if closing in text:
                closing = b""
        elif not text or text.startswith((b"#", b"from __future__ import")):
            kept.append(text)  # tools put such an import above the notice of what they did not write
        else:
            quotes = _QUOTES.match(text)
            if quotes is None:
                break
            kept.append(text)
            if text.count(quotes[1]) < 2:
                if len(quotes[1]) == 1:
                    break
                closing = quotes[1]
    return b"\n".join(kept)
