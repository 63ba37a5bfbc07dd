"""How a connection failed, by the words of whoever tried it: each way has reasons of its own."""

from __future__ import annotations

from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy


class Outcome(NamedTuple):
    """One way: the words that show it, the end of a sentence, what it means."""

    words: LazyPattern
    said: str
    meaning: str
    passes: bool = False  # it often works the next time
    refused: bool = False  # something answered, so there is a way to it


AGAIN = "Clear the task once: this often passes. If it happens each time, compare the time with the service's own log, then look at the network:"
# Ordered: the first that fits decides
_OUTCOMES = (
    Outcome(
        lazy(r"(?i)refused|Errno 111|os error 111"),
        "the connection was refused",
        "The machine answers, but nothing listens on that port, or a firewall rejects it.",
        refused=True,
    ),
    Outcome(
        lazy(r"(?i)read(?: operation)? ?timed? ?out|readtimeout|ssh command timed out|timed out while reading"),
        "it answered too slowly",
        "The connection was there, but no answer came in time: see how busy the service is, and raise the client's read time-out if such an answer may take long.",
        passes=True,
    ),
    Outcome(
        lazy(r"(?i)timed? ?out|timeout|os error 110"),
        "the connection timed out",
        "Packets are dropped on the way: a security group, a network ACL or a missing route is the usual reason.",
    ),
    Outcome(
        lazy(r"(?i)reset|closed|broken|aborted|lost connection|gone away|terminat|Errno (?:32|104)|disconnected|ORA-03113|IncompleteRead|\bEOF\b"),
        "the connection broke off",
        "The connection was made and then cut: the service restarted or failed over, a proxy or firewall ended it while it was idle, "
        "or the server gave up on a request that is too large or takes too long.",
        passes=True,
    ),
)  # fmt: skip
_EITHER = Outcome(
    lazy("."),
    "no connection came about",
    "Where the log says no more, either nothing listens on that port, or a security group, a network ACL or a missing route drops the packets.",
)


def ended(line: str) -> Outcome:
    """By the line that shows it."""
    return next((each for each in _OUTCOMES if each.words.search(line)), _EITHER)
