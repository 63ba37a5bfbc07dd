"""A deployer's mistakes are told apart, each in one sentence, all at once."""

import contextlib
import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.choices import BadSettings
from infra.settings import AlertPolicy, Channel, Settings
from tests.infra.example import EVERYTHING


def complaint(**changes):
    with pytest.raises(BadSettings) as bad:
        Settings.from_context({**copy.deepcopy(EVERYTHING), **changes})
    return str(bad.value)


def environment(**changes):
    return {"environments": {"analytics": {**EVERYTHING["environments"]["analytics"], **changes}}}


def test_reads_everything():
    settings = Settings.from_context(EVERYTHING)
    assert [each.name for each in settings.environments] == ["analytics", "billing"]
    assert settings.environments[1].logs == {"Task": "airflow-billing-Task"}
    assert settings.environments[1].kms_key_arn is None
    assert settings.channels == set(Channel)
    assert settings.routes[0].dag == "*"
    assert settings.role_arns == (
        "arn:aws:iam::123456789012:role/billing-execution",
        "arn:aws:iam::123456789012:role/glue-job",
        "arn:aws:iam::123456789012:role/service-role/analytics-execution",
    )


def test_nothing_is_enough():
    """MWAA Serverless needs no environment, and a topic is there in any case."""
    settings = Settings.from_context({})
    assert settings.environments == ()
    assert settings.channels == {Channel.SNS}
    assert settings.alert_policy is AlertPolicy.WHEN_HOPELESS_OR_LAST


def test_reads_text_from_the_command_line():
    assert Settings.from_context('{"emails": ["a@example.com"]}').emails == ("a@example.com",)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param(
            environment(bucket="My_Bucket"),
            'responder.environments.analytics: bucket must be the name of the bucket that holds the DAGs, not "My_Bucket".',
            id="a bucket's name",
        ),
        pytest.param(
            environment(execution_role_arn="analytics-execution"),
            'responder.environments.analytics: execution_role_arn must be a role\'s ARN, not "analytics-execution".',
            id="a role's name instead of its ARN",
        ),
        pytest.param(
            environment(airflow_version=None),
            "responder.environments.analytics: airflow_version must be a version such as 2.10.3.",
            id="a version that is missing",
        ),
        pytest.param(
            environment(logs={"Tasks": "airflow-analytics-Task"}),
            "responder.environments.analytics.logs: Tasks is not a setting; Task is.",
            id="a kind of log that does not exist",
        ),
        pytest.param(
            environment(logs="Task"),
            "responder.environments.analytics.logs: must be an object.",
            id="text where an object belongs",
        ),
        pytest.param(
            {"environments": {"1st": {}}},
            "responder.environments: '1st' is not a valid name.",
            id="an environment's name",
        ),
        pytest.param({"email": []}, "responder: email is not a setting; emails is.", id="a misspelt setting"),
        pytest.param(
            {"emails": "a@example.com"}, 'responder: emails must be a list, not "a@example.com".', id="no list"
        ),
        pytest.param(
            {"emails": ["on-call"]},
            'responder: emails must be a list of e-mail addresses; "on-call" is none.',
            id="an address without a host",
        ),
        pytest.param(
            {"alert_policy": "always"},
            'responder: alert_policy must be one of when-hopeless-or-last-try, every-attempt, not "always".',
            id="a policy that does not exist",
        ),
        pytest.param(
            {"delay_seconds": 3600},
            "responder: delay_seconds must be a whole number from 0 to 900, not 3600.",
            id="a delay that SQS does not know",
        ),
        pytest.param(
            {"quiet_minutes": True},
            "responder: quiet_minutes must be a whole number from 1 to 43200, not true.",
            id="true is not a number",
        ),
        pytest.param(
            {"amazon_q": "yes"}, 'responder: amazon_q must be true or false, not "yes".', id="yes is not true"
        ),
        pytest.param(
            {"log_retention_days": 45},
            "responder: log_retention_days must be one of 7, 14, 30, 60, 90, 180, 365, 731.",
            id="a retention that CloudWatch does not know",
        ),
        pytest.param(
            {"slack_channel": None},
            "responder: slack_bot_secret_arn needs slack_channel, the id of the channel that the bot posts to.",
            id="a bot without a channel",
        ),
        pytest.param(
            {"amazon_q": False, "routes": [{"channels": ["amazon-q"]}]},
            "responder: routes[0] names amazon-q, which is not set up.",
            id="a route to nowhere",
        ),
        pytest.param(
            {"routes": [{"channels": ["sns"], "category": "dag_code"}]},
            "responder: routes[0] fits no category; they are environment, permissions, dag-code, configuration, network, "
            "capacity, dependency, unknown.",
            id="a route for a category that does not exist",
        ),
        pytest.param(
            {"quiet_minutes": 20, "follow_up_minutes": 15},
            "responder: quiet_minutes must be at least twice follow_up_minutes, or an incident is over before it is summed up.",
            id="over before it is summed up",
        ),
        pytest.param(
            {"routes": [{"channels": ["fax"]}]},
            "responder.routes[0]: channels must be a list of sns, amazon-q, slack-webhook, slack-bot, event-bus; "
            '"fax" is none.',
            id="a channel that does not exist",
        ),
        pytest.param(
            {"routes": [{"dag": "sales-*"}]},
            "responder.routes[0]: channels must list at least one of "
            "sns, amazon-q, slack-webhook, slack-bot, event-bus.",
            id="a route without channels",
        ),
        pytest.param(
            {"routes": [{"channels": ["sns"]}] * 21},
            "responder: routes may have 20 entries: a function's environment, in which they travel, holds 4 kB.",
            id="more routes than travel",
        ),
        pytest.param(
            {"account": "111122223333"},
            "responder: arn:aws:iam::123456789012:role/glue-job is in another account than 111122223333; "
            "nothing there can be simulated from here.",
            id="a role of another account",
        ),
        pytest.param(
            {"account": 123456789012}, "responder: account must be a number of 12 digits in quotes", id="account"
        ),
        pytest.param(
            {"slack_webhook_secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack"},
            "responder: slack_webhook_secret_arn must be a secret's whole ARN, with the six characters at its end, not",
            id="a part of a secret's ARN",
        ),
        pytest.param(
            {"emails": ["a@b.org", "a@b.org"]}, 'responder: emails has "a@b.org" twice.', id="an e-mail twice"
        ),
        pytest.param(
            {
                "environments": {
                    name: {**EVERYTHING["environments"]["analytics"], "logs": {"Task": "airflow-analytics-Task"}}
                    for name in ("analytics", "copy")
                }
            },
            "responder: environments analytics and copy both name the log group airflow-analytics-Task.",
            id="a log group of two environments",
        ),
        pytest.param(
            {
                "environments": {
                    "analytics": {
                        **EVERYTHING["environments"]["analytics"],
                        "logs": {"Task": "airflow-a", "Worker": "airflow-a"},
                    }
                }
            },
            "responder: environment analytics names the log group airflow-a twice.",
            id="a log group of two kinds",
        ),
        pytest.param(
            {"index_url": "https://me:secret@index.example.com/simple"},
            "responder: index_url must be an address without a user name",
            id="a password in an address",
        ),
        pytest.param(
            {"index_url": "http://index.example.com/simple"},
            "responder: index_url must be an https address where there is an index_secret_arn to send to it.",
            id="a password over plain http",
        ),
    ],
)
def test_says_what_is_wrong(changes, sentence):
    assert sentence in complaint(**changes)


def test_says_everything_at_once():
    text = complaint(emails="x", amazon_q=3, **environment(bucket="B"))
    assert len(text.splitlines()) == 3


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([*EVERYTHING, "Task", "sns"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*EVERYTHING, "logs", "bucket", "channels", "x"]), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_never_breaks(context):
    """Whatever a person writes is read, or refused with a sentence."""
    with contextlib.suppress(BadSettings):
        Settings.from_context(context)


@pytest.mark.parametrize("context", ["x", 3, [], None])
def test_refuses_what_is_no_object(context):
    with pytest.raises(BadSettings):
        Settings.from_context(context)
