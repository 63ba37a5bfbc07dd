"""What functions print: into their log groups, and, where it is in the embedded metric format, into metrics.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from moto.logs.models import logs_backends

from cli.sandbox.lambda_functions import LOG_STREAM

MILLISECONDS = 1000


class FunctionLogs:
    """`allowed(role, action, resource)` decides whether a function's role may write its log at all."""

    def __init__(self, client: Callable[[str], Any], allowed: Callable[[str, str, str], bool]) -> None:
        self._client, self._allowed, self._lock = client, allowed, threading.Lock()
        self.lines: list[str] = []
        self.metrics: list[tuple[str, str, float, dict[str, str]]] = []  # namespace, name, value, dimensions

    def write(self, function: Any, line: str) -> None:
        self.lines.append(f"{function.function_name}: {line}")
        for namespace, data in _embedded_metrics(line):
            self._client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=data)
            self.metrics += [
                (namespace, each["MetricName"], each["Value"], {d["Name"]: d["Value"] for d in each["Dimensions"]})
                for each in data
            ]
        backend = logs_backends[function.account_id][function.region]
        backend.ensure_log_group(function.logs_group_name)
        group = backend.groups[function.logs_group_name]
        resource = f"{group.arn.removesuffix(':*')}:log-stream:{LOG_STREAM}"
        if not self._allowed(function.role, "logs:PutLogEvents", resource):
            return
        with self._lock:
            if LOG_STREAM not in group.streams:
                backend.create_log_stream(group.name, LOG_STREAM)
            event = {"timestamp": int(time.time() * MILLISECONDS), "message": line}
            backend.put_log_events(group.name, LOG_STREAM, [event])


def _embedded_metrics(line: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if '"_aws"' not in line:
        return
    try:
        blob = json.loads(line)
        directives = blob["_aws"]["CloudWatchMetrics"]
    except (ValueError, KeyError, TypeError):
        return
    for directive in directives:
        yield (
            directive["Namespace"],
            [each for metric in directive["Metrics"] for each in _data(blob, directive, metric)],
        )


def _data(blob: dict[str, Any], directive: dict[str, Any], metric: dict[str, str]) -> Iterator[dict[str, Any]]:
    value = blob[metric["Name"]]
    for names in directive["Dimensions"]:
        for each in value if isinstance(value, list) else [value]:
            yield {
                "MetricName": metric["Name"],
                "Unit": metric.get("Unit", "None"),
                "Value": float(each),
                "Dimensions": [{"Name": name, "Value": str(blob[name])} for name in names],
            }
