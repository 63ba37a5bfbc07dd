"""What cdk-nag finds and is meant to be so, each with its reason. Everything else that it finds fails the synth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import Acknowledgment, Stack, Token, Validations, aws_sqs
from constructs import Construct, IConstruct

from infra.python_function import PythonFunction

_RUNTIME = "Python 3.13 is the newest that all of the code is tested with."
_OF_FUNCTIONS: Mapping[str, str] = {
    "AwsSolutions-L1": _RUNTIME,
    "Serverless-LambdaLatestVersion": _RUNTIME,
    "Serverless-LambdaTracing": "One structured line and the metrics say how long each step took; a tracer slows every start.",
}
_OF_RESPONDER: Mapping[str, str] = {
    "Serverless-LambdaDLQ": "It is called by the queue only, and the queue has a dead-letter queue.",
    "Serverless-LambdaEventSourceMappingDestination": "SQS redrives to the queue's own dead-letter queue.",
}
_OF_DEAD_LETTERS: Mapping[str, str] = {
    "AwsSolutions-SQS3": "It is a dead-letter queue itself.",
    "Serverless-SQSRedrivePolicy": "It is a dead-letter queue itself.",
}
_ANY_RESOURCE = "AWS knows no resource for these actions (reading.py says which and where that is documented)."
_ANY_POLICY = "Which policies are attached to the execution roles is not known before, and changes; only reads."
_ANY_OBJECT = "Which DAG file fails is not known before; only of this bucket, and only reads."
_ANY_STREAM = "Each task instance writes a log stream of its own, and each workflow of MWAA Serverless a group."
_WILDCARDS: Mapping[str, str] = {":log-group:": _ANY_STREAM, ":policy/": _ANY_POLICY, ":s3:": _ANY_OBJECT}


def acknowledge(stack: Stack, intake: PythonFunction, responder: PythonFunction) -> None:
    """States the reasons, each at the construct that it is about."""
    for function in (intake, responder):
        _state(function.function, _OF_FUNCTIONS)
    _state(responder.function, _OF_RESPONDER)
    _state(responder.role, _wildcards(stack, responder.wildcards))
    for queue in stack.node.find_all():
        if isinstance(queue, aws_sqs.Queue) and queue.dead_letter_queue is None:
            _state(queue, _OF_DEAD_LETTERS)


def _wildcards(stack: Stack, arns: Sequence[str]) -> Mapping[str, str]:
    return {f"AwsSolutions-IAM5[Resource::{_written(stack, arn)}]": _reason(arn) for arn in arns}


def _reason(arn: str) -> str:
    if arn == "*":
        return _ANY_RESOURCE
    return next(reason for part, reason in _WILDCARDS.items() if part in arn)


def _written(stack: Stack, arn: str) -> str:
    """As cdk-nag writes what is known at deployment only."""
    for name, value in (("Partition", stack.partition), ("Region", stack.region), ("AccountId", stack.account)):
        if Token.is_unresolved(value):
            arn = arn.replace(value, f"<AWS::{name}>")
    return arn


def _state(construct: IConstruct | Construct, reasons: Mapping[str, str]) -> None:
    told = [Acknowledgment(id=f"{rule.partition('-')[0]}::{rule}", reason=reason) for rule, reason in reasons.items()]
    Validations.of(construct).acknowledge(*told)
