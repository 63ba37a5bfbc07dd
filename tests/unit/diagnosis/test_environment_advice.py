"""Advice that depends on the environment."""

import pytest
from responder.diagnosis.environment_advice import (
    ENVIRONMENT,
    against_scale_in,
    fewer_tasks,
    known,
    larger_class,
    last_update,
    memory_share,
    own_groups,
    unknown_because,
)
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.question import Answers, Unanswered


def environment(**fields) -> EnvironmentFacts:
    return EnvironmentFacts(
        "analytics", "arn:aws:airflow:eu-west-1:123456789012:environment/analytics", "AVAILABLE", **fields
    )


MEDIUM = environment(environment_class="mw1.medium", min_workers=1, max_workers=5, security_groups=("sg-1",))


def test_the_share_of_a_task_is_told_in_the_numbers_of_the_class():
    assert "mw1.medium: a worker has 4 GB and runs up to 10 tasks at once: about 0.4 GB" in memory_share(MEDIUM)


def test_a_tuned_environment_is_not_told_the_default():
    tuned = environment(environment_class="mw1.medium", configuration_options=("celery.worker_autoscale",))
    assert "up to 10" not in memory_share(tuned)


@pytest.mark.parametrize("unknown", [None, environment(environment_class="mw9.huge"), environment()])
def test_an_unknown_class_gets_general_advice(unknown):
    assert "0.4 GB" in memory_share(unknown)
    assert "3,3" in fewer_tasks(unknown)


def test_the_largest_class_has_no_larger_one():
    assert "no larger class" in larger_class(environment(environment_class="mw1.2xlarge"))
    assert "mw1.large" in larger_class(MEDIUM)


def test_scale_in_is_no_reason_where_there_is_none():
    assert "not the reason" in against_scale_in(environment(min_workers=3, max_workers=3))
    assert "now 1 to 5" in against_scale_in(MEDIUM)


def test_groups_are_named_where_they_are_known():
    assert own_groups(MEDIUM) == "the environment's security group (sg-1)"
    assert own_groups(None) == "the environment's security group"


def test_what_could_not_be_looked_up_is_said_with_the_reason():
    assert unknown_because(Answers({ENVIRONMENT: Unanswered("MWAA throttles")})) == (
        "the environment's class, workers and network: MWAA throttles",
    )
    assert unknown_because(Answers({ENVIRONMENT: MEDIUM})) == ()
    assert known(Answers({ENVIRONMENT: MEDIUM})) is MEDIUM


def test_what_mwaa_says_of_a_failed_update_is_passed_on():
    failed = environment(
        last_update_status="FAILED",
        last_update_error_code="INCORRECT_CONFIGURATION",
        last_update_error_message="Check the execution role.",
    )
    assert last_update(failed) == "MWAA says of the last update: INCORRECT_CONFIGURATION: Check the execution role. "


@pytest.mark.parametrize("unsaid", [None, MEDIUM, environment(last_update_status="FAILED")])
def test_of_an_update_that_did_not_fail_nothing_is_said(unsaid):
    assert last_update(unsaid) == ""
