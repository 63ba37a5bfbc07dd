"""One page that says how the responder is doing: what failed, what it made of it, and whether anything was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import Stack, aws_cloudwatch, aws_lambda, aws_sqs
from constructs import Construct

from infra.metrics import each, ours
from infra.settings import Environment

FULL = 24  # columns
HALF = 12


def draw(
    scope: Construct,
    functions: Mapping[str, aws_lambda.IFunction],
    queue: aws_sqs.IQueue,
    dead_letters: Mapping[str, aws_sqs.IQueue],
    environments: Sequence[Environment],
) -> None:
    """Makes the dashboard, named like the stack."""
    page = aws_cloudwatch.Dashboard(scope, "Dashboard", dashboard_name=Stack.of(scope).stack_name)
    page.add_widgets(_heading(environments))
    page.add_widgets(
        _graph("What failed, by cause", [each("Diagnosed", "cause")], stacked=True),
        _graph("How far the remedies were checked", [ours(name) for name in ("Proven", "Checked", "Suspected")]),
    )
    page.add_widgets(
        _graph("Seconds from failure to message", [ours("TimeToAlert", statistic=rank) for rank in ("p50", "p99")]),
        _graph(
            "Messages: sent, held back, refused", [ours(name) for name in ("Delivered", "Suppressed", "Undelivered")]
        ),
    )
    page.add_widgets(
        _graph("No message, and why", [each("Suppressed", "reason")], stacked=True),
        _graph(
            "Waiting", [queue.metric_approximate_number_of_messages_visible(label="sightings"), *_dead(dead_letters)]
        ),
    )
    page.add_widgets(
        _graph("Failures sighted and unreadable events", _of_intake()),
        _graph("Look-ups and rules that failed", [ours(name) for name in ("LookUpErrors", "BrokenRules", "Unknown")]),
    )
    page.add_widgets(
        _graph("Errors of the functions", [one.metric_errors(label=name) for name, one in functions.items()]),
        _graph("Duration of the functions", [one.metric_duration(label=name) for name, one in functions.items()]),
    )


def _heading(environments: Sequence[Environment]) -> aws_cloudwatch.TextWidget:
    watched = ", ".join(f"{one.name} (Airflow {one.airflow_version})" for one in environments)
    text = (
        f"# MWAA Failure Responder\nWatches {watched or 'MWAA Serverless only'}. "
        "Dead letters other than zero: mend the cause that the function's log names; then *Start DLQ redrive* for DeadSightings, "
        "`mwaa-responder replay` for LostEvents."
    )
    return aws_cloudwatch.TextWidget(markdown=text, width=FULL, height=2)


def _of_intake() -> list[aws_cloudwatch.IMetric]:
    return [ours(name, service="intake") for name in ("FailuresSighted", "UnreadableEvents")]


def _dead(dead_letters: Mapping[str, aws_sqs.IQueue]) -> list[aws_cloudwatch.IMetric]:
    return [
        queue.metric_approximate_number_of_messages_visible(label=name, statistic="Maximum")
        for name, queue in dead_letters.items()
    ]


def _graph(
    title: str, metrics: Sequence[aws_cloudwatch.IMetric], *, stacked: bool = False
) -> aws_cloudwatch.GraphWidget:
    return aws_cloudwatch.GraphWidget(title=title, left=list(metrics), width=HALF, height=6, stacked=stacked)
