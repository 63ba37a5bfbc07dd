"""The remedy of the causes that a corrected requirements.txt cures, worded once."""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, REQUIREMENTS_DOCS, SELECT_REQUIREMENTS
from responder.evidence.pip_conflict import AIRFLOW
from responder.inquiry.question import Answers, Unanswered
from responder.model import Artifact, Proof, ProofLevel, Remedy
from responder.requirements.asked import CorrectedFile
from responder.requirements.problem import Verdict

_REMOVE_AIRFLOW = (
    "Remove the line with apache-airflow: MWAA installs Airflow itself, and takes no other version than the environment's "
    "(MWAA console > the environment > Edit > Airflow version changes that)."
)
MOST_PROBLEMS = 5  # told in a message; the diff shows all


def steps_by_hand(distribution: str | None, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The steps for when no corrected file could be made; a pin of Airflow itself has only one."""
    return (_REMOVE_AIRFLOW,) if distribution == AIRFLOW else otherwise


def corrected_remedy(
    *, summary: str, explanation: str, by_hand: tuple[str, ...], question: CorrectedFile, answers: Answers
) -> Remedy:
    """`by_hand`: the steps for when no corrected file could be made."""
    answer = answers[question]
    if isinstance(answer, Unanswered):
        missing = (f"corrected requirements.txt: {answer.reason}",)
        return _remedy(summary, explanation, (*by_hand, SELECT_REQUIREMENTS), FROM_TEXT, not_checked=missing)
    told = " ".join((explanation, *_problems(answer)))
    if answer.corrected is None or answer.diff is None:
        return _as_deployed(summary, told, by_hand, answer)
    steps = (
        "Change requirements.txt as the difference shown here says (`patch requirements.txt < difference` applies it).",
        SELECT_REQUIREMENTS,
    )
    artifact = Artifact("requirements-diff", answer.diff, "requirements.txt, corrected")
    changes = _changes(answer)
    return _remedy(
        summary, f"{told} {changes}".strip(), steps, answer.proof, artifacts=(artifact,), not_checked=answer.not_checked
    )


def _as_deployed(summary: str, told: str, by_hand: tuple[str, ...], answer: Verdict) -> Remedy:
    if not answer.ok:
        return _remedy(summary, told, (*by_hand, SELECT_REQUIREMENTS), FROM_TEXT, not_checked=answer.not_checked)
    now = "The file that is deployed now can be resolved: it was changed since, or what failed was not in the file (network, disk, a build)."
    proof = Proof(ProofLevel.CHECKED, f"the deployed file can be resolved: {answer.proof.how}")
    return _remedy(summary, f"{told} {now}", by_hand, proof, not_checked=answer.not_checked)


def _remedy(
    summary: str,
    explanation: str,
    steps: tuple[str, ...],
    proof: Proof,
    *,
    artifacts: tuple[Artifact, ...] = (),
    not_checked: tuple[str, ...] = (),
) -> Remedy:
    return Remedy(summary, explanation, steps, proof, artifacts, not_checked, (REQUIREMENTS_DOCS,))


def _problems(answer: Verdict) -> tuple[str, ...]:
    blocking = [each for each in answer.problems if each.blocks]
    return tuple(
        f"Line {each.line}: {each.explanation}" if each.line else each.explanation for each in blocking[:MOST_PROBLEMS]
    )


def _changes(answer: Verdict) -> str:
    replaced = [each[2:] for each in answer.changes if each.startswith("- ")]
    return f"It replaces packages of the image: {', '.join(replaced[:8])}." if replaced else ""
