"""What is wrong with a file by its words alone: no index, no resolver."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from packaging.version import InvalidVersion, Version

from responder.knowledge.images import Image
from responder.knowledge.providers import DISTRIBUTION
from responder.requirements.hashes import without_hash
from responder.requirements.known import AIRFLOW, PLUGINS, Known, active, allows, problem
from responder.requirements.lines import File, Form, Line
from responder.requirements.masking import masked
from responder.requirements.names import looks_own
from responder.requirements.option_lines import PASSED_OVER
from responder.requirements.places import DAGS, HOME, STARTUP, below_dags
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.project import Target

LARGE = 9_999  # in a version's last place: above all releases that there are
UPPER = frozenset({"==", "===", "<", "<=", "~="})


def problems(file: File, known: Known) -> tuple[Problem, ...]:
    """All of them, in the order of the lines."""
    found = [*known.effective.problems, *_words(file, known)]
    return tuple(sorted(found, key=lambda each: each.line or 0))


def _words(file: File, known: Known) -> Iterator[Problem]:
    for line in file.of_form(Form.INVALID):
        then = "pip passes over it" if line.option == PASSED_OVER else "It then installs nothing of the file"
        yield problem(ProblemClass.SYNTAX, line, f"pip cannot read this line: {masked(line.why)}. {then}.")
    for line in file.of_form(Form.OPTION):
        yield from _of_editable(line) if line.option == "--editable" else _of_option(line)
    for line in file.of_form(Form.PATH, Form.REFERENCE):
        yield from _of_wheel(line, known.image)
    lines = active(file, known.image)
    yield from _duplicates(lines)
    yield from without_hash(file, lines)
    for line in lines:
        yield from _of_requirement(line, known)


def _of_option(line: Line) -> Iterator[Problem]:
    if line.option == "--requirement" and not _may_be_there(line.value):
        yield problem(
            ProblemClass.SYNTAX,
            line,
            f"It includes another file, but MWAA copies only the requirements file itself. Put the lines in here, or the file into {DAGS}.",
        )


def _may_be_there(value: str) -> bool:
    return below_dags(value) is not None or value.startswith((*STARTUP, "$"))


def _of_editable(line: Line) -> Iterator[Problem]:
    """-e with a folder; with an address of a repository pip clones it."""
    if "://" not in line.value and not line.value.startswith((f"{HOME}/", "git@", "$")):
        yield problem(
            ProblemClass.LOCAL_OR_PRIVATE,
            line,
            "That folder does not exist on MWAA: own code goes into dags/ or plugins.zip, as it is or as a wheel.",
        )


def _of_wheel(line: Line, image: Image) -> Iterator[Problem]:
    filename = unquote(line.value.partition("#")[0].partition(";")[0].strip().rpartition("/")[2])
    if filename.endswith(".whl") and not Target(image.python_full).takes_wheel(filename):
        yield problem(
            ProblemClass.NO_WHEEL,
            line,
            f"The wheel's name says that it is for another Python or platform than Python {image.python} on x86_64 Linux.",
        )
    elif line.form is Form.PATH and not line.value.startswith((f"{HOME}/", "$")):
        yield problem(
            ProblemClass.LOCAL_OR_PRIVATE,
            line,
            f"That path does not exist on MWAA. Put the wheel into plugins.zip and name it {PLUGINS}{filename}.",
        )


def _duplicates(lines: tuple[Line, ...]) -> Iterator[Problem]:
    first: dict[str, Line] = {}
    for line in lines:
        before = first.setdefault(line.name or "", line)
        if before is not line and _exclude_each_other(before, line):
            yield problem(
                ProblemClass.DUPLICATE,
                line,
                f"Line {before.number} asks for {before.body}, this one for {line.body}: pip cannot install both.",
            )


def _exclude_each_other(one: Line, other: Line) -> bool:
    """Whether no version can be allowed by both lines: none that either names, nor one just above or below."""
    both = [line.requirement.specifier for line in (one, other) if line.requirement]
    named = {each.version.removesuffix(".*") for specifier in both for each in specifier}
    return bool(named) and not any(
        all(specifier.contains(version, prereleases=True) for specifier in both) for version in _around(named)
    )


def _around(named: set[str]) -> Iterator[Version]:
    """The named versions, and for each one that lies close above and one close below it; also the lowest of all."""
    yield Version("0")
    for text in named:
        try:
            version = Version(text)
        except InvalidVersion:
            continue
        yield version
        yield Version(f"{version.base_version}.0.0.1")
        *start, last = version.release
        while not last and start:
            *start, last = start
        yield Version(".".join(map(str, (*start, max(last - 1, 0), LARGE))))


def _of_requirement(line: Line, known: Known) -> Iterator[Problem]:
    name = line.name or ""
    bound = known.bound(name) or (known.image.preinstalled.get(name) if name in AIRFLOW else None)
    if bound and not allows(line, bound):
        yield problem(*_against(line, name, bound, known))
    elif (
        not bound
        and not known.effective.not_checked
        and name not in AIRFLOW
        and line.requirement
        and not any(each.operator in UPPER for each in line.requirement.specifier)
    ):
        yield problem(
            ProblemClass.UNPINNED,
            line,
            f"No constraint limits {name}, so its version can change at every start of a worker, and choosing it can outlast MWAA's nine minutes. Pin it.",
        )
    if looks_own(name) and name not in known.image.pins and name not in known.image.preinstalled:
        yield problem(
            ProblemClass.CONFUSION,
            line,
            f"{name} looks like a module of your own. A stranger may own that name on the public index: see that it is the package you mean.",
        )


def _against(line: Line, name: str, bound: str, known: Known) -> tuple[ProblemClass, Line, str]:
    if name in AIRFLOW:
        return (
            ProblemClass.AIRFLOW_PIN,
            line,
            f"The environment runs Airflow {known.image.airflow}; requirements.txt cannot change that. Remove the line, or name that version.",
        )
    if name in known.image.essential:
        return ProblemClass.ESSENTIAL_CONFLICT, line, f"MWAA enforces {name}=={bound}, whatever the file says."
    if name.startswith(DISTRIBUTION) and _wants_newer(line, bound):
        return (
            ProblemClass.PROVIDER_TOO_NEW,
            line,
            f"The constraints of Airflow {known.image.airflow} pin {name}=={bound}; newer ones are made for newer Airflow versions.",
        )
    whose = (
        f"The constraints of Airflow {known.image.airflow}"
        if known.effective.of_image
        else "The constraints that the file names"
    )
    return ProblemClass.CONFLICT, line, f"{whose} pin {name}=={bound}, the line asks for {line.body}."


def _wants_newer(line: Line, bound: str) -> bool:
    specifiers = line.requirement.specifier if line.requirement else ()
    try:
        return any(
            each.operator in ("==", "===", ">=", ">", "~=")
            and Version(each.version.removesuffix(".*")) > Version(bound)
            for each in specifiers
        )
    except InvalidVersion:
        return False
