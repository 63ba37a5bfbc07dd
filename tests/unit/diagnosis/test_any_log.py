"""Logs are written by strangers: whatever stands in one, every rule answers and says little."""

from hypothesis import given, settings
from hypothesis import strategies as st
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.intake.event import read_text

from tests.stand_ins.task_log import END, HEAD

# Words that rules look for, cut and joined at random: nearly what they know, and not quite
WORDS = st.sampled_from(
    [
        "An error occurred (", "Throttling", ") when calling the ", "Put operation: ", "User: arn:aws:iam::1:", " is not authorized to perform: ",
        "host='", "', port=", "Failed to resolve '", "Connection refused", "[SSL: ", "ORA-00942", 'relation "', '" does not exist', "404 Client Error: ",
        "Status Code: 5", "Exiting Job jr_", " Run State: FAILED", "EMR Steps failed: s-", "Pod ", " returned a failure", "exit code ", "137", "-9",
        "The conn_id `", "` isn't defined", "Variable ", "No module named '", "cannot import name '", "' from '", "{{", "}}", '"', "'", "(", ")", "[", "]",
        "\n", '\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n', "Traceback (most recent call last):\n", "KeyError: ", "AirflowException: ", "\x00", "\x1b[31m", "é", "\u202e", "https://", "<!channel>",
    ]
)  # fmt: skip
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=40).map("".join)


@settings(max_examples=150)
@given(
    before=TEXT,
    message=TEXT,
    exception=st.sampled_from(
        ["KeyError", "airflow.exceptions.AirflowException", "psycopg2.errors.UndefinedTable", "OSError"]
    ),
)
def test_no_rule_breaks_and_what_is_said_is_bounded(before, message, exception):
    log = f'{before}\n{HEAD}Traceback (most recent call last):\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n    g()\n{exception}: {message}{END}'
    for failure in read_text(log):
        diagnosis = diagnose(gather(failure), load())
        if diagnosis:
            assert diagnosis.broken_rules == ()
            assert all(len(line) <= 2_000 for line in diagnosis.evidence)
            assert all(len(str(fact)) <= 2_000 for fact in diagnosis.facts.values())
            assert diagnosis.propose(NO_ANSWERS).steps
