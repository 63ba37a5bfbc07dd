"""The files of the DAGs folder that a requirements file includes with -r."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from responder.requirements.lines import File, Form, Line, parse
from responder.requirements.places import below_dags


def included(file: File, own: Callable[[str], str | None]) -> Iterator[tuple[Line, File]]:
    """Each with the line that includes it; those that `own` finds below dags/, and not what they include in turn."""
    for line in file.of_form(Form.OPTION):
        path = below_dags(line.value) if line.option == "--requirement" else None
        text = own(path) if path else None
        if text is not None:
            yield line, parse(text)
