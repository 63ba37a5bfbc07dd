"""What a deployer chooses, read from cdk.json's context (key `responder`) and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from infra import forms
from infra.choices import BadSettings, Section
from infra.contradictions import contradictions
from infra.log_patterns import LogType

__all__ = ["AlertPolicy", "BadSettings", "Bundle", "Channel", "Environment", "Route", "Settings"]

_DAY = 24 * 60


class AlertPolicy(StrEnum):
    """When a failed try is worth a message."""

    WHEN_HOPELESS_OR_LAST = "when-hopeless-or-last-try"
    EVERY_ATTEMPT = "every-attempt"


class Channel(StrEnum):
    """Where a message can go."""

    SNS = "sns"
    AMAZON_Q = "amazon-q"
    SLACK_WEBHOOK = "slack-webhook"
    SLACK_BOT = "slack-bot"
    EVENT_BUS = "event-bus"


class Bundle(StrEnum):
    """What the functions' code is built for."""

    LAMBDA = "lambda"  # Python 3.13 on arm64
    THIS_MACHINE = "this-machine"  # the interpreter at hand, so that the very bundle can run here


@dataclass(frozen=True, slots=True)
class Environment:
    """One MWAA environment to watch."""

    name: str
    airflow_version: str
    bucket: str
    execution_role_arn: str
    kms_key_arn: str | None  # customer managed key of bucket and environment; None: keys of AWS
    logs: Mapping[LogType, str]  # log group names; only those that exist


@dataclass(frozen=True, slots=True)
class Route:
    """Which failures go to which channels. Patterns are shell-style; the first route that fits decides."""

    channels: tuple[Channel, ...]
    environment: str
    dag: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between two deployments."""

    environments: tuple[Environment, ...]
    account: str | None
    region: str | None
    emails: tuple[str, ...]
    alarm_emails: tuple[str, ...]
    amazon_q: bool
    slack_webhook_secret_arn: str | None
    slack_bot_secret_arn: str | None
    slack_channel: str | None
    event_bus: str | None
    routes: tuple[Route, ...]
    alert_policy: AlertPolicy
    follow_up_minutes: int
    quiet_minutes: int
    delay_seconds: int
    index_url: str | None  # None: the public index
    index_secret_arn: str | None
    secrets_key_arn: str | None
    simulated_role_arns: tuple[str, ...]
    log_retention_days: int
    bundle: Bundle

    @staticmethod
    def from_context(context: Any) -> Settings:
        """Reads the value of `responder` in cdk.json's context. Raises BadSettings with a sentence for each mistake."""
        top = Section(context, "responder")
        settings = Settings(
            environments=_environments(top.section("environments")),
            account=top.optional("account", forms.ACCOUNT, "a number of 12 digits in quotes"),
            region=top.optional("region", forms.REGION, "a region such as eu-west-1"),
            emails=top.texts("emails", forms.EMAIL, "e-mail addresses"),
            alarm_emails=top.texts("alarm_emails", forms.EMAIL, "e-mail addresses"),
            amazon_q=top.flag("amazon_q"),
            slack_webhook_secret_arn=top.optional("slack_webhook_secret_arn", forms.SECRET, forms.WHOLE_ARN),
            slack_bot_secret_arn=top.optional("slack_bot_secret_arn", forms.SECRET, forms.WHOLE_ARN),
            slack_channel=top.optional("slack_channel", forms.SLACK_CHANNEL, "a channel's id such as C0123456789"),
            event_bus=top.optional("event_bus", forms.BUS, "the name of an event bus, such as default"),
            routes=tuple(_route(each) for each in top.sections("routes")),
            alert_policy=top.choice("alert_policy", AlertPolicy, AlertPolicy.WHEN_HOPELESS_OR_LAST),
            follow_up_minutes=top.number("follow_up_minutes", 15, 1, _DAY),
            quiet_minutes=top.number("quiet_minutes", 360, 1, 30 * _DAY),
            delay_seconds=top.number("delay_seconds", 20, 0, forms.LONGEST_DELAY),
            index_url=top.optional("index_url", forms.INDEX, "an address without a user name"),
            index_secret_arn=top.optional("index_secret_arn", forms.SECRET, forms.WHOLE_ARN),
            secrets_key_arn=top.optional("secrets_key_arn", forms.KEY, "a key's ARN"),
            simulated_role_arns=top.texts("simulated_role_arns", forms.ROLE, "ARNs of roles"),
            log_retention_days=top.number("log_retention_days", 30, 1, forms.RETENTIONS[-1]),
            bundle=top.choice("bundle", Bundle, Bundle.LAMBDA),
        )
        for sentence in contradictions(settings):
            top.complain(sentence)
        top.finish()
        return settings

    @property
    def role_arns(self) -> tuple[str, ...]:
        """The roles whose permissions may be simulated."""
        executing = (environment.execution_role_arn for environment in self.environments)
        return tuple(sorted({*executing, *self.simulated_role_arns}))

    @property
    def secret_arns(self) -> tuple[str, ...]:
        """The secrets that the responder reads."""
        named = (self.slack_webhook_secret_arn, self.slack_bot_secret_arn, self.index_secret_arn)
        return tuple(arn for arn in named if arn)

    @property
    def channels(self) -> frozenset[Channel]:
        """What is set up to receive messages."""
        present = {
            Channel.SNS: True,  # there is always a topic, and anybody may subscribe to it
            Channel.AMAZON_Q: self.amazon_q,
            Channel.SLACK_WEBHOOK: self.slack_webhook_secret_arn is not None,
            Channel.SLACK_BOT: self.slack_bot_secret_arn is not None,
            Channel.EVENT_BUS: self.event_bus is not None,
        }
        return frozenset(channel for channel, there in present.items() if there)


def _environments(section: Section) -> tuple[Environment, ...]:
    return tuple(_environment(name, section.section(name)) for name in section.names(forms.ENVIRONMENT_NAME))


def _environment(name: str, section: Section) -> Environment:
    logs = section.section("logs")
    return Environment(
        name=name,
        airflow_version=section.required("airflow_version", forms.AIRFLOW, "a version such as 2.10.3"),
        bucket=section.required("bucket", forms.BUCKET, "the name of the bucket that holds the DAGs"),
        execution_role_arn=section.required("execution_role_arn", forms.ROLE, "a role's ARN"),
        kms_key_arn=section.optional("kms_key_arn", forms.KEY, "a key's ARN (arn:…:key/…)"),
        logs={kind: logs.required(kind, forms.LOG_GROUP, "a log group's name") for kind in logs.members(LogType)},
    )


def _route(section: Section) -> Route:
    return Route(
        channels=section.choices("channels", Channel),
        environment=section.pattern("environment"),
        dag=section.pattern("dag"),
        category=section.pattern("category"),
    )
