"""What MWAA would do with a requirements file, and the file that it would install: found, mended and proven in rounds.

Each round looks at the words, then asks the index about what no constraint limits, then the resolver; what blocks is
mended with the smallest edit that the resolver takes, until nothing blocks or nothing can be mended.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from responder.knowledge.images import Nearest
from responder.requirements import rounds
from responder.requirements.blame import of_index
from responder.requirements.constraints import effective
from responder.requirements.correct import Delete, Edit, edits
from responder.requirements.edits import for_pip, replaced
from responder.requirements.included import included
from responder.requirements.index_lines import Indexes, indexes
from responder.requirements.known import Known, applies
from responder.requirements.lines import File, Form, Line
from responder.requirements.masking import masked
from responder.requirements.problem import Problem, ProblemClass, Verdict
from responder.requirements.query import NotProven, Solved
from responder.requirements.rounds import Finding
from responder.requirements.sources import Sources
from responder.requirements.trial import Trial
from responder.requirements.verdict import Judged, verdict

# What to do about a line that no edit mends
# https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html
SHIP_A_WHEEL = "Build a wheel of it for the environment elsewhere and ship that in plugins.zip, or install what it lacks in the startup script."
OTHERWISE = {
    ProblemClass.CONFLICT: "No released version of it fits these constraints: give it a virtual environment of its own (made in the startup script, "
    "or by PythonVirtualenvOperator), or name a copy of the constraints in dags/ in which that one pin is changed.",
    ProblemClass.BUILD: SHIP_A_WHEEL,
    ProblemClass.NO_WHEEL: SHIP_A_WHEEL,
}
# With --no-index what is in plugins.zip decides, and no edit of the file changes that
OF_PLUGINS = frozenset(
    {ProblemClass.NOT_FOUND_NAME, ProblemClass.NOT_FOUND_VERSION, ProblemClass.NO_WHEEL, ProblemClass.LOCAL_OR_PRIVATE}
)
MOST_ROUNDS = 12  # each mends at least one line, or gives one up


@dataclass(slots=True)
class Case:
    """A file while it is being mended."""

    original: File
    draft: File
    trial: Trial
    asked: Indexes
    problems: list[Problem] = field(default_factory=list)
    beyond: set[int] = field(default_factory=set)  # numbers of lines that nothing mends; left out of further rounds

    @property
    def probe(self) -> File:
        """The draft without the lines that nothing mends."""
        lines = tuple(line for line in self.draft.lines if line.number not in self.beyond)
        return File(lines, self.draft.newline, self.draft.encoding, self.draft.bom)

    def note(self, problems: tuple[Problem, ...]) -> list[Problem]:
        """Remembers them; those that block and are not given up."""
        known = {(each.line, each.kind) for each in self.problems}
        self.problems += [each for each in problems if (each.line, each.kind) not in known]
        return [each for each in problems if each.blocks and each.line not in self.beyond]

    def give_up(self, problem: Problem) -> None:
        """Nothing mends the line: further rounds leave it out, and its explanation says what else to do."""
        self.beyond.add(problem.line or 0)
        otherwise = "" if (problem.requirement or "").startswith("-") else OTHERWISE.get(problem.kind, "")
        told = replace(problem, explanation=f"{problem.explanation} {otherwise}".strip())
        self.problems = [told if each is problem else each for each in self.problems]


def judge(file: File, nearest: Nearest, sources: Sources) -> Verdict:
    """The verdict over one file. Never raises for what the file or the look-ups are like."""
    case = _case(file, nearest, sources)
    for line in case.note(case.asked.problems):
        case.beyond.add(line.line or 0)
    finding = Finding()
    for _ in range(MOST_ROUNDS):
        case.trial.known = _known(case.probe, nearest, sources)
        finding = rounds.look(case.probe, case.trial, case.asked)
        blocking = case.note(finding.problems)
        if not blocking:
            break
        _mend(case, blocking, finding)
    return verdict(
        Judged(
            case.original,
            case.draft,
            case.probe,
            tuple(case.problems),
            finding,
            case.trial,
            case.asked,
            nearest.note,
            bool(case.beyond),
        )
    )


def _case(file: File, nearest: Nearest, sources: Sources) -> Case:
    trial = Trial(_known(file, nearest, sources), sources)
    asked = indexes(file, tuple(included(file, trial.own)), sources.index.address if sources.index else "")
    trial.pre = asked.pre
    return Case(file, file, trial, asked)


def _known(file: File, nearest: Nearest, sources: Sources) -> Known:
    return Known(nearest.image, effective(file, nearest.image, sources.read_own))


def _mend(case: Case, blocking: list[Problem], finding: Finding) -> None:
    """Mends each line that blocks; of lines that only clash with each other, one."""
    mended_together = False
    for problem in sorted(blocking, key=lambda each: -(each.line or 0)):
        line = _line_of(problem, case.probe)
        together = problem.line in finding.together
        if line is None or (together and mended_together):
            continue
        beside = _beside(case, line, finding.together) if together else ()
        hidden = case.asked.none and problem.kind in OF_PLUGINS
        edit = None if hidden else _first_that_fits(problem, line, case.trial, beside)
        if edit is not None:
            gone = _already_there(edit, line, case.draft)
            case.draft = replaced(case.draft, line, None if gone or isinstance(edit, Delete) else edit)
            mended_together |= together
        elif not together or problem is blocking[0]:
            case.give_up(problem)


def _line_of(problem: Problem, file: File) -> Line | None:
    """The line that a problem is about, as it was then; None where it is mended already."""
    lines = (line for line in file.lines if line.number == problem.line)
    return next((line for line in lines if masked(line.body) == problem.requirement), None)


def _already_there(edit: Edit, line: Line, draft: File) -> bool:
    """Whether a renamed line, or one with another address, asks for what another line asks for."""
    if isinstance(edit, Delete):
        return False
    others = [each for each in draft.lines if each is not line]
    if edit.form is Form.OPTION:
        return any((each.option, each.value) == (edit.option, edit.value) for each in others)
    return edit.name not in (None, line.name) and any(each.name == edit.name for each in others)


def _beside(case: Case, line: Line, together: tuple[int, ...]) -> tuple[str, ...]:
    others = [each for each in case.probe.lines if each.number in together and each is not line]
    return tuple(for_pip(each) for each in others)


def _first_that_fits(problem: Problem, line: Line, trial: Trial, beside: tuple[str, ...]) -> Edit | None:
    tried = edits(problem, line, trial, beside)
    if problem.kind is ProblemClass.SYNTAX:
        return next(tried, None)  # what it reads as may have another problem, which the next round finds
    return next((edit for edit in tried if _fits(edit, trial, beside)), None)


def _fits(edit: Edit, trial: Trial, beside: tuple[str, ...]) -> bool:
    """Whether index and resolver take it; where they cannot be asked, the edit stands unproven."""
    if isinstance(edit, Delete) or edit.requirement is None or not applies(edit.requirement, trial.known.image):
        return True
    told = of_index(edit, trial)
    return told is None and isinstance(trial.solve((for_pip(edit), *beside)), (Solved, NotProven))
