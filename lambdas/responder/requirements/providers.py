"""Which Airflow a provider needs at least, by its own metadata."""

from __future__ import annotations

from packaging.requirements import Requirement

from responder.inquiry.question import CouldNot
from responder.knowledge.providers import DISTRIBUTION
from responder.requirements.lines import Line
from responder.requirements.spelling import parsed
from responder.requirements.trial import Trial
from responder.requirements.uv_text import Unsolved
from responder.requirements.wheel_metadata import requires


def newer_airflow(line: Line, unsolved: Unsolved, trial: Trial) -> str | None:
    """What a provider says that it needs of Airflow, where no release that the line allows takes the environment's."""
    name = line.name or ""
    if not name.startswith(DISTRIBUTION):
        return None
    if "apache-airflow>=" in unsolved.whole:
        return "a newer Airflow"
    oldest = _oldest_needs(line, name, trial)
    if oldest is None or oldest.specifier.contains(trial.known.image.airflow, prereleases=True):
        return None
    return f"{oldest.name}{oldest.specifier}"


def _oldest_needs(line: Line, name: str, trial: Trial) -> Requirement | None:
    """Of the oldest release, for what providers need of Airflow only ever rises."""
    project, index = trial.project(name), trial.sources.index
    specifier = line.requirement.specifier if line.requirement else None
    if project is None or index is None or specifier is None:
        return None
    allowed = [each for each in project.files if each.wheel and specifier.contains(each.version)]
    try:
        texts = requires(index, name, min(allowed, key=lambda each: each.version)) if allowed else ()
    except CouldNot:
        return None
    return next((found for text in texts if (found := parsed(text)) and found.name == "apache-airflow"), None)
