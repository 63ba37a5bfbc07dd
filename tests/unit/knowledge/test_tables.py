from importlib.resources import files

import pytest
from responder import knowledge
from responder.knowledge import airflow_names, arguments, imports
from responder.knowledge.tables import made

MOST_BYTES = 700_000


@pytest.mark.parametrize("table", [airflow_names.TABLE, arguments.TABLE, imports.TABLE])
def test_a_table_says_when_and_for_which_images_it_was_made(table: str) -> None:
    found = made(table)
    assert found.date[:3] == "202"
    assert found.versions == airflow_names.versions()


def test_the_tables_are_small_enough_to_travel() -> None:
    folder = files(knowledge)
    assert (
        sum(len(folder.joinpath(table).read_bytes()) for table in (airflow_names.TABLE, arguments.TABLE, imports.TABLE))
        < MOST_BYTES
    )
