"""AWS's list prices of us-east-1 in USD, each with the page it is from, for what a failure costs."""

from __future__ import annotations

from collections.abc import Mapping

MILLION = 1_000_000
QUEUE = 0.40 / MILLION  # https://aws.amazon.com/sqs/pricing/ (a request of up to 64 KB)
WRITE = 0.625 / MILLION  # https://aws.amazon.com/dynamodb/pricing/on-demand/ (1 KB; twice that in a transaction)
READ = 0.125 / MILLION  # the same page (4 KB, consistent)
PUBLISH, MAIL = 0.50 / MILLION, 2.00 / 100_000  # https://aws.amazon.com/sns/pricing/
EVENT = 1.00 / MILLION  # https://aws.amazon.com/eventbridge/pricing/
SECRET = 0.05 / 10_000  # https://aws.amazon.com/secrets-manager/pricing/
OBJECT = 0.0004 / 1_000  # https://aws.amazon.com/s3/pricing/
KEY = 0.03 / 10_000  # https://aws.amazon.com/kms/pricing/
LOG_GIGABYTE = 0.50  # https://aws.amazon.com/cloudwatch/pricing/
INVOCATION, GIGABYTE_SECOND = 0.20 / MILLION, 0.0000133334  # https://aws.amazon.com/lambda/pricing/ (arm64)

PER_CALL: Mapping[tuple[str, str], float] = {
    ("sqs", "SendMessageBatch"): QUEUE,
    ("sqs", "SendMessage"): QUEUE,
    ("dynamodb", "PutItem"): WRITE,
    ("dynamodb", "UpdateItem"): WRITE * 2,  # an incident with its tasks is between one and two KB
    ("dynamodb", "DeleteItem"): WRITE,
    ("dynamodb", "TransactWriteItems"): WRITE * 6,  # two items, of which one is larger, twice each
    ("dynamodb", "GetItem"): READ,
    ("sns", "Publish"): PUBLISH + MAIL + KEY,
    ("events", "PutEvents"): EVENT,
    ("secretsmanager", "GetSecretValue"): SECRET + KEY,
}
FREE = frozenset({"iam", "sts", "airflow", "logs"})  # these APIs cost nothing
TAKEN = QUEUE * 2  # to receive and to delete


def price(call: tuple[str, str]) -> float:
    """Of one call: the service, and what is called. Raises KeyError for one whose price is not known."""
    if call[0] in FREE:
        return 0.0
    return OBJECT if call[0] == "s3" else PER_CALL[call]
