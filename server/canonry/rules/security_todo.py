"""CN701: a TODO that speaks of security."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from canonry.model import Finding, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.remarks import MARKER, MARKER_BYTES, remarks

_HOLE = (
    r"(?:(?:sql|code|command|shell|html|header|log|script|template|prompt) )?injections?|"
    r"unauthenticated|unauthori[sz]ed|directory traversal|path traversal|remote code execution|"
    r"hard-?coded (?:keys?|secrets?|passwords?|credentials?|tokens?)"
)
_WEAKNESS = (
    r"csrf|xsrf|xss|ssrf|unencrypted|replay attacks?|timing attacks?|brute[- ]force attacks?|"
    r"saniti[sz]e (?:the )?(?:user )?inputs?|verify ?(?:_?ssl|tls)|(?:ssl|tls) verif\w+|"
    r"(?:verify|check) (?:the )?signatures?|signature (?:check|verification)"
)
_SECURE = (
    r"security|secure|securely|insecure|insecurely|vulnerab(?:le|ility|ilities)|exploit(?:s|ed|able)?|"
    r"tamper(?:ed|ing)?|spoof(?:s|ed|ing)?|cve-\d+\S*"
)
_WHO = (
    r"auth|authn|authz|authenticat(?:e|es|ed|ing|ion|or)|authori[sz](?:e|es|ed|ing|ation)|permissions?|"
    r"privileges?|access control|rbac|acls?|passwords?|passphrases?|credentials?|secrets?(?: keys?)?|"
    r"private keys?|api[ _-]?keys?|impersonat(?:e|es|ing|ion)"
)
_MEANS = (
    r"(?:(?:access|refresh|bearer|session|csrf|auth|api|id|security) )?tokens?|"
    r"encrypt(?:s|ed|ing|ion)?|decrypt(?:s|ed|ing|ion)?|plain-?text|ciphers?|cryptograph(?:y|ic|ically)|cors|"
    r"jwts?|oauth2?|saml|saniti[sz](?:e|ation)|certificates?|untrusted"
)


def _words(urgent: str, serious: str, plain: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w.])(?:(?P<P0>{urgent})|(?P<P1>{serious})|(?P<P2>{plain}))(?!\w)")


CONCERNS = _words(_HOLE, _WEAKNESS, _SECURE)
"""Words that are about security in every sentence, by priority: who may do what, and secrets, first."""
SUBJECTS = _words(_WHO, _MEANS, r"$.")
"""Things that security is about. A task that names one is a task of security if something is to be done
about it, not if it is named beside.
"""
_TO_DO = re.compile(
    r"(?i)\b(?:sign(?:s|ed|ing)?|(?:re|un)?(?:check|verif|enforc|protect|restrict|limit|hash|rotat|expir|revok|sanit|escap|"
    r"skip|bypass|disabl|enabl|harden|mask|redact|leak|expos)\w*|"
    r"(?:re|un)?(?:validat|authenticat|authori[sz]|impersonat)(?:es?|ed|ing)|"
    r"(?:en|de)crypt(?:s|ing)?|(?:be|not|stored) encrypted|requir\w+|implement\w*|move(?! (?:in)?to\b)|"
    r"missing|without|never|real|proper|properly|hard-?cod\w+|stor(?:e|ed|ing)|hid(?:e|den)|"
    r"(?:environment|env) (?:variables?|vars?)|untrusted)\b"
)
"""What is done about them; names of it (a validation, an authorization) are subjects themselves."""
_ADD = re.compile(
    r"(?i)\b(?:(?:add|set|change|support)(?:ing)? (?:[\w-]+ ){0,2}|(?:no|lacks?) (?:[\w-]+ )?)$"
)
"""What stands before a thing that is to be added, or is not there."""
FEW_WORDS = 3
"""A task of no more words than these is about each of them: `TODO: authentication`."""
_NAMES = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\w*_\w*|\w*\.?\w+\(\)|\b\w+\.\w+\b|\b[A-Z][a-z0-9]+[A-Z]\w*")
"""Names of code, and what is quoted, say nothing of what is to be done."""

_NOT_MEANT = re.compile(
    r"(?i)\b(?:dependency|constructor|property|setter)[- ]injections?\b|"
    r"\bsecurity[-\s]+(?:groups?|details)\b|"
    r"\bsecurity\.\*|\bauth-int\b|https?://\S+|"
    r"\binjections? of (?!code|sql|html|scripts?|commands?|headers?)\w+|"
    r"\b(?:un)?encrypted\s*(?:->|/|to|and|or|vs\.?)\s*(?:un)?encrypted\b|"
    r"\b(?:un)?encrypted (?:[\w-]+ ){0,3}cases?\b|"
    r"\b(?:stream|sync|pagination|page|since|continuation|minimum|batch|limit|cursor)[\s/_-]+tokens?\b|"
    r"\btokens? counting\b|"
    r"\b(?:next|lookahead|syntax|operator|keyword|lexer|parser|comment|whitespace|newline|indent|string|stop|eos|"
    r"bos|pad|input|output|prompt|completion|special)[- _]tokens?\b|"
    r"\btokens? (?:stream|types?|kinds?|counts?|ids?|limits?|usage|budget|role|lists?|class(?:es)?)\b|"
    r"\b(?:max|num|number of|count)[- _](?:\w+[- _])?tokens?\b|"
    r"\b(?:auth\w*|permissions?|credentials?|passwords?|tokens?) (?:error )?"
    r"(?:messages?|errors?|exceptions?|formats?)\b|"
    r"\b(?:authenticate|authori[sz]e|encrypt|decrypt) (?:has|is|was|does|takes?|gives?|returns?)\b|"
    r"\b(?:not|never) (?:\w+\s+){0,3}(?:to\s+be\s+secure|for\s+security)\b|"
    r"\b(?:factor(?:ing)? out|refactor|rename|split(?:ting)? off) (?:[\w-]+ )?"
    r"(?:security|auth\w*|permissions?|credentials?)\b|"
    r"\b40[13] \w+(?: required)?\b|'\w+'\s*:|"
    r"\bcheck(?:s|ing)? (?:if|whether) (?:[\w-]+ ){1,5}(?:already )?exists?\b"
)
"""Technical terms with one of the words in them that have nothing to do with security."""
_TOKENS = re.compile(r"(?i)^tokens?$")
_SPLITTING = re.compile(
    r"(?i)lex|pars|grammar|syntax|token|ast\b|compil|llm|prompt|nlp|embed|gpt|markdown|writer"
)
"""Modules that are called so split texts or feed models: a token there is a piece of text."""
_SPLITTING_TEXT = re.compile(
    r"(?i)\b(?:lex(?:er|ing|es)?|pars(?:e|es|er|ing|ed)|grammar|syntax|llms?|prompts?|quot(?:e|es|ing)|"
    r"identifiers?|delimiters?|split(?:s|ting)?|regex\w*|completions?|embeddings?|context window)\b"
)
_CODE = re.compile(
    r"\n[ \t]*(?:def|if|for|while|return|class|raise|with|else|elif|[\w.]+ ?=)\b[^\n]*(?=\n|$)"
)
"""Lines of code that stand commented out behind a remark."""
_WAITS = re.compile(
    r"(?i)^\W*(?:\([^)]*\)\W*)?(?:\w+ ){0,2}remov(?:e|ed) (?:\w+ ){0,2}(?:after|once|when|as soon as)\b"
)
"""What is to be taken out when it is needed no more."""
_ABOUT_TESTS = re.compile(
    r"(?i)^\W*(?:\([^)]*\)\W*)?(?:(?:we|should|could|also|must|need to|maybe) )*(?:write|add|extend) "
    r"(?:[\w-]+ ){0,2}tests?\b"
)
"""A task of writing tests is done when they are written."""
_WORD = re.compile(r"\w[\w'-]*")
_BEFORE_SUBJECT = re.compile(r"(?i)\W*(?:\([^)]*\)\W*)?(?:(?:the|an?|no|this|our|all|any)\s+)?")
"""What may stand before the first word that counts: `TODO(ann): the token ends up in the log`."""
_SURELY_BEFORE = re.compile(
    r"(?i)\b(?:add|check|verify|validate|implement|require|enforce|protect|restrict|limit|hash|encrypt|rotate|expire|"
    r"revoke|invalidate|saniti[sz]e|escape|sign|mask|redact|hide|remove|move|store|pass|prevent|handle|missing|"
    r"without|no|lacks?|real|proper|hard-?coded)\W+(?:[\w-]+\W+){0,3}$"
)
"""What is to be done, right before what it is to be done with."""
_SURELY_BEHIND = re.compile(
    r"(?i)^\W*(?:[\w-]+\W+){0,4}(?:(?:checked|verified|validated|required|enforced|encrypted|hashed|rotated|revoked|"
    r"invalidated|signed|masked|hidden|protected|restricted|removed|stored|leaks?|exposed|missing|skipped|bypassed|"
    r"disabled|hard-?coded|expires?)\b|ends? up\b|in (?:the |our )?(?:logs?|clear|source)\b)"
)
"""What is wrong, or is to be done, right behind it."""
_VERBS = ("authenticate", "authori", "encrypt", "decrypt", "saniti", "impersonate")
_IMPERATIVE = re.compile(r"(?i)\W*(?:\([^)]*\)\W*)?(?:(?:must|should|to|we|be|needs?|have|has|please)\W+)*$")
"""What may stand before a verb that says by itself what is to be done: `TODO: we should encrypt this`."""
_QUOTED = re.compile(r"'\w+'|\"\w+\"")
_UNSURE = re.compile(r"(?i)^injections?$")
"""Words of which security is one meaning."""
_NEEDED = re.compile(r"(?i)\b(?:must|should|needs?|has to|have to|missing)\b")
"""A later sentence of a remark that says so is a task as well."""
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n(?=[A-Z][a-z])")


class SecurityTodo(Rule):
    """## What it does
    Finds a TODO, FIXME, XXX or HACK in a comment or docstring that speaks of authentication, permissions,
    secrets, tokens, injection, encryption or another matter of security.

    ## Why is this bad?
    The code works, so that nobody comes back, and what is missing is a hole. It belongs into the tracker,
    with a priority: P0 for who may do what and for secrets, P1 for tokens, encryption and the like, P2 for
    the rest and for tests. ruff (TD, FIX) finds every TODO; this rule finds those that block a launch.

    ## Example
    ```python
    def delete_user(request, user_id):
        # TODO: check permissions
        users.delete(user_id)
    ```

    ## Use instead
    ```python
    def delete_user(request, user_id):
        require(request.user, "users.delete")
        users.delete(user_id)
    ```

    ## When it stays silent
    - the word is another one: an author, a tokenizer, dependency injection, a cloud's security group
    - tokens of a text, in a parser, lexer or a module that feeds a language model
    - it has the id of the tracker, if `debt.tracker` says how ids look
    - authentication and the like are only spoken of; a task of writing tests
    - `XXX` that stands for a number or text which is left out

    It is information, no warning, where what is to be done does not stand right beside such a word, and in
    tests.
    """

    code: ClassVar[str] = "CN701"
    name: ClassVar[str] = "security-todo"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    beats: ClassVar = ("CN702",)
    signs: ClassVar = (MARKER_BYTES,)
    INVALID: ClassVar = (
        Invalid(
            "a check that is missing",
            """\
def delete_user(request, user_id):
    # TODO: check permissions  # want: CN701 permissions
    users.delete(user_id)
""",
        ),
        Invalid(
            "behind code, in another case, with a name",
            """\
def login(user, password):
    return user.password == password  # FIXME(ann): must be encrypted  # want: CN701 encrypted


def issue(name):
    return {"token": name}  # XXX: sign this token  # want: CN701 token


def open_door():  # todo: AUTHENTICATE the caller  # want: CN701 AUTHENTICATE
    return True
""",
        ),
        Invalid(
            "the second line of the comment says it",
            """\
def find(name):
    # HACK: the name is put in as it is,  # want: CN701 about security
    # which allows SQL injection.
    return run(f"select * from users where name = '{name}'")
""",
        ),
        Invalid(
            "what is wrong is said, not what is to be done",
            """\
def read_key(path):
    # FIXME: the token ends up in the log of the proxy  # want: CN701 token
    # HACK: no encryption of drafts, since they are short  # want: CN701 encryption
    return path.read_text()
""",
        ),
        Invalid(
            "in a docstring",
            '''\
def issue(user):
    """Issue a session.

    TODO: the token never expires.  # want: CN701 token

    TODO: sign it; the secret of the device is not used so far.  # want: CN701 secret
    """
    return user.name


class Upload:
    """XXX insecure: the file is not checked."""  # want: CN701 insecure
''',
        ),
        Invalid(
            "a tracker is configured and this one has no id",
            {
                "canonry.toml": '[debt]\ntracker = "[A-Z]+-[0-9]+"\n',
                "app/users.py": """\
SECRET = "abc"  # TODO: move this secret to the vault  # want: CN701 secret
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "other tokens, what waits, and what only stands further below",
            """\
# TODO: store the full stream token here
# FIXME: backup token counting
# TODO: remove after all integrations without a secret are gone
# TODO: add support for injection of addresses
# XXX handle auth-int
# TODO: find another way to nest the forms. This one does not work. A field for csrf would be there twice.
# TODO: implement the list
# def listed(self, user, password):
""",
        ),
        Valid(
            "words that look alike",
            """\
# TODO: name the author and the tokenizer
# TODO: sanity check
# FIXME: use dependency injection here
# TODO: authoring tools, secretary, permissive mode
def describe():
    return ""
""",
        ),
        Valid(
            "it has an id of the tracker",
            {
                "canonry.toml": '[debt]\ntracker = "[A-Z]+-[0-9]+"\n',
                "app/users.py": """\
SECRET = "abc"  # TODO SEC-12: move this secret to the vault
""",
            },
        ),
        Valid(
            "it speaks of security, but nothing is left to do",
            """\
def check(token):
    # The token is checked against the permissions of the user.
    # All todos of authentication are done.
    return token.permissions
""",
        ),
        Valid(
            "a string that is no docstring",
            """\
def message():
    text = "TODO: check permissions"
    return text
""",
        ),
        Valid(
            "XXX stands for what is left out",
            """\
# A key looks like this: XXX-XXX, the password is XXX.
def key():
    return ""
""",
        ),
        Valid(
            "tokens of a text",
            {
                "app/lexer.py": """\
def next_word(text):
    # TODO: skip tokens of comments
    return text.split()[0]
""",
                "app/words.py": """\
def words(text):
    # TODO: parse nested tokens
    # TODO: count the number of tokens
    return text.split()
""",
            },
        ),
        Valid(
            "the next comment begins something else",
            """\
def load(path):
    # TODO: cache this
    # TODO: or read it lazily
    #
    # Permissions are checked by the caller.
    return path.read_text()
""",
        ),
        Valid(
            "a password, a permission and a policy that are only named beside the task",
            """\
def address_of(user):
    # TODO: replace this with what can get the password
    # FIXME: drop this column in the next release. It is called so since it must not
    # collide with the one that has the permissions of the role.
    # TODO: nicer authentication error message
    # TODO: add fields for the name, the password and the like
    # TODO: say it otherwise than 'the secret is not encrypted'
    # TODO: split check_permissions() in two
    # The password is checked above.
    return user.address
""",
        ),
        Valid(
            "something is said of authentication, and something else is to be done",
            """\
def login(client, data):
    # FIXME: we should not need a try here, validation has seen to the data before we get to authorization
    # TODO: this takes away the details of challenge-response authentication, since there is a dictionary
    # TODO: check if the token of this machine already exists
    # TODO: authenticate has horrible return values
    # TODO: write tests to create, configure and check an instance, with the password of the admin
    # TODO: drop basic auth if the Authorization header is given?
    # TODO: implement android, apple and TPM authentication formats
    # TODO: move to common
    # client certification authorization option
    # TODO: factor out security, listening and services
    # TODO: nosec since this is not intended to be
    # secure, it only gives the same name each time
    return client.post("/login", data)
""",
        ),
        Valid(
            "a network's security group is an object like any other",
            """\
def ports(network):
    # TODO: use the constant for security groups
    return network.ports
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each such line."""
        tracker = context.settings.debt.tracker
        for remark in remarks(module.tree, MARKER_BYTES):
            marker = MARKER.search(remark.line)
            if marker is None or (tracker and re.search(tracker, remark.text)):
                continue
            before = remark.line[: marker.start()].strip(" -*•")
            if remark.node.type == "string" and marker["word"] and before and before[-1] not in ".!?":
                continue  # in the middle of a docstring's sentence, the word is spoken of
            word = _security_word(remark.text[marker.end() :], remark.text, module.path)
            if word is None:
                continue
            said, priority, sure = word
            yield self.finding(
                module,
                remark.range,
                f"{marker[0].strip(' #-*')} about security: `{said}`",
                severity=None if sure and not module.is_test else Severity.INFORMATION,
                priority=Priority.P2 if module.is_test else priority,
            )


def _security_word(after: str, whole: str, path: str) -> tuple[str, Priority, bool] | None:
    """The weightiest word of security in a remark, its priority, and whether the task is surely about it;
    None where it is about something else.

    `after`: what follows the marker.
    """
    if _ABOUT_TESTS.search(after) or _WAITS.search(after):
        return None
    whole = _NOT_MEANT.sub(" ", whole)
    after = _NOT_MEANT.sub(" ", after)
    whole = _CODE.sub(" ", whole)
    after = _CODE.sub(" ", after)
    end = _SENTENCE_END.search(after)
    sentence = after[: end.start() + 1] if end is not None else after
    before = whole[: len(whole) - len(after)] if whole.endswith(after) else ""
    later = _SENTENCE_END.split(after[len(sentence) :])
    # What comes further below gives reasons, and speaks of other things.
    task = f"{before} {sentence} {later[0]}"
    found = [
        (one, _UNSURE.search(one[0]) is None)
        for one in CONCERNS.finditer(_QUOTED.sub(" ", " ".join(task.split())))
    ]
    for part in (sentence, before, *(one for one in later if _NEEDED.search(one))):
        found += _subjects(part)
    if all(_TOKENS.match(one[0]) for one, _ in found) and (
        _SPLITTING.search(path) or _SPLITTING_TEXT.search(whole)
    ):
        return None
    best = min((one for one, _ in found), key=lambda one: str(one.lastgroup), default=None)
    if best is None:
        return None
    return best[0], Priority(str(best.lastgroup)), any(sure for _, sure in found)


def _subjects(sentence: str) -> list[tuple[re.Match[str], bool]]:
    """What a sentence says that something is to be done about, and whether it surely says so."""
    sentence = " ".join(_NAMES.sub(" ", sentence).split())
    subjects = list(SUBJECTS.finditer(sentence))
    few = len(_WORD.findall(sentence)) <= FEW_WORDS and not sentence.endswith("?")
    first = _BEFORE_SUBJECT.match(sentence)
    leads = bool(subjects) and first is not None and subjects[0].start() == first.end()
    if (
        few
        or (leads and not sentence.endswith("?"))
        or _TO_DO.search(sentence)
        or any(_ADD.search(sentence[: one.start()]) for one in subjects)
    ):
        return [(one, few or _is_sure(one, sentence)) for one in subjects]
    return []


def _is_sure(subject: re.Match[str], sentence: str) -> bool:
    """Whether what is to be done, or what is wrong, stands right beside the subject."""
    return (
        _SURELY_BEFORE.search(sentence[: subject.start()]) is not None
        or _SURELY_BEHIND.search(sentence[subject.end() :]) is not None
        or (
            subject[0].lower().startswith(_VERBS)
            and _IMPERATIVE.match(sentence[: subject.start()]) is not None
        )
    )
