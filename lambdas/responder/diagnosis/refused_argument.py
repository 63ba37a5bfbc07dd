"""An argument that one of Airflow's classes refuses: whether another release takes it, and what was probably meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.airflow_release import ARGUMENTS, INVALID, unexpected_arguments
from responder.knowledge import arguments

MOST_SHOWN = 12  # arguments of a class that a step names

# BashOperator.__init__() got an unexpected keyword argument 'bash_comand'
_CONSTRUCTOR = re.compile(r"\b(\w{1,100})\.__init__\(\) got an unexpected keyword argument")


class Refused(NamedTuple):
    """The class, where the message names it, and the arguments that it does not take."""

    class_name: str | None
    names: tuple[str, ...]

    @property
    def of_another_release(self) -> tuple[str, ...]:
        """Those that some release of Airflow, or of the class's provider, takes."""
        return tuple(name for name in self.names if name in ARGUMENTS or self.taken_by(name))

    def taken_by(self, name: str) -> tuple[str, ...]:
        """The MWAA images whose version of the class takes the argument, oldest first."""
        return arguments.taken_by(self.class_name, name) if self.class_name else ()


def refused(message: str) -> Refused:
    """What a message about arguments says; no names where it is about something else."""
    head = message[:2_000]
    found = _CONSTRUCTOR.search(head) or INVALID.search(head)
    return Refused(found[1].rpartition(".")[2] if found else None, unexpected_arguments(head))


def meant(message: str) -> str | None:
    """A step that names the argument which was probably meant, or those that there are; None for an unknown class."""
    found = refused(message)
    images = arguments.images_with(found.class_name) if found.class_name else ()
    if not (found.class_name and found.names and images):
        return None
    alike = [(name, arguments.nearest(found.class_name, name, images[-1])) for name in found.names]
    told = "; ".join(f"{' or '.join(nearest)} instead of {name}" for name, nearest in alike if nearest)
    if told:
        return f"{found.class_name} does not take what it was given; it takes {told}."
    own = arguments.accepted(found.class_name, images[-1])
    if not own:
        return None
    more = f" and {len(own) - MOST_SHOWN} more" if len(own) > MOST_SHOWN else ""
    listed = ", ".join(own[:MOST_SHOWN])
    return f"Besides what every operator takes, {found.class_name} takes {listed}{more} (Airflow {images[-1]})."
