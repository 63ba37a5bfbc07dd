"""Who watches the responder: an alarm on everything that could lose a message, and one page to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, aws_cloudwatch, aws_cloudwatch_actions, aws_events, aws_lambda, aws_sns, aws_sqs
from constructs import Construct

from infra.alarm_meanings import MEANINGS
from infra.dashboard import draw
from infra.metrics import FIVE_MINUTES, dropped, not_forwarded, ours
from infra.settings import Environment

# A look at an incident whose follow-up is due later waits in the queue for a quarter of an hour, by intention:
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html
OLDEST_SIGHTING = Duration.minutes(20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What can go wrong."""

    functions: Mapping[str, aws_lambda.Function]
    queue: aws_sqs.IQueue
    dead_letters: Mapping[str, aws_sqs.IQueue]
    topics: Mapping[str, aws_sns.ITopic]
    rules: Sequence[aws_events.IRule]
    environments: Sequence[Environment]
    filter_name: str


class Watch(Construct):
    """Alarms that tell `topic`, and a dashboard."""

    def __init__(self, scope: Construct, name: str, *, watched: Watched, topic: aws_sns.ITopic) -> None:
        super().__init__(scope, name)
        self._tell = aws_cloudwatch_actions.SnsAction(topic)
        for title, queue in watched.dead_letters.items():
            self._alarm(title, _visible(queue))
        for title, function in watched.functions.items():
            self._function(title, function)
        waiting = watched.queue.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES, statistic="Maximum")
        self._alarm("Backlog", waiting, threshold=OLDEST_SIGHTING.to_seconds())
        for title, each in watched.topics.items():
            failed = each.metric_number_of_notifications_failed(period=FIVE_MINUTES, statistic="Sum")
            self._alarm("{topic}NotDelivered", failed, topic=title)
        for environment in watched.environments:
            if environment.logs:
                missed = not_forwarded(environment, watched.filter_name)
                self._alarm("{environment}-LogsNotForwarded", missed, environment=environment.name)
        self._alarm("EventsDropped", dropped(watched.rules))
        self._alarm("Undelivered", ours("Undelivered"))
        self._alarm("BrokenRules", ours("BrokenRules"))
        self._alarm("Unreadable", ours("UnreadableEvents", service="intake"))
        draw(self, watched.functions, watched.queue, watched.dead_letters, watched.environments)

    def _function(self, title: str, function: aws_lambda.Function) -> None:
        self._alarm("{function}Errors", function.metric_errors(period=FIVE_MINUTES), function=title)
        self._alarm("{function}Throttles", function.metric_throttles(period=FIVE_MINUTES), function=title)
        if function.dead_letter_queue:
            lost = function.metric("DeadLetterErrors", period=FIVE_MINUTES, statistic="Sum")
            self._alarm("{function}DeadLetterErrors", lost, function=title)

    def _alarm(self, kind: str, metric: aws_cloudwatch.IMetric, *, threshold: float = 1, **of: str) -> None:
        """`kind`: a key of MEANINGS; `of`: what stands in its braces."""
        name = kind.format(**of)
        alarm = aws_cloudwatch.Alarm(
            self,
            name,
            alarm_description=f"MWAA Failure Responder, {name}: {MEANINGS[kind]}.",
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(self._tell)
        alarm.add_ok_action(self._tell)


def _visible(queue: aws_sqs.IQueue) -> aws_cloudwatch.Metric:
    return queue.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES, statistic="Maximum")
