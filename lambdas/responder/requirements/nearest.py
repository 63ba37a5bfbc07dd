"""The released version closest to the wanted one that the resolver takes under the constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from responder.requirements.edits import for_pip, with_versions
from responder.requirements.lines import Line
from responder.requirements.query import Solved
from responder.requirements.trial import Trial

MOST_ADVISORIES = 3  # versions passed over for being vulnerable
CLOSE = 2  # leading numbers of a version: first those that share both are tried, then those that share one, then all


def nearest(line: Line, trial: Trial, beside: tuple[str, ...]) -> Iterator[Line]:
    """The line at that version; nothing where no release fits."""
    name = _named(line)
    wanted = _wanted(line)
    passed: list[str] = []
    for _ in range(MOST_ADVISORIES):
        found = _closest(Near(name, line.name or "", beside, tuple(passed)), wanted, trial)
        if found is None:
            return
        if not _vulnerable(line.name or "", found, trial):
            moved = with_versions(line, f"=={found}")
            yield from (moved,) if moved else ()
            return
        passed.append(f"!={found}")


@dataclass(frozen=True, slots=True)
class Near:
    """What a nearest version is looked for."""

    name: str  # with extras
    canonical: str
    beside: tuple[str, ...]
    passed: tuple[str, ...]  # versions that are out of the question, as "!=1.2"

    def solved(self, versions: str, trial: Trial, *, lowest: bool = False) -> Version | None:
        """The version that the resolver chooses."""
        requirement = self.name + ",".join(filter(None, (versions, *self.passed)))
        outcome = trial.solve((requirement, *self.beside), lowest=lowest)
        found = outcome.pins.get(self.canonical) if isinstance(outcome, Solved) else None
        return Version(found) if found else None


def _closest(near: Near, wanted: Version | None, trial: Trial) -> Version | None:
    """Looked for in ever wider circles: a resolver that may walk through the releases of years takes minutes."""
    if wanted is None:
        return near.solved("", trial)
    public = Version(wanted.public)  # a local version, as in 2.4.0+cpu, is on no public index
    if wanted.local and (same := near.solved(f"=={public}", trial)):
        return same
    return next(filter(None, (_within(near, public, alike, trial) for alike in _circles(public))), None)


def _circles(wanted: Version) -> Iterator[str]:
    epoch = f"{wanted.epoch}!" if wanted.epoch else ""
    for length in range(min(CLOSE, len(wanted.release) - 1), 0, -1):
        yield f",=={epoch}{'.'.join(map(str, wanted.release[:length]))}.*"
    yield ""


def _within(near: Near, wanted: Version, alike: str, trial: Trial) -> Version | None:
    """The nearest in the innermost circle; farther out a newer one, for old releases fit because they name no limits."""
    newer = near.solved(f">{wanted}{alike}", trial, lowest=True)
    if newer and alike.count(".") < CLOSE:
        return newer
    older = near.solved(f"<{wanted}{alike}", trial)
    return min(filter(None, (older, newer)), key=lambda each: _distance(each, wanted), default=None)


def _vulnerable(name: str, version: Version, trial: Trial) -> bool:
    return bool(trial.sources.index and trial.sources.index.advisories(name, str(version)))


def _named(line: Line) -> str:
    requirement = line.requirement
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement and requirement.extras else ""
    return f"{requirement.name if requirement else for_pip(line)}{extras}"


def _wanted(line: Line) -> Version | None:
    for each in line.requirement.specifier if line.requirement else ():
        try:
            return Version(each.version.removesuffix(".*"))
        except InvalidVersion:
            continue
    return None


def _distance(one: Version, other: Version) -> tuple[int, ...]:
    """How far two versions are apart, the leading number weighing most."""
    length = max(len(one.release), len(other.release))
    pairs = zip(_padded(one, length), _padded(other, length), strict=True)
    return tuple(abs(a - b) for a, b in pairs)


def _padded(version: Version, length: int) -> tuple[int, ...]:
    return version.release + (0,) * (length - len(version.release))
