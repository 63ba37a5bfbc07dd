"""Finds passwords among the arguments of a call that no name stands before: `connect("db", "etl", "x")`, `login("etl", "x")`.

So tracebacks show a line of code. What of the arguments is the password, the name of the function tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.chosen_words import looks_chosen
from responder.intake.secrets.quotation import OPENING, closing
from responder.intake.secrets.span import Span
from responder.intake.secrets.values import is_placeholder

# How names of functions end that take a user and a password, and nothing else before them, …
_OF_A_USER = (
    "login(", "logon(", "signin(", "sign_in(", "auth(", "auth1(", "authenticate(", "authentication(", "credentials(", "usernametoken(", "simple_bind(",
    "simple_bind_s(", "salesforce(",
)  # fmt: skip
# … those that take a password among other things, which has to look like one, …
_AMONG_OTHERS = (
    "connect(", "connection(", "redis(", "ftp(", "ftp_tls(", "create_user(", "createuser(", "createsuperuser(", "private_key(", "private_key_file(",
    "pkcs12(", "credential(", "authprovider(", "session(", "connectionpool(", "jwt.encode(", "jwt.decode(",
)  # fmt: skip
# … and those that take it last, behind these words.
_LAST = ("password(",)
_SETS = ("set", "set_", "check_", "verify_", "change_", "add_", "update_", "validate_", "encrypt_", "hash_")
_ASKS = ("get_", "load_", "has_", "is_", "log_", "no_", "needs_", "require_", "requires_", "check_")  # of no password

_MOST_ARGUMENTS = 12
_LONGEST_CALL = 600  # characters
_LONGEST_TEXT = 200  # characters of one argument
_WORD_BEFORE = 10  # characters of the function's name before its end
_NESTED = lazy(r"[^\s,\"'()\[\]{}\\=]{0,100}(?:\([^()\n]{0,200}\)|\[[^\[\]\n]{0,200}\])?[^\s,\"'()\[\]{}\\=]{0,100}")
_SPACE = lazy(r"[\s(\[]{0,40}")
_NEXT = lazy(r"[\s)\]]{0,40},")


class _Text(NamedTuple):
    """A literal, and which argument it is, counted from 0."""

    place: int
    start: int
    end: int
    said: str


def passwords_of_calls(text: str, low: str) -> Iterator[Span]:
    """Where they stand. `low` is the text in lower case, as long as it."""
    for names, choose in ((_OF_A_USER, _behind_the_user), (_AMONG_OTHERS, _that_look_so), (_LAST, _the_last)):
        for name in names:
            at = low.find(name)
            while at >= 0:
                before = low[max(0, at - _WORD_BEFORE) : at]
                if before.endswith(_SETS) if names is _LAST else not before.endswith(_ASKS):
                    for each in choose(_texts(text, low, at + len(name))):
                        if not is_placeholder(each.said):
                            yield each.start, each.end
                at = low.find(name, at + len(name))


def _texts(text: str, low: str, at: int) -> list[_Text]:
    """The literals among a call's arguments, up to its first keyword."""
    found, limit = [], at + _LONGEST_CALL
    for place in range(_MOST_ARGUMENTS):
        at = _end(_SPACE.match(low, at), at)
        opening = OPENING.match(low, at)
        if opening:
            end = closing(low, opening, _LONGEST_TEXT)
            if not low.startswith(opening["mark"], end + len(opening["slashes"])):
                break
            found.append(_Text(place, opening.end(), end, text[opening.end() : end]))
            at = end + len(opening["slashes"] + opening["mark"])
        else:
            at = _end(_NESTED.match(low, at), at)
        comma = _NEXT.match(low, at)
        if not comma or comma.end() > limit:
            break
        at = comma.end()
    return found


def _end(found: re.Match[str] | None, at: int) -> int:
    return found.end() if found else at


def _behind_the_user(texts: list[_Text]) -> list[_Text]:
    """The second of two; of more, or of one behind a variable, what looks like a password."""
    match texts:
        case [_Text(place=0), second] if not second.said.isdigit():
            return [second]
        case _:
            return _that_look_so(texts)


def _that_look_so(texts: list[_Text]) -> list[_Text]:
    return [each for each in texts if each.place and looks_chosen(each.said)]


def _the_last(texts: list[_Text]) -> list[_Text]:
    return texts[-1:]
