"""The whole catalogue over logs that nobody wrote: no rule breaks, no remedy is empty."""

from hypothesis import given, settings
from hypothesis import strategies as st
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import claims, diagnose
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.model import Failure, Kind, LogEvent, Place

from cli.cases import failures_of
from tests.labelled_logs import CASES


def lines():
    """Every line of the labelled logs, once."""
    events = (event for case in CASES.values() for each in failures_of(case) for event in each.events)
    return st.sampled_from(sorted({line for event in events for line in event.message.split("\n")}))


GROUPS = st.sampled_from(["airflow-x-Task", "airflow-x-DAGProcessing", "airflow-x-Scheduler", "airflow-x-Worker", None])


def test_the_catalogue_is_read_once_and_sorted():
    rules = load()
    assert load() is rules
    assert [(rule.category.value, rule.cause) for rule in rules] == sorted(
        (rule.category.value, rule.cause) for rule in rules
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.deferred(lines), st.text(max_size=50)), max_size=40),
    st.sampled_from(list(Kind)),
    GROUPS,
    st.booleans(),
)
def test_any_lines_are_diagnosed(logged, kind, group, joined):
    """Real lines in any order, cut from their context, with anything between them."""
    messages = ["\n".join(logged)] if joined else logged
    evidence = gather(Failure(kind, Place(log_group=group), tuple(LogEvent(1, message) for message in messages)))
    assert claims(evidence, load())[1] == ()
    diagnosis = diagnose(evidence, load())
    assert diagnosis is None or all(
        (diagnosis.cause, diagnosis.propose(NO_ANSWERS).steps, diagnosis.propose(NO_ANSWERS).summary)
    )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CASES)), st.data())
def test_a_log_that_was_cut_anywhere_is_diagnosed(name, data):
    for failure in failures_of(CASES[name]):
        text = "\n".join(event.message for event in failure.events)
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        evidence = gather(Failure(failure.kind, failure.place, (LogEvent(1, text[start:end]),)))
        assert claims(evidence, load())[1] == ()
