"""Advice where it is the caller that has to change: another account's role, a user with keys, a database, credentials that nobody accepts."""

from __future__ import annotations

from responder.permissions.findings import Findings
from responder.permissions.phrases import action_of, thing_of, whose_role
from responder.permissions.words import UNCHANGED, Words


def other_account(found: Findings) -> Words:
    account = found.principal.account
    return Words(
        f"{whose_role(found)} was refused; its policies cannot be seen from here.",
        (
            f"Have {action_of(found)} on {thing_of(found)} allowed for the role {found.principal.name} in account {account}.",
        ),
        f"whoever manages account {account}",
    )


def user(found: Findings) -> Words:
    return Words(
        f"The task works with the keys of the IAM user {found.principal.name}, not with the execution role.",
        (
            "Take the access keys out of the connection (or variable): the task then uses the execution role, and keys need no rotation.",
            f"Then allow {action_of(found)} on {thing_of(found)} for the execution role. If the keys must stay, attach the statement to the user.",
        ),
        "whoever made the connection",
    )


def database(_found: Findings) -> Words:
    return Words(
        "The database was refused by S3, not the task. It works with the role or the credentials that the statement, its stage or its external schema names, or with a role of its own.",
        (
            "If an IAM role is named there: allow it s3:GetObject and s3:ListBucket to read (COPY, a query over files) or s3:PutObject to write (UNLOAD, an export) on the bucket.",
            "COPY and UNLOAD without one: operators of the amazon provider pass the execution role's own credentials; the same rights are needed there.",
        ),
        "whoever owns the role that the database works with",
    )


def unsigned(found: Findings) -> Words:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html."""
    return Words(
        "An ordinary HTTP client asked S3. It does not sign with the execution role, so the role's policies do not count: what the address carries, or what everybody may read, decides.",
        (
            f"Read it with boto3, S3Hook or a library that takes s3:// paths: they sign with the role, which then needs s3:GetObject on {thing_of(found)}.",
            "If the address is presigned (X-Amz-Signature in it): make a new one. It ends with the credentials that signed it at the latest, and its signer has to be allowed to read the object.",
            "If the object should be public: look at the bucket's policy and at Block Public Access; an object that is not there is refused with 403 as well.",
        ),
    )


def credentials(_found: Findings) -> Words:
    return Words(
        "AWS did not accept the credentials.", ("Use the execution role: leave the AWS connection's keys empty.",)
    )


def account(_found: Findings) -> Words:
    return Words(
        f"The account as a whole may not use the service or the region. {UNCHANGED}",
        (
            "Open the region (AWS console > Account > AWS Regions), or subscribe to the service, or call another region.",
        ),
        "whoever administers the AWS account",
    )
