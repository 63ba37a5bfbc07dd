"""The constraints in force, and the user's own files of them, as far as those can be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from responder.inquiry.question import CouldNot
from responder.knowledge.images import Image
from responder.requirements.lines import Form, Line, parse
from responder.requirements.masking import masked
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.spelling import pin_of

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


def together(parts: Sequence[Effective]) -> tuple[dict[str, str], list[str]]:
    """The pins of all, and those that contradict an earlier one: pip adds both up."""
    pins: dict[str, str] = {}
    given = [each for part in parts for each in part.pins.items()]
    twice = [f"{name}=={version}" for name, version in given if pins.setdefault(name, version) != version]
    return pins, twice


def wrong(line: Line, image: Image, kind: ProblemClass, why: str) -> Effective:
    """A line that cannot work, as if it had been corrected."""
    problem = Problem(kind, line.number, masked(line.body), why)
    return Effective(image.pins, (), of_image=True, problems=(problem,))


def unseen(what: str, pins: Mapping[str, str] = MappingProxyType({})) -> Effective:
    """Constraints that are there and cannot be read; `pins`: those that they most likely are."""
    by = "the image's own" if pins else "MWAA's essential ones alone"
    return Effective(pins, (), of_image=False, not_checked=(f"{what}; judged by {by}",))


def of_own(line: Line, path: str, image: Image, read: ReadOwn) -> Effective:
    """A file of the DAGs folder."""
    try:
        text = read(path)
    except CouldNot as reason:
        return unseen(f"the constraints in dags/{path}: {reason}")
    if text is None:
        why = f"The DAGs folder has no {path}: pip stops at this line. Put it there, or take {image.constraints_url}."
        return wrong(line, image, ProblemClass.CONSTRAINT_UNREACHABLE, why)
    pins: dict[str, str] = {}
    extra: list[str] = []
    for each in parse(text).of_form(Form.REQUIREMENT):
        name, pin = each.name, pin_of(each)
        if name and pin and name not in pins and not (each.requirement and each.requirement.marker):
            pins[name] = pin
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
