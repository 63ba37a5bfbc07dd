"""The template and the code agree, though neither imports the other's constants."""

import importlib
import json
import pkgutil
import re
from dataclasses import replace

import pytest
import responder
from responder import responder_handler
from responder.counting import count
from responder.incidents.policy import Reason
from responder.model import Category, Proof, ProofLevel
from responder.notify.delivery import Delivery, Result, State
from responder.pipeline import Ended, Outcome
from responder.report import metric_names
from responder.settings import ChannelName, Settings

from infra import forms
from tests.infra.example import EVERYTHING
from tests.stand_ins.samples import message

# What a function needs to run at all, and the queue's poller in its name.
BASICS = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
}
# Nobody calls these by name: S3, SNS and Secrets Manager use the key for the caller.
BEHIND_OTHERS = {"kms:Decrypt", "kms:GenerateDataKey"}
# AWS knows no resource for these: https://docs.aws.amazon.com/service-authorization/latest/reference/
WITHOUT_RESOURCE = {"sts:DecodeAuthorizationMessage", "s3:ListAllMyBuckets", "iam:GetRequestAuthorizationDetails"}


def named(resources, construct, kind):
    return next(
        each["Properties"] for name, each in resources.items() if name.startswith(construct) and each["Type"] == kind
    )


def flat(value):
    """What CloudFormation would make of it, roughly: references stand for themselves."""
    if isinstance(value, dict):
        return "".join(flat(each) for each in value.get("Fn::Join", ["", list(value.values())])[1]) or json.dumps(value)
    return "".join(flat(each) for each in value) if isinstance(value, list) else str(value)


def variables(resources, construct):
    return {
        name: flat(value)
        for name, value in named(resources, construct, "AWS::Lambda::Function")["Environment"]["Variables"].items()
    }


def statements(resources, construct):
    return named(resources, construct, "AWS::IAM::Policy")["PolicyDocument"]["Statement"]


def many(value):
    return value if isinstance(value, list) else [value]


def actions(resources, construct):
    return {action for statement in statements(resources, construct) for action in many(statement["Action"])}


def modules():
    return [importlib.import_module(each.name) for each in pkgutil.walk_packages(responder.__path__, "responder.")]


def called():
    return {action for module in modules() for action in getattr(module, "ACTIONS", ())}


def test_settings_read_what_the_stack_sets(resources):
    settings = Settings.from_env(variables(resources, "Responder"))
    assert settings.queue_url
    assert settings.table_name
    assert settings.topic_arn
    assert settings.amazon_q_topic_arn
    assert settings.slack_webhook_secret_arn == EVERYTHING["slack_webhook_secret_arn"]
    assert settings.slack_bot_secret_arn == EVERYTHING["slack_bot_secret_arn"]
    assert settings.index_secret_arn == EVERYTHING["index_secret_arn"]
    assert settings.slack_channel == "C0123456789"
    assert settings.event_bus == "default"
    assert settings.index_url.startswith("https://")
    assert settings.uv_path == "/opt/bin/uv"
    assert settings.quiet_minutes == 360
    assert settings.routes[0].channels == (ChannelName.SLACK_BOT,)
    assert settings.routes[0].environment == "billing"


def test_settings_read_what_the_stack_sets_for_intake(resources):
    settings = Settings.from_env(variables(resources, "Intake"))
    assert settings.queue_url
    assert settings.dead_letter_queue_url


def test_routes_know_the_categories():
    assert set(forms.CATEGORIES) == set(Category)


@pytest.mark.parametrize("construct", ["Intake", "Responder"])
def test_the_code_reads_every_variable(resources, construct):
    """A variable that nobody reads is a setting that does nothing."""
    source = "".join(path.read_text() for path in responder_sources())
    assert not {name for name in variables(resources, construct) if name not in source}


def responder_sources():
    from infra import bundle

    return (bundle.SOURCE / "responder").rglob("*.py")


@pytest.mark.parametrize("construct", ["Intake", "Responder"])
def test_the_handler_imports(resources, construct):
    module, _, name = named(resources, construct, "AWS::Lambda::Function")["Handler"].rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))


def test_dashboard_and_alarms_look_at_metrics_that_are_counted(resources, capsys):
    """A graph of a metric that nobody counts so, by these dimensions, stays empty, and an alarm on it silent."""
    shown = set(alarmed(resources)) | set(drawn(resources))
    assert len(shown) > 12
    assert shown <= counted(capsys)


def alarmed(resources):
    """Name and dimensions of each metric of ours that an alarm looks at."""
    for alarm in resources.values():
        if alarm["Type"] == "AWS::CloudWatch::Alarm":
            properties = alarm["Properties"]
            for each in [
                properties,
                *(one.get("MetricStat", {}).get("Metric", {}) for one in properties.get("Metrics", ())),
            ]:
                if each.get("Namespace") == metric_names.NAMESPACE:
                    yield each["MetricName"], frozenset(one["Name"] for one in each["Dimensions"])


def drawn(resources):
    """The same for the dashboard: single metrics, and searches."""
    text = json.dumps([each for each in resources.values() if each["Type"] == "AWS::CloudWatch::Dashboard"]).replace(
        "\\", ""
    )
    for name, dimensions in re.findall(r'"MwaaFailureResponder","(\w+)"((?:,"\w+","[\w-]+")+)', text):
        yield name, frozenset(dimensions.replace('"', "").split(",")[1::2])
    for dimensions, name in re.findall(r'\{MwaaFailureResponder,([\w,]+)\} MetricName="(\w+)"', text):
        yield name, frozenset(dimensions.split(","))


def counted(capsys):
    """Name and dimensions of everything that the functions count."""
    said = message()
    odd = replace(said.diagnosis, cause="unknown", broken_rules=("dns: KeyError",))
    delivery = Delivery((Result(ChannelName.SNS, State.SENT), Result(ChannelName.SLACK_BOT, State.REFUSED, "revoked")))
    for level in ProofLevel:
        told = replace(said, remedy=replace(said.remedy, proof=Proof(level, "")))
        outcome = Outcome(Ended.SILENT, Reason.REPEAT, odd, told, delivery, unanswered=1)
        count(responder_handler.metrics, said.failure, outcome, said.failure.seen_at + 1_000)
    responder_handler.metrics.flush_metrics()
    lines = [json.loads(line)["_aws"]["CloudWatchMetrics"] for line in capsys.readouterr().out.splitlines()]
    of_the_handlers = {"FollowUps", "QueueMessages", "FailuresSighted", "UnreadableEvents"}
    return {(name, frozenset({"service"})) for name in of_the_handlers} | {
        (metric["Name"], frozenset(dimensions))
        for line in lines
        for each in line
        for metric in each["Metrics"]
        for dimensions in each["Dimensions"]
    }


def test_the_responder_may_what_the_code_calls_and_nothing_else(resources):
    assert actions(resources, "Responder") - BASICS - BEHIND_OTHERS == called()


def test_intake_may_only_queue(resources):
    assert actions(resources, "Intake") == {"logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"}


@pytest.mark.parametrize("construct", ["Intake", "Responder"])
def test_no_action_is_a_pattern(resources, construct):
    assert not [action for action in actions(resources, construct) if "*" in action]


@pytest.mark.parametrize("construct", ["Intake", "Responder"])
def test_everything_is_allowed_only_where_aws_knows_no_resource(resources, construct):
    on_everything = {
        action
        for statement in statements(resources, construct)
        if "*" in many(statement["Resource"])
        for action in many(statement["Action"])
    }
    assert on_everything <= WITHOUT_RESOURCE


def test_resources_are_those_of_the_settings(resources):
    """A wildcard stands at the end of an ARN only, below a name that the deployer gave."""
    arns = [
        flat(arn)
        for statement in statements(resources, "Responder")
        for arn in many(statement["Resource"])
        if arn != "*"
    ]
    wide = [arn for arn in arns if "*" in arn]
    assert all(
        re.search(r"(analytics|billing)-?[\w-]*[:/]\*$|:policy/\*$|:/aws/mwaa-serverless/\*$", arn) for arn in wide
    ), wide
