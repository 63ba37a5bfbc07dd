"""The stack: wires the constructs and grants. What is what stands in them, and what a deployer chooses in the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aws_cdk import CfnOutput, Duration, Stack, aws_lambda, aws_lambda_event_sources
from constructs import Construct
from pypi_simple import PYPI_SIMPLE_ENDPOINT

from infra import bundle
from infra.acknowledged import acknowledge
from infra.failure_sources import FailureSources
from infra.notifications import Notifications
from infra.python_function import PythonFunction, Run
from infra.reading import allow_reading
from infra.settings import Bundle, Settings
from infra.state import State, dead_letters
from infra.watch import Watch, Watched

INTAKE_TIMEOUT = Duration.seconds(30)
RESPONDER_TIMEOUT = Duration.seconds(120)
# Six times the function's time-out: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY = Duration.seconds(6 * 120)
INTAKE_MEMORY_MB = 512
# Memory buys processor time; the resolver is the one that needs it.
RESPONDER_MEMORY_MB = 1024
# Where every source and channel is slow one alone may need most of the time-out, and one that kills the function (a
# resolver that takes all memory) must not take another along to the dead letters.
SIGHTINGS_AT_ONCE = 1
# IAM and CloudWatch Logs throttle long before Lambda does.
RESPONDERS_AT_ONCE = 5


class ResponderStack(Stack):
    """Everything. Attributes: the constructs, for tests and outputs."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings, **props: Any) -> None:
        super().__init__(scope, name, description="MWAA Failure Responder", **props)
        self._where = {Bundle.LAMBDA: bundle.LAMBDA, Bundle.THIS_MACHINE: bundle.this_machine()}[settings.bundle]
        self._code = aws_lambda.Code.from_asset(str(bundle.code(self._where)))
        self.notifications = Notifications(
            self,
            "Notifications",
            emails=settings.emails,
            alarm_emails=settings.alarm_emails,
            amazon_q=settings.amazon_q,
        )
        self.state = State(self, "State", delay=Duration.seconds(settings.delay_seconds), visibility=VISIBILITY)
        self.lost_events = dead_letters(self, "LostEvents")
        self.intake = self._intake(settings)
        self.responder = self._responder(settings)
        self.sources = FailureSources(
            self,
            "FailureSources",
            function=self.intake.function,
            environments=settings.environments,
            dead_letter_queue=self.lost_events,
        )
        Watch(self, "Watch", watched=self._watched(settings), topic=self.notifications.alarm_topic)
        self._outputs()
        acknowledge(self, self.intake, self.responder)

    def _intake(self, settings: Settings) -> PythonFunction:
        intake = PythonFunction(
            self,
            "Intake",
            run=self._run("intake", INTAKE_MEMORY_MB, INTAKE_TIMEOUT, settings),
            code=self._code,
            dead_letter_queue=self.lost_events,
            environment={
                "QUEUE_URL": self.state.queue.queue_url,
                "DEAD_LETTER_QUEUE_URL": self.lost_events.queue_url,
            },
        )
        intake.may("sqs:SendMessage", on=[self.state.queue.queue_arn, self.lost_events.queue_arn])
        return intake

    def _responder(self, settings: Settings) -> PythonFunction:
        resolver = aws_lambda.LayerVersion(
            self,
            "Resolver",
            code=aws_lambda.Code.from_asset(str(bundle.resolver_layer(self._where))),
            compatible_architectures=[aws_lambda.Architecture.custom(self._where.machine)],
            description="uv, which proves requirements.txt",
        )
        responder = PythonFunction(
            self,
            "Responder",
            # A follow-up that is hours away travels through the queue again and again, a quarter of an hour at a time.
            run=replace(self._run("responder", RESPONDER_MEMORY_MB, RESPONDER_TIMEOUT, settings), calls_itself=True),
            code=self._code,
            layers=[resolver],
            environment=self._variables(settings),
        )
        self._grant(responder, settings)
        responder.function.add_event_source(
            aws_lambda_event_sources.SqsEventSource(
                self.state.queue,
                batch_size=SIGHTINGS_AT_ONCE,
                max_concurrency=RESPONDERS_AT_ONCE,
                report_batch_item_failures=True,
            )
        )
        return responder

    def _grant(self, responder: PythonFunction, settings: Settings) -> None:
        allow_reading(responder, settings)
        responder.may("sqs:SendMessage", on=[self.state.queue.queue_arn])  # follow-ups come back through the queue
        responder.may(
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            on=[self.state.table.table_arn],
        )
        responder.may("sns:Publish", on=self.notifications.topic_arns)
        responder.may("kms:Decrypt", "kms:GenerateDataKey", on=[self.notifications.key_arn])
        responder.may("events:PutEvents", on=self._buses(settings))

    def _buses(self, settings: Settings) -> list[str]:
        names = [settings.event_bus] if settings.event_bus else []
        return [self.format_arn(service="events", resource="event-bus", resource_name=name) for name in names]

    def _variables(self, settings: Settings) -> dict[str, str]:
        """What `responder.settings` reads; those that are not set stay away."""
        q_topic = self.notifications.amazon_q_topic
        variables = {
            "QUEUE_URL": self.state.queue.queue_url,
            "TABLE_NAME": self.state.table.table_name,
            "INDEX_URL": settings.index_url or PYPI_SIMPLE_ENDPOINT,
            "INDEX_SECRET_ARN": settings.index_secret_arn,
            "TOPIC_ARN": self.notifications.topic.topic_arn,
            "AMAZON_Q_TOPIC_ARN": q_topic.topic_arn if q_topic else None,
            "SLACK_WEBHOOK_SECRET_ARN": settings.slack_webhook_secret_arn,
            "SLACK_BOT_SECRET_ARN": settings.slack_bot_secret_arn,
            "SLACK_CHANNEL": settings.slack_channel,
            "EVENT_BUS_NAME": settings.event_bus,
            "UV_PATH": "/opt/bin/uv",  # where Lambda unpacks layers
            "RESPONDER_CHOICES": json.dumps(_choices(settings), separators=(",", ":")),
        }
        return {name: value for name, value in variables.items() if value}

    def _run(self, name: str, memory_mb: int, timeout: Duration, settings: Settings) -> Run:
        return Run(
            handler=f"responder.{name}_handler.handle",
            where=self._where,
            memory_mb=memory_mb,
            timeout=timeout,
            log_retention_days=settings.log_retention_days,
        )

    def _watched(self, settings: Settings) -> Watched:
        topics = {"Failures": self.notifications.topic, "AmazonQ": self.notifications.amazon_q_topic}
        return Watched(
            functions={"Intake": self.intake.function, "Responder": self.responder.function},
            queue=self.state.queue,
            dead_letters={
                "DeadSightings": self.state.dead_letters,
                "LostEvents": self.lost_events,
                "UndeliveredEmails": self.notifications.undelivered,
            },
            topics={name: topic for name, topic in topics.items() if topic},
            rules=self.sources.rules,
            environments=settings.environments,
            filter_name=self.sources.filter_name,
        )

    def _outputs(self) -> None:
        values = {
            "TopicArn": self.notifications.topic.topic_arn,
            "AlarmTopicArn": self.notifications.alarm_topic.topic_arn,
            "QueueUrl": self.state.queue.queue_url,
            "DeadSightingsUrl": self.state.dead_letters.queue_url,
            "LostEventsUrl": self.lost_events.queue_url,
            "TableName": self.state.table.table_name,
            "IntakeName": self.intake.function.function_name,
            "ResponderName": self.responder.function.function_name,
        }
        for name, value in values.items():
            CfnOutput(self, name, value=value)


def _choices(settings: Settings) -> Mapping[str, Any]:
    return {
        "alert_policy": settings.alert_policy,
        "follow_up_minutes": settings.follow_up_minutes,
        "quiet_minutes": settings.quiet_minutes,
        "routes": [
            {"channels": route.channels, "environment": route.environment, "dag": route.dag, "category": route.category}
            for route in settings.routes
        ],
    }
