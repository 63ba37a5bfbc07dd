"""Advice where it is the caller that has to change: another account's role, a user with keys, credentials that nobody accepts."""

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
