"""Everything that tells of a failure: EventBridge rules, and subscription filters on the environments' log groups."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from aws_cdk import (
    ArnFormat,
    Aws,
    Duration,
    Stack,
    aws_events,
    aws_events_targets,
    aws_lambda,
    aws_logs,
    aws_logs_destinations,
    aws_sqs,
)
from constructs import Construct

from infra.log_patterns import pattern
from infra.settings import Environment

# What MWAA Serverless and MWAA say by themselves. The fields of the details are not published, so no pattern looks at them:
# https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-airflow-serverless.html
# https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-airflow.html
# `mwaa.listener` is the listener plugin of this project.
RULES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Serverless": (
        "aws.airflow-serverless",
        (
            "MWAA Serverless Task Failed",
            "MWAA Serverless Task Timeout",
            "MWAA Serverless Workflow Run Failed",
            "MWAA Serverless Workflow Run Timeout",
        ),
    ),
    "EnvironmentStatus": ("aws.airflow", ("MWAA Environment Status Change",)),
    "Listener": ("mwaa.listener", ("Airflow Task Failed", "Airflow DAG Import Failed")),
}

# The longest and the most that EventBridge tries; after that the event is a dead letter:
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
LONGEST_AGE = Duration.hours(24)
MOST_TRIES = 185


class FailureSources(Construct):
    """Sends every kind of event to one function. Attributes: `rules`, `filter_name` (of all the subscription filters)."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        function: aws_lambda.IFunction,
        environments: Sequence[Environment],
        dead_letter_queue: aws_sqs.IQueue,
    ) -> None:
        super().__init__(scope, name)
        self._function = function
        self.filter_name = Stack.of(self).stack_name
        self.rules = [
            self._rule(rule, source, detail_types, dead_letter_queue) for rule, (source, detail_types) in RULES.items()
        ]
        for environment in environments:
            self._subscribe(environment)

    def _rule(
        self, name: str, source: str, detail_types: Sequence[str], dead_letter_queue: aws_sqs.IQueue
    ) -> aws_events.Rule:
        target = aws_events_targets.LambdaFunction(
            self._function, dead_letter_queue=dead_letter_queue, max_event_age=LONGEST_AGE, retry_attempts=MOST_TRIES
        )
        wanted = aws_events.EventPattern(source=[source], detail_type=list(detail_types))
        return aws_events.Rule(self, name, event_pattern=wanted, targets=[target])

    def _subscribe(self, environment: Environment) -> None:
        if not environment.logs:
            return
        scope = Construct(self, environment.name)
        invoke = self._permission(scope, tuple(environment.logs.values()))
        for kind, group in environment.logs.items():
            subscription = aws_logs.SubscriptionFilter(
                scope,
                kind,
                log_group=aws_logs.LogGroup.from_log_group_name(scope, f"{kind}Group", group),
                destination=aws_logs_destinations.LambdaDestination(self._function, add_permissions=False),
                filter_pattern=aws_logs.FilterPattern.literal(pattern(kind)),
                filter_name=self.filter_name,
            )
            # CloudWatch Logs tries the function when the filter is made.
            subscription.node.add_dependency(invoke)

    def _permission(self, scope: Construct, groups: Sequence[str]) -> aws_lambda.CfnPermission:
        """One for all logs of an environment: the policy of a function holds 20 kB, and that is about 50 of these."""
        shared = os.path.commonprefix(groups)  # noqa: RUF071 - not a path: airflow-<environment>-
        source = Stack.of(self).format_arn(
            service="logs", resource="log-group", resource_name=f"{shared}*", arn_format=ArnFormat.COLON_RESOURCE_NAME
        )
        return aws_lambda.CfnPermission(
            scope,
            "Invoke",
            action="lambda:InvokeFunction",
            function_name=self._function.function_arn,
            principal="logs.amazonaws.com",
            source_account=Aws.ACCOUNT_ID,
            source_arn=source,
        )
