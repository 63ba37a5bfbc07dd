"""The metrics that alarms and dashboard look at, besides those that AWS's constructs know."""

from __future__ import annotations

from aws_cdk import Duration, aws_cloudwatch

from infra.settings import Environment

FIVE_MINUTES = Duration.minutes(5)
NAMESPACE = "MwaaFailureResponder"


def ours(name: str, *, service: str = "responder", statistic: str = "Sum") -> aws_cloudwatch.Metric:
    """One that a function counts itself; `service` is the function's name in it."""
    return aws_cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map={"service": service},
        period=FIVE_MINUTES,
        statistic=statistic,
    )


def not_forwarded(environment: Environment, filter_name: str) -> aws_cloudwatch.MathExpression:
    """Log events of an environment that CloudWatch Logs could not hand to intake, or had to hand over again.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
    """
    missed = {
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
    return aws_cloudwatch.MathExpression(
        expression=f"SUM([{', '.join(missed)}])", using_metrics=missed, period=FIVE_MINUTES, label=environment.name
    )
