"""A distribution that a file lacks, added at the version that the constraints give, or that the resolver finds."""

from __future__ import annotations

from dataclasses import replace

from responder.knowledge.images import Nearest
from responder.requirements.constraints import effective
from responder.requirements.edits import appended, shown_diff
from responder.requirements.judge import judge
from responder.requirements.known import Known
from responder.requirements.lines import File, parse
from responder.requirements.problem import Verdict
from responder.requirements.query import Solved
from responder.requirements.sources import Sources
from responder.requirements.trial import Trial


def with_added(file: File, distribution: str, nearest: Nearest, sources: Sources) -> Verdict:
    """The verdict over the corrected file with the distribution added, unless it is there; the diff is against the file as it is."""
    first = judge(file, nearest, sources)
    if any(line.name == distribution for line in file.lines):
        return first
    base = file if first.corrected is None else replace(parse(first.corrected), encoding=file.encoding, bom=file.bom)
    longer = appended(base, _pinned(base, distribution, nearest, sources))
    second = judge(longer, nearest, sources)
    wanted = longer if second.corrected is None else parse(second.corrected)
    stands = second.ok or second.corrected is not None
    return replace(
        second,
        ok=False,
        problems=first.problems + tuple(each for each in second.problems if each not in first.problems),
        corrected=wanted.text if stands else None,
        diff=shown_diff(file, wanted) if stands else None,
    )


def _pinned(file: File, distribution: str, nearest: Nearest, sources: Sources) -> str:
    """The line to add. Without index and constraint it has no version, and the verdict says that nothing was proven."""
    known = Known(nearest.image, effective(file, nearest.image, sources.read_own))
    version = known.bound(distribution)
    if version is None:
        found = Trial(known, sources).solve((distribution,))
        version = found.pins.get(distribution) if isinstance(found, Solved) else None
    return f"{distribution}=={version}" if version else distribution
