"""Finds passwords behind the short options of programs: `mysql -pX`, `curl -u name:X`, `['redis-cli', '-a', 'X']`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.quotation import QUOTE
from responder.intake.secrets.span import Span
from responder.intake.secrets.values import is_placeholder

BEFORE_OPTIONS = frozenset(" \t\n\"';`")
_LONGEST_COMMAND = 200  # characters before an option in which its program stands
_ENDS = lazy(r"[\r\n|]|;[ ]")
# Programs by the option that takes a password: as the next argument, …
_NEXT = {
    "-p": ("sshpass", "docker", "podman", "helm", "az", "oc", "twine", "beeline", "mongo", "mongosh", "mongodump", "cqlsh", "hdbsql", "tabcmd"),
    "-a": ("redis-cli",),
    "-w": ("ldapsearch", "ldapmodify", "ldapadd", "ldapwhoami"),
    "-P": ("unzip", "zip", "sqlcmd", "bcp", "isql"),
    "-pw": ("plink", "pscp", "psftp", "nzsql"),
}  # fmt: skip
# … without a blank, …
_GLUED = ("mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "7z", "7za")
# … and where `-p` is also a port: only behind this word.
_ONLY_LOGIN = frozenset({"docker", "podman", "helm", "az", "oc", "tabcmd"})

_OPTION = lazy(r"-(?:[paPw]|pw|-user|[uU])(?![a-z])|-p")
_WORD = lazy(r"[A-Za-z0-9-]{2,20}")
_END = rf"(?=\s|{QUOTE}|[)\]}}|<]|&lt;|$)"
_CHARACTER = r"[^\s'\"\\|<]"
_SECRET = rf"(?P<secret>(?![-&,.:)\]}}]){_CHARACTER}{{1,256}}?){_END}"
# In a list of arguments the option is quoted, on a command line it is not.
_NEXT_IN_LIST = lazy(rf"{QUOTE},[ ]?{QUOTE}{_SECRET}")
_NEXT_ON_LINE = lazy(rf"[ ]{{1,4}}(?:{QUOTE})?{_SECRET}")
_SAME_ARGUMENT = lazy(rf"(?:{QUOTE}(?=[^\s,]))?{_SECRET}")
# `name:password`, no `1000:1000`, which are a user and a group.
_PAIR = lazy(
    rf"(?:[ ]{{1,4}}|{QUOTE},[ ]?)(?:{QUOTE})?[^\s:%,'\"/\\]{{1,128}}[:%,](?!\d{{1,6}}(?!\w))(?P<secret>[^\s'\"/\\<]{{1,256}}?){_END}"
)
_QUOTES = frozenset("\"';")


def passwords_of_programs(text: str) -> Iterator[Span]:
    """Where they stand."""
    for found in _OPTION.finditer(text):
        if text[found.start() - 1 : found.start()] in BEFORE_OPTIONS:
            secret = _secret(text, found)
            if secret and not is_placeholder(secret["secret"]):
                yield secret.span("secret")


def _secret(text: str, option: re.Match[str]) -> re.Match[str] | None:
    if option[0] in {"-u", "-U", "--user"}:
        return _PAIR.match(text, option.end())
    before = _ENDS.compiled.split(text[max(0, option.start() - _LONGEST_COMMAND) : option.start()])[-1]
    words = {found[0] for found in _WORD.finditer(before)}
    if option[0] == "-p" and not words.isdisjoint(_GLUED):
        return _SAME_ARGUMENT.match(text, option.end())
    programs = words.intersection(_NEXT.get(option[0], ()))
    if programs <= _ONLY_LOGIN and "login" not in words:
        return None
    in_list = text[option.start() - 1] in _QUOTES
    return (_NEXT_IN_LIST if in_list else _NEXT_ON_LINE).match(text, option.end())
