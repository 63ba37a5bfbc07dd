"""A file of the user's code that Python cannot parse.

Seen as: SyntaxError, IndentationError or TabError with the file and line that the parser stopped at.
Comes from: a slip in an edit, Python 2 code, or syntax that is newer than the environment's Python.
"""

from __future__ import annotations

from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, shown
from responder.diagnosis.frames import is_installed
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Raised, Remedy, Strength

# ValueError: null bytes, before Python 3.12
NAMES = frozenset({"SyntaxError", "IndentationError", "TabError", "ValueError"})
_IMPORTLIB = "importlib"  # reads the file; Python names no place in it where it holds null bytes
EVALUATED = "<"  # "<string>", "<unknown>": text that the code itself evaluates, no file


def recognise(evidence: Evidence) -> Match[Place] | None:
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES and _of_own_file(raised):
            syntax = raised.syntax
            because = (exception_text(raised).split("\n")[0], syntax.text if syntax else "")
            return Match(
                Strength.STRUCTURED, place_of(evidence), tuple(filter(None, because)), evidence.failure, raised
            )
    return None


def _of_own_file(raised: Raised) -> bool:
    """A database's SyntaxError has no place in a file; one in a package means another Python than it is made for."""
    if raised.syntax is None:
        return "null bytes" in raised.message and bool(raised.frames) and _IMPORTLIB in raised.frames[-1].file
    return not raised.syntax.file.startswith(EVALUATED) and not is_installed(raised.syntax.file)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    # "invalid syntax (sales.py, line 8)": the place is said already
    what = ending(match.raised.message.partition(" (")[0]) if match.raised else "invalid syntax."
    return code_remedy(
        summary=f"Python cannot parse {shown(match.facts)}: {what}",
        explanation="The file is not read at all: its DAGs stay as they last were, with an import error in the Airflow UI, or disappear. "
        "The mistake is often just before the place that the parser names, such as a bracket that is never closed.",
        steps=(
            f"Correct {shown(match.facts)}, and check it before it is uploaded: `python -m py_compile <file>`, with the environment's Python.",
        ),
        place=match.facts,
        answers=answers,
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="syntax-error",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
