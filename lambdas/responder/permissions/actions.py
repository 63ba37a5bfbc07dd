"""From what a text prints to the action that a policy has to allow.

The rule is `<service's prefix>:<Operation>`; tables hold what differs from it. Checked against AWS's Service
Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.evidence.refusal import Denial, Form
from responder.knowledge.iam_actions import Action, load
from responder.permissions.operations import CLIENTS, NEEDS_NOTHING, OPERATIONS, SDK_NAMES

ACTION = re.compile(r"[a-z][a-z0-9-]{1,40}:[A-Z][A-Za-z0-9]{1,100}")

# Where several services have an operation of one name, the one that DAGs mean; others stay open
_COMMON = (
    "s3",
    "dynamodb",
    "sqs",
    "sns",
    "sts",
    "kms",
    "ec2",
    "secretsmanager",
    "lambda",
    "athena",
    "ecs",
    "logs",
    "bedrock",
)
# What was called is not what was refused, and the text does not say which use of the key was
_OF_KEYS = frozenset({Form.KMS_HIDDEN, Form.KMS_REFERENCE, Form.KMS_SERVICE})


def known(action: str) -> Action | None:
    """The action in the reference's spelling; None where the table does not have it."""
    return load().action(action)


def in_table(prefix: str) -> bool:
    """Whether the table knows the service, so that an action it lacks does not exist."""
    return prefix.lower() in load().resources


def spelled(action: str) -> str | None:
    """What can stand in a policy: the reference's spelling, or a well-formed action of a service it leaves out."""
    if found := known(action):
        return found.name
    prefix, _, name = action.partition(":")
    if in_table(prefix) or not name:
        return next(iter(_mapped(prefix.lower(), name)), None)
    candidate = f"{prefix.lower()}:{name[:1].upper()}{name[1:]}"
    return candidate if ACTION.fullmatch(candidate) else None


def prefix_of(service: str | None) -> str | None:
    """IAM's prefix for a boto3 client, or for a service as other SDKs call it ("Amazon S3", "AWSGlue")."""
    if not service:
        return None
    name = service.strip().lower()
    if name in CLIENTS:
        return CLIENTS[name]
    if in_table(name):
        return name
    bare = re.sub(r"[^a-z0-9]", "", name)
    bare = bare.removeprefix("amazon").removeprefix("aws")
    return SDK_NAMES.get(bare) or (bare if in_table(bare) else None)


def required(service: str | None, operation: str) -> tuple[str, ...]:
    """The actions that an API operation needs, the first one first refused; () where that is not known."""
    prefix = prefix_of(service) or _only_service_with(operation)
    if prefix is None or (prefix, operation.lower()) in NEEDS_NOTHING:
        return ()
    return tuple(_mapped(prefix, operation))


def _mapped(prefix: str, operation: str) -> Iterable[str]:
    overridden = OPERATIONS.get((prefix, operation.lower()))
    if overridden:
        return overridden
    found = known(f"{prefix}:{operation}")
    return (found.name,) if found else ()


def _only_service_with(operation: str) -> str | None:
    name = operation.lower()
    special = [prefix for prefix, each in OPERATIONS if each == name]
    having = list(dict.fromkeys((*special, *load().prefixes(operation))))
    if len(having) == 1:
        return having[0]
    return next((prefix for prefix in _COMMON if prefix in having), None)


def needed(denial: Denial, service: str | None = None) -> str | None:
    """The action that was refused, as a policy spells it; `service` is what the traceback tells of a botocore call."""
    if denial.action:
        return spelled(denial.action)
    if denial.form in _OF_KEYS:
        return None
    if denial.waiter and denial.waiter in load().waiters:
        client, _, operation = load().waiters[denial.waiter].partition(":")
        return next(iter(required(client, operation)), None)
    if not denial.operation:
        return None
    return next(iter(required(denial.service or service, denial.operation)), None)


def printed_or_needed(denial: Denial, service: str | None = None) -> str | None:
    """For the facts: the action as the log prints it, else the one that its operation needs."""
    return denial.action or needed(denial, service)
