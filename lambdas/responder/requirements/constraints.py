"""Which constraints MWAA applies to a file, modelled after what its images do.

`pip3 install --constraint ESSENTIAL -r FILE [-c AIRFLOW_CONSTRAINTS]`: the last one only when no line of the file
matches `-c |--constraint `, wherever that stands, in a comment too.
https://github.com/aws/amazon-mwaa-docker-images (python/mwaa/utils/user_requirements.py, bin/airflow-user/safe-pip-install)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.knowledge.images import Image
from responder.knowledge.providers import DISTRIBUTION
from responder.requirements.lines import VARIABLE, File, Form, Line
from responder.requirements.masking import masked
from responder.requirements.own_constraints import Effective, ReadOwn, of_own, together, unseen, wrong
from responder.requirements.places import DAGS, HOME, NOTHING, STARTUP, below_dags
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
AIRFLOWS = "apache/airflow"
BUNDLED = f"{HOME}/.local/etc/"  # where the image keeps its own copy
# Variables of the images: https://github.com/aws/amazon-mwaa-docker-images (images/airflow/*/Dockerfile.base.j2)
PLACES = {
    "AIRFLOW_HOME": HOME,
    "AIRFLOW_USER_HOME": HOME,
    "AIRFLOW_CONSTRAINTS_FILE": f"{BUNDLED}airflow_constraints.txt",
}


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
    pins, twice = together(parts)
    return Effective(
        pins,
        (*twice, *(each for part in parts for each in part.extra)),
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
    if value == NOTHING:
        return Effective({}, (), of_image=False, problems=(_emptied(line),))
    if reason := _not_at_hand(value):
        likely = image.pins if AIRFLOWS in value else {}
        return unseen(f"the constraints at {masked(value)}: {reason}", likely)
    if below := below_dags(value):
        return of_own(line, below, image, read)
    return wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, _unreachable(value, image))


def _emptied(line: Line) -> Problem:
    return Problem(
        ProblemClass.CONSTRAINT_DISABLED,
        line.number,
        masked(line.body),
        "MWAA takes it for the file's constraints and applies none of Airflow's: only the essential list guards.",
    )


def _not_at_hand(value: str) -> str | None:
    """Why a file that may well be there cannot be read here: not one that is meant to be Airflow's own, nor a page for people."""
    if "${" in value:
        return "its address depends on an environment variable"
    if "://" in value and not value.startswith("file:"):
        page = "://github.com/" in value and "/raw/" not in value
        return None if page or AIRFLOWS in value else "only Airflow's own are known here"
    filled = value.startswith(STARTUP) and below_dags(value) is None
    return "it is on the image only" if filled else None


def _unreachable(value: str, image: Image) -> str:
    where = masked(value)
    if "://" in value:
        return f"{where} is no constraints file of Airflow's that is known; where MWAA cannot fetch it, it installs nothing. Take {image.constraints_url}."
    return f"{where} does not exist on MWAA, which copies only the requirements file: put it into the DAGs folder and name it {DAGS}…, or take {image.constraints_url}."


def _of_published(line: Line, value: str, published: re.Match[str], image: Image) -> Effective:
    if not RIGHT_PLACE.fullmatch(value):
        return wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, _unreachable(value, image))
    if (published["airflow"], published["python"]) != (image.airflow, image.python):
        return wrong(
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
