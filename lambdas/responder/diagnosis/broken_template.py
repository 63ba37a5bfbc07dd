"""Whether Jinja could not render a template, and which field of which task it was."""

from __future__ import annotations

import re

from responder.diagnosis.airflow_release import lost_variable
from responder.evidence.said import exception_text
from responder.model import Evidence, Raised, Record, Strength

MAJOR = 3  # the release whose context has lost variables
NAMES = frozenset(
    {
        "UndefinedError",
        "TemplateSyntaxError",
        "TemplateAssertionError",
        "TemplateNotFound",
        "TemplatesNotFound",
        "TemplateRuntimeError",
        "TemplateError",
        "FilterArgumentError",
    }
)
# ERROR - Exception rendering Jinja template for task 'render', field 'bash_command'. Template: 'echo {{ params.customer.name }}'
RENDERING = re.compile(r"Exception rendering Jinja template for task '([^'\n]{1,250})', field '([^'\n]{1,100})'")


def broken_template(evidence: Evidence) -> tuple[Raised, Strength, tuple[str, ...]] | None:
    """The first exception of Jinja's, or any that the record of the rendering has as well, and the lines that show it."""
    rendering = _rendering(evidence)
    for raised in evidence.chain.links if evidence.chain else ():
        lines = [exception_text(raised).split("\n")[0]] + ([rendering.text.split("\n")[0][:1_000]] if rendering else [])
        if raised.name in NAMES and not _of_release(evidence, raised):
            return raised, Strength.EXCEPTION, tuple(lines)
        if rendering and rendering.chain and _same(rendering.chain.last, raised):
            return raised, Strength.MESSAGE, tuple(lines)
    return None


def _of_release(evidence: Evidence, raised: Raised) -> bool:
    return evidence.airflow_major == MAJOR and lost_variable(raised.name, raised.message) is not None


def _rendering(evidence: Evidence) -> Record | None:
    records = (record for record in evidence.records if RENDERING.match(record.text))
    return next(records, None)


def _same(one: Raised, other: Raised) -> bool:
    return (one.name, one.message) == (other.name, other.message)
