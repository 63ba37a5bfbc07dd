"""Connections and variables that are defined nowhere."""

import pytest
from responder.evidence.not_defined import missing_connection, missing_variable, name_in


@pytest.mark.parametrize(
    "text",
    [
        "The conn_id `zendesk` isn't defined",
        "CONNECTION_NOT_FOUND: {'conn_id': 'zendesk'}",
        "Connection 'zendesk' not found",
    ],
)
def test_a_connection(text):
    found = missing_connection(text)
    assert found is not None
    assert name_in(found) == "zendesk"


@pytest.mark.parametrize(
    "text",
    [
        "'Variable limit does not exist'",
        "VARIABLE_NOT_FOUND: {'key': 'limit'}",
        "'VariableAccessor object' has no attribute 'limit'",
    ],
)
def test_a_variable(text):
    found = missing_variable(text)
    assert found is not None
    assert name_in(found) == "limit"


def test_other_things_that_do_not_exist():
    assert missing_connection("Connection refused") is None
    assert missing_variable("The variable cost does not matter") is None
