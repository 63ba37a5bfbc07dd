"""Which exceptions explain themselves."""

import pytest
from responder.evidence.context import Opacity, opacity
from responder.model import Chain, Frame, Raised

DAG, PROVIDER = "/usr/local/airflow/dags/x.py", "/x/site-packages/airflow/providers/amazon/aws/operators/ecs.py"


def chain(*links):
    return Chain(tuple(Raised(name, message, (Frame(file, 1, "f"),)) for name, message, file in links))


@pytest.mark.parametrize(
    ("found", "level"),
    [
        pytest.param(None, Opacity.WRAPPED, id="no exception at all"),
        pytest.param(chain(("ZeroDivisionError", "x", DAG)), Opacity.CLEAR, id="it says what is wrong"),
        pytest.param(chain(("airflow.exceptions.AirflowException", "Pod failed", PROVIDER)), Opacity.WRAPPED, id="a provider's wrapper"),
        pytest.param(chain(("airflow.exceptions.AirflowException", "no", DAG)), Opacity.DECLARED, id="raised on purpose"),
        pytest.param(chain(("KeyError", "'exitCode'", PROVIDER)), Opacity.WRAPPED, id="a provider trips over an answer"),
        pytest.param(chain(("KeyError", "'exitCode'", DAG)), Opacity.CLEAR, id="the user's own KeyError"),
        pytest.param(chain(("KeyError", "'Variable x does not exist'", DAG)), Opacity.LOOK_UP, id="a variable"),
        pytest.param(chain(("AirflowNotFoundException", "The conn_id `x` isn't defined", PROVIDER)), Opacity.LOOK_UP, id="a connection"),
        pytest.param(chain(("ClientError", "denied", PROVIDER), ("AirflowException", "failed", PROVIDER)), Opacity.CLEAR, id="a wrapper around something that says it"),
    ],
)  # fmt: skip
def test_how_little_it_says(found, level):
    assert opacity(found) is level
