"""Words of a log inside a sentence of ours: one line, without what says nothing to a reader, cut where it shows."""

from __future__ import annotations

from responder.model import Raised

LONGEST = 200  # characters; the evidence below has the whole line
_SIGN = " …"
_LONGEST_CLASS = 120
# Classes that only say that something failed
_SILENT = frozenset({"Exception", "AirflowException", "AirflowFailException", "ERROR"})
_SDK = "An error occurred ("
_RETRIED = " (reached max retries"
_BODY = "HTTP response body: "  # of the clients that are made from an API's description, as Kubernetes' is
_WINDOW = 1_000
_MOST_FOLLOWING = 6  # lines


def words(text: str, most: int = LONGEST) -> str:
    """`airflow.exceptions.AirflowException: Job failed.` as "Job failed": no full stop at the end, ours may follow."""
    first, _, rest = text.strip().partition("\n")
    following = rest.strip().split("\n", 1)[0]
    line = f"{first.strip()} {following}" if first.rstrip().endswith(":") else first
    return _cut(_told(line.strip()), most).rstrip(" .,;:")


def ending(text: str, most: int = LONGEST) -> str:
    """The same as the end of a sentence."""
    said = words(text, most)
    return said if said.endswith(("…", "!", "?")) else f"{said}."


def beginning(text: str) -> str:
    """Words of ours as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def with_rest(lines: tuple[str, ...], raised: Raised | None) -> tuple[str, ...]:
    """The evidence with the line that its first one only announces: "Parameter validation failed:", "(403)" and the answer's body."""
    if raised is None or len(lines) != 1 or not lines[0].endswith((":", ")")):
        return lines
    _, found, rest = f"{raised.type}: {raised.message}"[:_WINDOW].partition(lines[0])
    following = [each.strip()[:_WINDOW] for each in rest.strip().split("\n")[:_MOST_FOLLOWING] if each.strip()]
    body = next((each for each in following if each.startswith(_BODY)), following[0] if following else "")
    return (*lines, body) if found and body else lines


def whole(lines: tuple[str, ...], raised: Raised | None) -> str:
    """The same as one text, to quote from."""
    return " ".join(with_rest(lines, raised))


def _told(line: str) -> str:
    """Without the module of an exception's class, the class where it says nothing, and the SDK's own preamble."""
    name, colon, rest = line.partition(": ")
    if colon and rest and len(name) <= _LONGEST_CLASS and name.replace(".", "").replace("_", "").isalnum():
        bare = name.rpartition(".")[2]
        line = rest if bare in _SILENT or rest.startswith(_SDK) else f"{bare}: {rest}"
    if line.startswith(_SDK):
        after = line.partition(" operation")[2]
        return after.partition("): " if after.startswith(_RETRIED) else ": ")[2].strip() or line
    return line.strip()


def _cut(line: str, most: int) -> str:
    if len(line) <= most:
        return line
    kept = line[: most - len(_SIGN)]
    word = kept.rfind(" ")
    return (kept[:word] if word > most * 3 // 4 else kept).rstrip() + _SIGN
