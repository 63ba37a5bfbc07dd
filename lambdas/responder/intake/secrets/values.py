"""Where the value behind a name begins and ends, and whether it is one."""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.key_names import Kind, kind_of
from responder.intake.secrets.names import EMPTY_VALUES, STRONG, WEAK, WHOLE_WORDS
from responder.intake.secrets.private_keys import LONGEST_KEY
from responder.intake.secrets.quotation import AFTER_CLOSING, OPENING, QUOTE, closing
from responder.intake.secrets.random_words import looks_random

_LONGEST = 4096  # characters; AWS session tokens reach about 2,000
_SHORTEST_WEAK = 8  # characters; `token: eof` is no token
_SHORTEST_CODE, _LONGEST_CODE = 3, 8  # digits: of a card's back and of what is sent by SMS
_SHORTEST_SAID = 6  # characters of a password in prose
_LONG_ENOUGH = 16  # characters of a token in prose
_LONGEST_COUNT = 3  # digits
_HEAD = 128  # characters by which a value is judged

# An unquoted value ends at a blank, a quote, an escape, or at a mark behind which the next thing begins.
_CHARACTER = (
    r"""(?:[^\s"'<>\\,;&)}\]”]|[,;](?![\s"'{\[]|[\w-]{1,40}=|$)|&(?![\s"'{\[]|[\w-]{1,40}=|$|(?:lt|gt|quot|apos|#x?[0-9a-f]{2,3});|amp;[\w-]{1,40}=)"""
    r"""|\\(?![\s"'\\nrtuxbfNU0-9]|$)|[)}\]](?![\s,;.:)}\]"'\\]|$))"""
)
_BARE_HEAD = lazy(f"{_CHARACTER}{{1,{_HEAD}}}")
_BARE = lazy(f"{_CHARACTER}{{1,{_LONGEST}}}")
_SCHEME = lazy(r"(?:bearer|basic|token|negotiate|digest|apikey|snowflake|ssws|oauth|geniekey)[ ](?:token=)?(?![=:])")
_ANY_SCHEME = lazy(r"[a-z][\w-]{1,20}[ ](?=\*\*\*|[^\s\"',]{0,40}[\d+/])")
_BRACED = lazy(r"\{(?![\w.\[\]()'\"!:]{0,64}\}|[{\"'\s\\&%])([^{}\r\n\"']{4,128})\}")
_BRACKET = lazy(rf"[(\[](?:(?={QUOTE})|([^()\[\]\s\"',]{{4,128}})\])")  # `('x')`, `['x', …`, `[x]`
_BLOCK = lazy(r"[|>][+-]?\d?[ ]{0,4}(?P<line>\n|\\{1,32}n)(?P<indent>[ ]{1,32})(?=[^\s])")
_TEMPLATE = lazy(r"\$\{|\$[A-Z_0-9]+$|\$\(|\{|%\(|%s|<|\[|\(|\*\*\*|\.\.\.|…|:[a-z_]{1,40}$|\?$")
_INSERTED = lazy(r"\{[\w.\[\]()'\"!:-]{0,80}\}|\$\{[^{}]{0,80}\}|%s|%\(\w{1,40}\)s|<[\w .-]{1,60}>")
_CODE = lazy(r"[A-Za-z_][\w.]{0,100}[(\[]")
_NAME = lazy(r"[a-z_]{1,40}(?:\.[a-z_]{1,40}){0,4}")
_RANDOM = lazy(r"\d|[a-z][A-Z]|[^\w.,:;!?-]")
_SAID = lazy(r"(?=[^\s]{0,60}\d)(?=[^\s]{0,60}[A-Za-z])[^\s\"'`<>(){}\[\]/,;=:]{6,128}")
_ALGORITHM = lazy(r"(?i)(?:sha|md|aes|hs|rs|es|v|oauth|scram|pbkdf|ntlm|x)[-_]?\d|0x|https?\b")
_BEFORE_A_TEXT = ("", *" (,=[{")
_MORE_PROSE = lazy(r"[.,:;!?]?[ ][A-Za-z(]")


class Value(NamedTuple):
    """Where it stands."""

    start: int
    end: int
    quoted: bool


def value_at(text: str, low: str, at: int, mark: str | None, *, name_is_quoted: bool) -> Value | None:
    """The value that begins here; `mark` is what stands between it and its name."""
    opening = OPENING.match(low, at)
    bracket = _BRACKET.match(low, at) if not opening and mark and low[at : at + 1] in {"(", "["} else None
    if bracket:
        return _in_bracket(low, bracket)
    if opening:
        if mark in {">", "&gt;"} or (mark and not name_is_quoted and _ends_here(low, at, opening)):
            return None
        return Value(opening.end(), closing(low, opening, _LONGEST), quoted=True)
    block = _BLOCK.match(low, at) if low[at : at + 1] in {"|", ">"} else None
    if block:
        return Value(block.end(), _block_end(text, block), quoted=True)
    braced = _BRACED.match(low, at) if low[at : at + 1] == "{" and low[at - 1] == "=" else None
    if braced:
        return Value(*braced.span(1), quoted=True)
    return _bare(text, at)


def scheme_end(low: str, at: int, *, known: bool) -> int:
    """Behind `Bearer ` and the like. Only what is called authorization has schemes that are not `known`."""
    scheme = _SCHEME.match(low, at) or (None if known else _ANY_SCHEME.match(low, at))
    return scheme.end() if scheme else at


def is_placeholder(value: str) -> bool:
    """Nothing, a template or a word like None stands where the secret would."""
    return not value or _TEMPLATE.match(value) is not None or value[:_HEAD].lower().strip(".,:;!?") in EMPTY_VALUES


def is_secret(text: str, value: Value, kind: Kind) -> bool:
    """By its look; behind a weak name it has to look random."""
    said = text[value.start : value.end]
    if _is_template(said) if value.quoted else is_placeholder(said):
        return False
    if kind is Kind.CODE:
        return is_code(said) or (_SAID.fullmatch(said) is not None and len(said) >= _SHORTEST_WEAK)
    strong = kind is Kind.STRONG
    fits = strong or (len(said) >= _SHORTEST_WEAK and _RANDOM.search(said) is not None and not _is_identifier(said))
    return fits and (value.quoted or _is_literal(text, value, strong=strong))


def is_code(said: str) -> bool:
    """A few digits, as people type them."""
    digits = said.rstrip(".,;)}]")
    return digits.isdigit() and _SHORTEST_CODE <= len(digits) <= _LONGEST_CODE


def is_said(text: str, value: Value, *, password: bool, verb: bool) -> bool:
    """Whether what stands behind a name in prose is its value: letters and digits in one word, or a quoted text."""
    said = text[value.start : value.end].rstrip(".,:;!?)")
    if value.quoted and password and len(said) >= _SHORTEST_SAID - 2:
        return not (_NAME.fullmatch(said.lower()) and _speaks_of_secrets(said.lower()))
    found = _SAID.fullmatch(said)
    least = _SHORTEST_SAID if password else _SHORTEST_WEAK if verb else _LONG_ENOUGH
    return found is not None and len(said) >= least and not (_ALGORITHM.match(said) or _is_identifier(said))


def _in_bracket(low: str, bracket: re.Match[str]) -> Value | None:
    """The first text of a list, or what stands between the brackets without quotation marks."""
    if bracket[1]:
        return Value(bracket.start(1), bracket.end(1), quoted=True)
    opening = OPENING.match(low, bracket.end())
    return Value(opening.end(), closing(low, opening, _LONGEST), quoted=True) if opening else None


def _ends_here(low: str, at: int, opening: re.Match[str]) -> bool:
    """A quotation mark right behind `token:` that closes what began before it, as in `getpass("Password: ")`."""
    if low[opening.end() : opening.end() + 1] not in AFTER_CLOSING:
        return False
    before = low[max(low.rfind("\n", 0, at) + 1, at - _HEAD) : at]
    begin = before.rfind(opening["slashes"] + opening["mark"])
    return not low[at - 1].isspace() or (begin >= 0 and before[:begin][-1:] in _BEFORE_A_TEXT)


def _block_end(text: str, block: re.Match[str]) -> int:
    """The end of YAML's text of many lines: before the first that is not indented as the first one is."""
    line, limit = text[block.start("line") : block.end("line")], block.end() + LONGEST_KEY
    at = text.find(line, block.end(), limit)
    while at >= 0 and text.startswith(block["indent"], at + len(line)):
        at = text.find(line, at + len(line), limit)
    return at if at >= 0 else min(len(text), limit)


def _bare(text: str, at: int) -> Value | None:
    """The unquoted value at this place; its whole length is only measured where it is long."""
    found = _BARE_HEAD.match(text, at)
    if found and found.end() - at == _HEAD and _RANDOM.search(found[0]):
        found = _BARE.match(text, at)
    return Value(at, found.end(), quoted=False) if found else None


def _is_template(value: str) -> bool:
    """Of a quoted text the end is known, so that a password may begin with a bracket."""
    rest = _INSERTED.compiled.sub("", value[:_HEAD]) if "{" in value or "%" in value or "<" in value else value
    if rest != value[:_HEAD] and (rest.replace(" ", "").isalpha() or sum(map(str.isalnum, rest)) < _SHORTEST_SAID):
        return True
    inserts = value.startswith(("${", "{{", "***", "...", "…")) or _TEMPLATE.fullmatch(value) is not None
    return not value or inserts or value[:_HEAD].lower().strip(".,:;!?[]<>()") in EMPTY_VALUES


def _is_identifier(value: str) -> bool:
    """An ARN, a path or a number: what `secret:` and `token:` also stand before."""
    return value.startswith(("arn:", "s3://")) or value.isdigit() or ("/" in value and not looks_random(value))


def _is_literal(text: str, value: Value, *, strong: bool) -> bool:
    """False for code (`password=conn.password`, `token=get()`) and for a sentence (`password: must have`)."""
    said = text[value.start : value.end]
    if not strong and said.strip("._").replace(".", "").replace("_", "").isalpha():  # a type: `session: BotoSession`
        return False
    name = said.rstrip(".,:;!?")
    if _CODE.match(text, value.start) or (_NAME.fullmatch(name) and _speaks_of_secrets(name)):
        return False
    if said.isdigit() and len(said) <= _LONGEST_COUNT:  # "PASS=12" of a test run
        return False
    prose = text[value.start - 1 : value.start] == " " and said.strip(".,:;!?").isalpha()
    return not (prose and _MORE_PROSE.match(text, value.end))


def _speaks_of_secrets(name: str) -> bool:
    if "_" in name and kind_of(name) is not Kind.INNOCENT:
        return True
    return "." in name or any(word.endswith(STRONG) or word in WEAK or word in WHOLE_WORDS for word in name.split("_"))
