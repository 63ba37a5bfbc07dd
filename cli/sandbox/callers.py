"""Who calls, and whether the policies of the role behind the call allow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto.iam.models import iam_backends
from moto.sns.models import sns_backends
from moto.sts.models import sts_backends

from cli.sandbox.aws_request import AwsRequest, permissions
from cli.sandbox.iam_policies import read_principal
from cli.sandbox.iam_simulate import SIMULATOR
from cli.sandbox.policy import Decision, Evaluation, Request, evaluate
from cli.sandbox.refusals import Refusal, denied

SESSION_SECONDS = 3600
# SNS encrypts on behalf of the publisher: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
ENCRYPTS = ("kms:GenerateDataKey", "kms:Decrypt")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a process that acts for a role is given."""

    access_key: str
    secret_key: str
    token: str

    def environ(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SESSION_TOKEN": self.token,
        }


class Callers:
    """The roles of one account. Whoever has none of their credentials is its administrator, who may do anything."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region
        self._roles: dict[str, Any] = {}
        self.denials: list[str] = []  # what was refused, in AWS's words

    def assume(self, role_arn: str, session: str) -> Credentials:
        role = sts_backends[self._account]["aws"].assume_role(
            region_name=self._region,
            role_session_name=session,
            role_arn=role_arn,
            policy="",
            duration=SESSION_SECONDS,
            external_id="",
        )
        self._roles[role.access_key_id] = role
        return Credentials(role.access_key_id, role.secret_access_key, role.session_token)

    def knows(self, access_key: str) -> bool:
        """Whether a role of ours calls."""
        return access_key in self._roles

    def refusal(self, request: AwsRequest) -> Refusal | None:
        """Why the caller may not, or None when it may."""
        role = self._roles.get(request.access_key)
        if role is None:
            return None
        for action, resource in [*permissions(request, self._account), *self._encryption(request)]:
            verdict = self.verdict(role.role_arn, action, resource, request.region)
            if verdict.decision is not Decision.ALLOWED:
                refused = denied(role.arn, request.service, action, resource, verdict)
                self.denials.append(refused.message)
                return refused
        return None

    def may(self, role_arn: str, action: str, resource: str) -> bool:
        return self.verdict(role_arn, action, resource, self._region).decision is Decision.ALLOWED

    def verdict(self, role_arn: str, action: str, resource: str, region: str) -> Evaluation:
        own = read_principal(iam_backends[self._account]["aws"], role_arn)
        boundary = None if own.boundary is None else [each.policy for each in own.boundary]
        now = datetime.now(UTC)
        context = {
            "aws:PrincipalArn": role_arn,
            "aws:PrincipalAccount": self._account,
            "aws:ResourceAccount": self._account,
            "aws:RequestedRegion": region,
            "aws:SecureTransport": "true",
            "aws:CurrentTime": now.isoformat(),
            "aws:EpochTime": str(int(now.timestamp())),
        }
        request = Request.of(action, resource, context)
        identity = [each.policy for each in own.identity]
        return evaluate(request, identity, boundary=boundary, scp_levels=SIMULATOR.scp_levels)

    def _encryption(self, request: AwsRequest) -> Sequence[tuple[str, str]]:
        if request.service != "sns" or request.operation not in {"Publish", "PublishBatch"}:
            return ()
        topics = sns_backends[self._account][request.region].topics
        topic = topics.get(str(request.members.get("TopicArn")))
        key = getattr(topic, "kms_master_key_id", None) or ""
        return [(action, key) for action in ENCRYPTS] if key.startswith("arn:") else ()
