"""An AWS on this machine: deploy into it, play failures, and see what arrives.

with Sandbox() as aws:
    aws.deploy(Path("cdk.out"))
    aws.play_log("airflow-prod-Task", "dag_id=…/attempt=1.log", ["…"])
    aws.messages(at_least=1)
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from moto.events.models import events_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from cli.sandbox.deployment import Stack, deploy
from cli.sandbox.environment import MwaaEnvironment, attach, create
from cli.sandbox.slack import WEBHOOK_URL
from cli.sandbox.world import ACCOUNT, POLL_SECONDS, REGION, World

PATIENCE_SECONDS = 60.0
SLACK_SECRET = "mwaa/slack"  # noqa: S105 # its name
# AWS appends six characters of its choice to the name; these are ours, so that a template can name the secret beforehand.
SLACK_SECRET_ARN = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{SLACK_SECRET}-SaNdBo"
LAST_LINES, LONGEST_LINE = 40, 1000
# What a function failed on comes back after this, instead of after many minutes.
HURRY_SECONDS = 1
# What is delayed for longer than this, such as the look whether a follow-up is due, is not waited for.
SOON_SECONDS = 10


class NothingCame(Exception):
    """What was waited for did not come in time; says what did."""


class Sandbox(World):
    """What one does with it."""

    def deploy(self, assembly: Path) -> tuple[Stack, ...]:
        """A synthesised app. Raises NotDeployed."""
        return deploy(assembly, self.client, account=ACCOUNT, region=REGION)

    def put_environment(self, wanted: MwaaEnvironment) -> None:
        """An MWAA environment with its role, bucket and log groups."""
        described = create(wanted, self.client, account=ACCOUNT, region=REGION)
        self.mwaa.environments[wanted.name] = described

    def put_slack_secret(self, text: str = WEBHOOK_URL) -> None:
        """The secret of SLACK_SECRET_ARN, as a deployer would make it."""
        self.client("secretsmanager").create_secret(Name=SLACK_SECRET, SecretString=text)
        secretsmanager_backends[ACCOUNT][REGION].secrets[SLACK_SECRET].arn = SLACK_SECRET_ARN

    def attach(self, role_name: str, statement: Mapping[str, Any], *, policy: str = "added") -> None:
        """Gives a role one more statement."""
        attach(self.client("iam"), role_name, policy, statement)

    def hurry(self) -> None:
        """Lets no queue delay a message, and lets what a function failed on come back soon."""
        queues = self.client("sqs")
        for url in queues.list_queues().get("QueueUrls", []):
            queues.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "0"})
        self._mappings.retry_seconds = HURRY_SECONDS

    # -------------------------------------------------------------------------------------- what is played

    def play_log(self, group: str, stream: str, messages: Iterable[str], *, at_ms: int | None = None) -> None:
        """Log events as Airflow on MWAA would have written them."""
        logs = self.client("logs")
        known = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=stream)["logStreams"]
        if stream not in {each["logStreamName"] for each in known}:
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
        now = at_ms or int(time.time() * 1000)
        events = [{"timestamp": now + index, "message": text} for index, text in enumerate(messages)]
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)

    def put_event(self, event: Mapping[str, Any]) -> None:
        """An EventBridge event, also of a source that only AWS itself may use."""
        entry = {
            "Source": event["source"],
            "DetailType": event["detail-type"],
            "Detail": json.dumps(event["detail"]),
            "Resources": list(event.get("resources", ())),
        }
        events_backends[ACCOUNT][REGION].put_events([entry])

    # ---------------------------------------------------------------------------------- what comes of it

    def messages(self, at_least: int = 0, *, seconds: float = PATIENCE_SECONDS) -> list[dict[str, Any]]:
        """What was published to topics so far, with the text as a mail reader gets it. Raises NothingCame."""
        return self.wait_for(_published, at_least, seconds=seconds, what="messages in topics")

    def slack_posts(self, at_least: int = 0, *, seconds: float = PATIENCE_SECONDS) -> list[dict[str, Any]]:
        """What Slack accepted so far. Raises NothingCame."""
        return self.wait_for(lambda: self.slack.posts, at_least, seconds=seconds, what="posts at Slack")

    def waiting(self, queue_url: str, at_least: int = 0, *, seconds: float = PATIENCE_SECONDS) -> list[str]:
        """The bodies of the messages in a queue, without taking them. Raises NothingCame."""
        queue = sqs_backends[ACCOUNT][REGION].get_queue(queue_url.rpartition("/")[2])
        return self.wait_for(
            lambda: [each.body for each in _all_messages(queue)],
            at_least,
            seconds=seconds,
            what=f"messages in {queue.name}",
        )

    def wait_for(self, see: Callable[[], Sequence[Any]], at_least: int, *, seconds: float, what: str) -> list[Any]:
        """Looks until there are enough. Raises NothingCame, or what broke in the background."""
        ends = time.monotonic() + seconds
        while len(see()) < at_least:
            self._workers.check()
            if time.monotonic() > ends:
                said = "\n".join([line[:LONGEST_LINE] for line in self.log_lines if '"_aws"' not in line][-LAST_LINES:])
                raise NothingCame(
                    f"{len(see())} of {at_least} {what} after {seconds:.0f} s. The functions said:\n{said}"
                )
            time.sleep(POLL_SECONDS)
        return list(see())

    def settle(self, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits until nothing is under way and nothing waits for a function. Raises NothingCame."""
        self.wait_for(lambda: [] if self.busy() else [True], 1, seconds=seconds, what="quiet moments")

    def busy(self) -> bool:
        """Whether a function works, or is about to."""
        queues = sqs_backends[ACCOUNT][REGION]
        soon = (time.time() + SOON_SECONDS) * 1000
        waiting = (each for name in self._mappings.queue_names() for each in _all_messages(queues.get_queue(name)))
        return self._workers.busy > 0 or any(each.delayed_until < soon for each in waiting)

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Service and operation of every call that a role made."""
        return self._edge.calls

    @property
    def metrics(self) -> list[tuple[str, str, float, dict[str, str]]]:
        """Namespace, name, value and dimensions of all that functions measured."""
        return self._logs.metrics

    @property
    def log_lines(self) -> list[str]:
        """What the functions printed, oldest first."""
        return self._logs.lines


def _published() -> list[dict[str, Any]]:
    return [
        {"TopicArn": topic.arn, "Subject": subject, "Message": _for_email(text), "MessageAttributes": attributes}
        for topic in sns_backends[ACCOUNT][REGION].topics.values()
        for _, text, subject, attributes, _ in topic.sent_notifications
    ]


def _for_email(text: str) -> str:
    """A message can hold a text of its own for each protocol: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html"""
    try:
        parts = json.loads(text)
        return str(parts.get("email", parts["default"]))
    except (ValueError, KeyError, AttributeError):
        return text


def _all_messages(queue: Any) -> list[Any]:
    return list(queue._messages)  # noqa: SLF001 # SQS's own API hides what is delayed or in flight
