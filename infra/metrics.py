"""The metrics that alarms and dashboard look at, besides those that AWS's constructs know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aws_cdk import Duration, aws_cloudwatch, aws_events

from infra.settings import Environment

FIVE_MINUTES = Duration.minutes(5)
NAMESPACE = "MwaaFailureResponder"


def ours(name: str, *, service: str = "responder", statistic: str = "Sum") -> aws_cloudwatch.Metric:
    """One that a function counts itself; `service` is the function's name in it."""
    return _metric(name, {"service": service}, statistic)


def each(name: str, dimension: str) -> aws_cloudwatch.MathExpression:
    """One line for every value of a dimension that the responder has counted by."""
    search = f"SEARCH('{{{NAMESPACE},service,{dimension}}} MetricName=\"{name}\"', 'Sum', {FIVE_MINUTES.to_seconds()})"
    return aws_cloudwatch.MathExpression(expression=search, using_metrics={}, period=FIVE_MINUTES, label="")


def dropped(rules: Iterable[aws_events.IRule]) -> aws_cloudwatch.MathExpression:
    """Events that a rule could neither deliver nor put into its dead-letter queue.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    lost: dict[str, aws_cloudwatch.IMetric] = {
        f"rule{number}": aws_cloudwatch.Metric(
            namespace="AWS/Events",
            metric_name="InvocationsFailedToBeSentToDlq",
            dimensions_map={"RuleName": rule.rule_name},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        for number, rule in enumerate(rules)
    }
    return _sum(lost, "dropped")


def not_forwarded(environment: Environment, filter_name: str) -> aws_cloudwatch.MathExpression:
    """Log events of an environment that CloudWatch Logs could not hand to intake, or had to hand over again.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
    """
    missed: dict[str, aws_cloudwatch.IMetric] = {
        f"{name.lower()}{number}": aws_cloudwatch.Metric(
            namespace="AWS/Logs",
            metric_name=name,
            dimensions_map={"LogGroupName": group, "DestinationType": "Lambda", "FilterName": filter_name},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        for number, group in enumerate(environment.logs.values())
        for name in ("DeliveryErrors", "DeliveryThrottling")
    }
    return _sum(missed, environment.name)


def _metric(name: str, dimensions: dict[str, str], statistic: str) -> aws_cloudwatch.Metric:
    return aws_cloudwatch.Metric(
        namespace=NAMESPACE, metric_name=name, dimensions_map=dimensions, period=FIVE_MINUTES, statistic=statistic
    )


def _sum(metrics: Mapping[str, aws_cloudwatch.IMetric], label: str) -> aws_cloudwatch.MathExpression:
    return aws_cloudwatch.MathExpression(
        expression=f"SUM([{', '.join(metrics)}])", using_metrics=metrics, period=FIVE_MINUTES, label=label
    )
