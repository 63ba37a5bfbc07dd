"""Which earlier records explain a failure.

Most exceptions explain themselves: then what was logged before them is none of our business, however alarming. Others
are wrappers (`Trigger failure`, `Bash command failed`, an AirflowException of a provider's, a connection that "isn't
defined" because the secrets backend refused): then the reason stands in an error, in a child's output or in an INFO
line above, in this order of trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from responder.evidence.failing import is_failure_word, is_secrets_lookup
from responder.model import Chain, Kind, Level, Raised, Record

MOST_INFOS = 60  # the reason stands close above the failure


class Opacity(IntEnum):
    """How little an exception says by itself, and so what else is heard."""

    CLEAR = 0  # nothing else
    LOOK_UP = 1  # what the secrets backends answered
    DECLARED = 2  # raised by the user's code on purpose: errors logged before it
    WRAPPED = 3  # everything


_WRAPPERS = frozenset(
    {
        "AirflowException",
        "CosmosDbtRunError",
        "TaskDeferralError",
        "ApiException",
        "CalledProcessError",
        "SystemExit",
        "WaiterError",
        "AirflowTaskTerminated",
    }
)
_STUMBLES = frozenset({"KeyError", "TypeError", "AttributeError", "IndexError", "UnboundLocalError"})
# Here a driver in C joins the statement with the user's parameters: no service has answered yet
_SQL_HOOKS = "/airflow/providers/common/sql/hooks/"
_DECLARED = frozenset({"AirflowException", "AirflowFailException"})
# The operator of a container that never started looks for its log, which is not there either
_NO_LOGS = re.compile(r"calling the (?:GetLogEvents|FilterLogEvents|DescribeLogStreams) operation.{0,40}does not exist")
_OWN = ("/dags/", "/plugins/")


def opacity(chain: Chain | None) -> Opacity:
    """Of the exceptions of a failure; without any, everything is heard."""
    if chain is None:
        return Opacity.WRAPPED
    return min(_of(raised) for raised in chain.links)


def _of(raised: Raised) -> Opacity:
    if _is_look_up(raised):
        return Opacity.LOOK_UP
    inner = raised.frames[-1].file if raised.frames else ""
    if raised.name in _DECLARED and any(folder in inner for folder in _OWN) and "site-packages" not in inner:
        return Opacity.DECLARED
    if raised.name in _WRAPPERS:
        return Opacity.WRAPPED
    return Opacity.WRAPPED if misses_its_log(raised) or stumbles(raised) else Opacity.CLEAR


def stumbles(raised: Raised) -> bool:
    """Provider code that trips over the answer of a service: the answer stands in a line before."""
    inner = raised.frames[-1].file if raised.frames else ""
    if raised.name == "UnboundLocalError" and "/site-packages/" in inner:
        return True  # a library that swallowed an error and goes on as if there were a result
    return raised.name in _STUMBLES and "/airflow/providers/" in inner and _SQL_HOOKS not in inner


def misses_its_log(raised: Raised) -> bool:
    """What is not found is only the log of a job or container that failed before it wrote any."""
    return bool(_NO_LOGS.search(raised.message[:500]))


def _is_look_up(raised: Raised) -> bool:
    """A variable or connection that was looked for in every backend."""
    message = raised.message
    return (
        (raised.name == "AirflowNotFoundException" and "isn't defined" in message)
        or (raised.name == "KeyError" and "does not exist" in message and "Variable" in message)
        or message.startswith(("VARIABLE_NOT_FOUND", "CONNECTION_NOT_FOUND"))
    )


def explaining(kind: Kind, chain: Chain | None, before: Sequence[Record]) -> tuple[Record, ...]:
    """The earlier records that count, the most trustworthy first."""
    level = opacity(chain)
    latest = before[::-1]
    if level is Opacity.CLEAR:
        return ()
    if level is Opacity.LOOK_UP:
        return tuple(record for record in latest if is_secrets_lookup(record))
    errors = tuple(record for record in latest if is_failure_word(record))
    if level is Opacity.DECLARED or kind is Kind.PROCESS:
        return errors
    output = tuple(record for record in latest if record.output)
    return errors + output + _infos(latest)


def _infos(latest: Iterable[Record]) -> tuple[Record, ...]:
    plain = [record for record in latest if not record.output and record.level < Level.ERROR]
    return tuple(plain[:MOST_INFOS])


def with_reason(chain: Chain | None, context: Sequence[Record]) -> Chain | None:
    """The chain, and before it the exceptions that an explaining record printed."""
    if chain is None and not context:
        return None
    links = chain.links if chain else ()
    known = {(raised.name, raised.message) for raised in links}
    for record in context:
        earlier = record.chain.links if record.chain else ()
        if earlier and (earlier[-1].name, earlier[-1].message) not in known:
            return Chain(earlier + links)
    return chain
