from responder.diagnosis.corrected_file import corrected_remedy
from responder.inquiry.question import NO_ANSWERS, Answers
from responder.model import Proof, ProofLevel
from responder.requirements.asked import CorrectedFile
from responder.requirements.problem import Problem, ProblemClass, Verdict

PROVEN = Proof(ProofLevel.PROVEN, "uv resolved 3 packages")
PROBLEM = Problem(ProblemClass.CONFLICT, 2, "pandas==2.2.3", "The constraints pin pandas==2.1.4.")
RISK = Problem(ProblemClass.UNPINNED, 3, "lkml", "Pin it.")


def remedy(verdict=None):
    answers = Answers({CorrectedFile(): verdict}) if verdict else NO_ANSWERS
    return corrected_remedy(
        summary="It failed.", explanation="Because.", by_hand=("Look.",), question=CorrectedFile(), answers=answers
    )


def test_a_proven_file_is_the_remedy():
    found = remedy(
        Verdict(
            ok=False,
            problems=(PROBLEM, RISK),
            corrected="x",
            diff="-a\n+b\n",
            proof=PROVEN,
            changes=("- boto3==1.0", "+ boto3==2.0"),
        )
    )
    assert (found.artifacts[0].text, found.proof) == ("-a\n+b\n", PROVEN)
    assert "Line 2: The constraints pin pandas==2.1.4." in found.explanation
    assert "Pin it." not in found.explanation
    assert "replaces packages of the image: boto3==1.0" in found.explanation
    assert "Look." not in found.steps


def test_a_file_that_resolves_as_it_is_was_changed_since_or_failed_for_another_reason():
    found = remedy(Verdict(ok=True, problems=(), corrected=None, diff=None, proof=PROVEN))
    assert found.proof.level is ProofLevel.CHECKED
    assert "can be resolved" in found.explanation
    assert "Look." in found.steps


def test_a_file_that_nothing_mends_leaves_the_steps_by_hand():
    found = remedy(
        Verdict(ok=False, problems=(PROBLEM,), corrected=None, diff=None, proof=PROVEN, not_checked=("hashes: no",))
    )
    assert found.proof.level is ProofLevel.SUSPECTED
    assert "Look." in found.steps
    assert found.not_checked == ("hashes: no",)


def test_no_answer_is_a_reason_that_the_reader_sees():
    found = remedy()
    assert found.not_checked == ("corrected requirements.txt: not looked up",)
    assert found.proof.level is ProofLevel.SUSPECTED
