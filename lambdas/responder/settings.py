"""What the stack tells the functions: the only reader of the environment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class BadSettings(Exception):
    """The environment variables do not make sense; the text says which and why."""


class AlertPolicy(StrEnum):
    """When a failed try is worth a message."""

    WHEN_HOPELESS_OR_LAST = "when-hopeless-or-last-try"
    EVERY_ATTEMPT = "every-attempt"


class ChannelName(StrEnum):
    """Where a message can go; the values are what a route in cdk.json names."""

    SNS = "sns"
    AMAZON_Q = "amazon-q"
    SLACK_WEBHOOK = "slack-webhook"
    SLACK_BOT = "slack-bot"
    EVENT_BUS = "event-bus"


class Route(NamedTuple):
    """Which failures go to which channels. Patterns are shell-style; the first route that fits decides."""

    channels: tuple[ChannelName, ...]
    environment: str = "*"
    dag: str = "*"
    category: str = "*"


class Settings(NamedTuple):
    """Everything that differs between two deployments."""

    queue_url: str
    dead_letter_queue_url: str | None = None  # where intake puts what can never be read
    table_name: str = ""
    index_url: str = ""
    index_secret_arn: str | None = None  # a secret with {"username": …, "password": …} for a private index
    topic_arn: str | None = None
    amazon_q_topic_arn: str | None = None
    slack_webhook_secret_arn: str | None = None
    slack_bot_secret_arn: str | None = None
    slack_channel: str | None = None
    event_bus: str | None = None
    alert_policy: AlertPolicy = AlertPolicy.WHEN_HOPELESS_OR_LAST
    follow_up_minutes: int = 15  # the first follow-up of an incident; later ones come at doubled distances
    quiet_minutes: int = 360  # an incident not seen for so long is a new one
    lease_seconds: int = (
        180  # how long a claim holds: longer than the function may run, shorter than the queue hides a sighting
    )
    routes: tuple[Route, ...] = ()
    uv_path: str | None = None  # the resolver binary, in the responder only

    @staticmethod
    def from_env(environ: Mapping[str, str]) -> Settings:
        """Reads the variables that the stack sets. Raises BadSettings."""
        try:
            choices = json.loads(environ.get("RESPONDER_CHOICES") or "{}")
            return Settings(
                queue_url=environ["QUEUE_URL"],
                dead_letter_queue_url=environ.get("DEAD_LETTER_QUEUE_URL") or None,
                table_name=environ.get("TABLE_NAME", ""),
                index_url=environ.get("INDEX_URL", ""),
                index_secret_arn=environ.get("INDEX_SECRET_ARN") or None,
                topic_arn=environ.get("TOPIC_ARN") or None,
                amazon_q_topic_arn=environ.get("AMAZON_Q_TOPIC_ARN") or None,
                slack_webhook_secret_arn=environ.get("SLACK_WEBHOOK_SECRET_ARN") or None,
                slack_bot_secret_arn=environ.get("SLACK_BOT_SECRET_ARN") or None,
                slack_channel=environ.get("SLACK_CHANNEL") or None,
                event_bus=environ.get("EVENT_BUS_NAME") or None,
                uv_path=environ.get("UV_PATH") or None,
                alert_policy=AlertPolicy(choices.get("alert_policy", AlertPolicy.WHEN_HOPELESS_OR_LAST)),
                follow_up_minutes=int(choices.get("follow_up_minutes", 15)),
                quiet_minutes=int(choices.get("quiet_minutes", 360)),
                lease_seconds=int(choices.get("lease_seconds", 180)),
                routes=tuple(_route(each) for each in choices.get("routes", ())),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadSettings(f"the function's environment variables are incomplete or wrong: {error!r}") from error


def _route(raw: Mapping[str, Any]) -> Route:
    return Route(
        channels=tuple(ChannelName(name) for name in raw["channels"]),
        environment=raw.get("environment", "*"),
        dag=raw.get("dag", "*"),
        category=raw.get("category", "*"),
    )
