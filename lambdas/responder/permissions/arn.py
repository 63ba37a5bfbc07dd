"""ARNs that a log names, checked before they go anywhere: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What is safe to stand in a policy, a shell command and an address: no space, no backslash, no `$` but of Lambda's own version
_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]{0,20}):(?P<service>[a-z0-9-]{2,40}):(?P<region>[a-z0-9-]{0,30}|\*):(?P<account>\d{12}|aws|\*|)"
    r":(?P<rest>[A-Za-z0-9_+=,.@:/*?!()'#~&;%-]{1,1024}(?:\$LATEST)?)"
)
ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
ACCOUNT = re.compile(r"\d{12}")
REGION = re.compile(r"[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d")
WILD = re.compile(r"[*?]")
_MASKED = re.compile(r"(?<=:)\*{8}(?P<end>\d{4})(?=:)")


@dataclass(frozen=True, slots=True)
class Arn:
    """The five fields after `arn:`."""

    partition: str
    service: str
    region: str
    account: str
    rest: str

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.rest}"

    @property
    def is_concrete(self) -> bool:
        """Names one thing: no wildcard, and no empty tail after the kind."""
        return not WILD.search(str(self)) and not self.rest.endswith(("/", ":"))

    @property
    def leaf(self) -> str:
        """What follows the last slash or colon."""
        return re.split(r"[/:]", self.rest)[-1]


def read(text: str | None) -> Arn | None:
    """The ARN, None where the text is none or holds what a policy should not."""
    match = _ARN.fullmatch(text or "")
    return (
        Arn(match["partition"], match["service"], match["region"], match["account"], match["rest"]) if match else None
    )


def unmasked(text: str | None, account: str | None) -> str | None:
    """API Gateway prints an account as its last four digits: the caller's where they fit, else any."""
    return (
        _MASKED.sub(lambda match: account if account and account.endswith(match["end"]) else "*", text)
        if text
        else text
    )
