"""Which constraints MWAA applies to a file, modelled after what its images do.

`pip3 install --constraint ESSENTIAL -r FILE [-c AIRFLOW_CONSTRAINTS]`: the last one only when no line of the file
matches `-c |--constraint `, wherever that stands, in a comment too.
https://github.com/aws/amazon-mwaa-docker-images (python/mwaa/utils/user_requirements.py, bin/airflow-user/safe-pip-install)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from responder.inquiry.question import CouldNot
from responder.knowledge.images import Image
from responder.knowledge.providers import DISTRIBUTION
from responder.requirements.lines import VARIABLE, File, Form, Line, parse
from responder.requirements.masking import masked
from responder.requirements.problem import Problem, ProblemClass

PRESENT = re.compile(r"-c |--constraint ")
# https://raw.githubusercontent.com/apache/airflow/constraints-2.10.3/constraints-3.11.txt
PUBLISHED = re.compile(
    r"constraints?-(?P<airflow>\d[\w.-]{0,20}|main|latest)/constraints-(?P<variant>[a-z-]{0,30}?)-?(?P<python>\d\.\d{1,2})\.txt"
)
# A tag, as it is, by its full name, or behind the "Raw" of its page; a mirror may stand before it
RIGHT_PLACE = re.compile(
    r"(?:https?|file)://\S{0,300}/apache/airflow/(?:raw/)?(?:refs/tags/)?constraints-\S{1,100}\.txt"
)
HOME = "/usr/local/airflow"
DAGS = f"{HOME}/dags/"
BUNDLED = f"{HOME}/.local/etc/"  # where the image keeps its own copy
# Variables of the images: https://github.com/aws/amazon-mwaa-docker-images (images/airflow/*/Dockerfile.base.j2)
PLACES = {
    "AIRFLOW_HOME": HOME,
    "AIRFLOW_USER_HOME": HOME,
    "AIRFLOW_CONSTRAINTS_FILE": f"{BUNDLED}airflow_constraints.txt",
}

ReadOwn = Callable[[str], str | None]  # a path below dags/ -> its text, None: there is none; raises CouldNot


@dataclass(frozen=True, slots=True)
class Effective:
    """What pip is bound by, and what is wrong with the lines that say so."""

    pins: Mapping[str, str]  # the user's or the image's, by canonical name; without the essential ones
    extra: tuple[str, ...]  # constraints of the user's that are no plain pin, as pip reads them
    of_image: bool  # the image's own Airflow constraints are in force, by themselves or by the user's line
    problems: tuple[Problem, ...] = ()
    not_checked: tuple[str, ...] = ()

    def lines(self, image: Image) -> tuple[str, ...]:
        """As pip and uv read them, the essential ones among them."""
        own = tuple(f"{name}=={version}" for name, version in self.pins.items())
        essential = tuple(f"{name}=={version}" for name, version in image.essential.items())
        return (*own, *self.extra, *essential)

    def version_of(self, name: str, image: Image) -> str | None:
        """The version that a distribution is bound to."""
        return image.essential.get(name) or self.pins.get(name)


def forced(text: str) -> bool:
    """Whether MWAA adds the image's own Airflow constraints."""
    return not any(PRESENT.search(line) for line in text.splitlines())


def effective(file: File, image: Image, read: ReadOwn) -> Effective:
    """The constraints in force; a line that cannot work is judged as if it had been corrected."""
    own = [line for line in file.of_form(Form.OPTION) if line.option == "--constraint"]
    parts = [_of_line(line, image, read) for line in own]
    if forced(file.text):
        parts.append(Effective(image.pins, (), of_image=True))
    if not parts:
        return Effective({}, (), of_image=False, problems=tuple(_disabled(file)))
    pins = {name: version for part in parts for name, version in part.pins.items()}
    return Effective(
        pins,
        tuple(each for part in parts for each in part.extra),
        any(part.of_image for part in parts),
        tuple(each for part in parts for each in part.problems),
        tuple(each for part in parts for each in part.not_checked),
    )


def with_variables(value: str, image: Image) -> str:
    """With what the images set in their environment; other variables may come from a startup script and stay."""
    known = {"AIRFLOW_VERSION": image.airflow, "PYTHON_VERSION": image.python_full, **PLACES}
    return VARIABLE.sub(lambda found: known.get(found[0][2:-1], found[0]), value)


def _disabled(file: File) -> Iterator[Problem]:
    """What turns them off; nothing of a line that pip stops at anyway."""
    culprit = next((line for line in file.lines if PRESENT.search(line.raw)), None)
    if culprit is None or culprit.form is Form.INVALID:
        return
    words = "a comment" if culprit.form is Form.BLANK else "a line"
    yield Problem(
        ProblemClass.CONSTRAINT_DISABLED,
        culprit.number,
        masked(culprit.raw.strip()),
        f"MWAA takes {words} with '-c ' or '--constraint ' for a constraint and applies none of Airflow's: only the essential list guards. "
        "Reword it, or add a real constraint line.",
    )


def _of_line(line: Line, image: Image, read: ReadOwn) -> Effective:
    value = with_variables(line.value, image)
    published = PUBLISHED.search(value)
    if published:
        return _of_published(line, value, published, image)
    if value.startswith(BUNDLED):
        return Effective(image.pins, (), of_image=True)
    if "${" in value:
        return _unseen(image, f"the constraints at {masked(value)}: its address depends on an environment variable")
    if "://" not in value.removeprefix("file://") and value.removeprefix("file://").startswith(DAGS):
        return _of_own(line, value.removeprefix("file://").removeprefix(DAGS), image, read)
    return _wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, _unreachable(value, image))


def _unreachable(value: str, image: Image) -> str:
    where = masked(value)
    if "://" in value:
        return f"{where} is no constraints file of Airflow's that is known; where MWAA cannot fetch it, it installs nothing. Take {image.constraints_url}."
    return f"{where} does not exist on MWAA, which copies only the requirements file: put it into the DAGs folder and name it {DAGS}…, or take {image.constraints_url}."


def _of_published(line: Line, value: str, published: re.Match[str], image: Image) -> Effective:
    if not RIGHT_PLACE.fullmatch(value):
        return _wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, _unreachable(value, image))
    if (published["airflow"], published["python"]) != (image.airflow, image.python):
        return _wrong(
            line,
            image,
            ProblemClass.CONSTRAINT_WRONG_AIRFLOW,
            f"It names the constraints of Airflow {published['airflow']} for Python {published['python']}; the environment runs Airflow {image.airflow} on Python {image.python}.",
        )
    if published["variant"] == "no-providers":
        return Effective(
            {name: pin for name, pin in image.pins.items() if not name.startswith(DISTRIBUTION)}, (), of_image=False
        )
    return Effective(image.pins, (), of_image=True)


def _wrong(line: Line, image: Image, kind: ProblemClass, why: str) -> Effective:
    problem = Problem(kind, line.number, masked(line.body), why)
    return Effective(image.pins, (), of_image=True, problems=(problem,))


def _unseen(image: Image, what: str) -> Effective:
    return Effective(image.pins, (), of_image=False, not_checked=(f"{what}; judged by the image's own",))


def _of_own(line: Line, path: str, image: Image, read: ReadOwn) -> Effective:
    try:
        text = read(path)
    except CouldNot as reason:
        return _unseen(image, f"the constraints in dags/{path}: {reason}")
    if text is None:
        why = f"The DAGs folder has no {path}: pip stops at this line. Put it there, or take {image.constraints_url}."
        return _wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, why)
    pins: dict[str, str] = {}
    extra: list[str] = []
    for each in parse(text).of_form(Form.REQUIREMENT):
        pin = pin_of(each)
        if pin and each.name and not (each.requirement and each.requirement.marker):
            pins[each.name] = pin
        else:
            extra.append(each.body)
    return Effective(pins, tuple(extra), of_image=False, problems=tuple(_against_essential(line, pins, image)))


def _against_essential(line: Line, pins: Mapping[str, str], image: Image) -> list[Problem]:
    clashes = [name for name, version in pins.items() if image.essential.get(name, version) != version]
    return [
        Problem(
            ProblemClass.ESSENTIAL_CONFLICT,
            line.number,
            masked(line.body),
            f"The constraints file pins {name}=={pins[name]}, MWAA enforces {name}=={image.essential[name]}: nobody can install both.",
        )
        for name in clashes[:5]
    ]


def pin_of(line: Line) -> str | None:
    """The one version that a requirement allows, None for a range."""
    specifiers = list(line.requirement.specifier) if line.requirement else []
    if len(specifiers) != 1 or specifiers[0].operator not in ("==", "===") or "*" in specifiers[0].version:
        return None
    return specifiers[0].version
