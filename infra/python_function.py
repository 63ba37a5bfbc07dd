"""A function of the responder's package, with the least that every function needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_lambda, aws_logs, aws_sqs
from constructs import Construct

from infra import bundle

_KEEP = aws_logs.RetentionDays
# settings.py lets no other number of days through
RETENTION = {
    7: _KEEP.ONE_WEEK,
    14: _KEEP.TWO_WEEKS,
    30: _KEEP.ONE_MONTH,
    60: _KEEP.TWO_MONTHS,
    90: _KEEP.THREE_MONTHS,
    180: _KEEP.SIX_MONTHS,
    365: _KEEP.ONE_YEAR,
    731: _KEEP.TWO_YEARS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a function runs on, for how long, and how long its log is kept."""

    handler: str
    where: bundle.Platform
    memory_mb: int
    timeout: Duration
    log_retention_days: int
    calls_itself: bool = False  # through its queue, on purpose and only to an end


class PythonFunction(Construct):
    """A function, its role and its log group. Attributes: `function`, `role`, `wildcards` (the ARNs allowed that end in one)."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        run: Run,
        code: aws_lambda.Code,
        environment: Mapping[str, str],
        dead_letter_queue: aws_sqs.IQueue | None = None,
        layers: Sequence[aws_lambda.ILayerVersion] = (),
    ) -> None:
        super().__init__(scope, name)
        self.wildcards: list[str] = []
        self.role = aws_iam.Role(self, "Role", assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))
        log = aws_logs.LogGroup(
            self, "Log", retention=RETENTION[run.log_retention_days], removal_policy=RemovalPolicy.DESTROY
        )
        log.grant_write(self.role)
        self.function = aws_lambda.Function(
            self,
            "Function",
            runtime=aws_lambda.Runtime(f"python{run.where.python}", aws_lambda.RuntimeFamily.PYTHON),
            architecture=aws_lambda.Architecture.custom(run.where.machine),
            handler=run.handler,
            code=code,
            layers=list(layers),
            memory_size=run.memory_mb,
            timeout=run.timeout,
            role=self.role,
            log_group=log,
            dead_letter_queue=dead_letter_queue,
            # Lambda ends a chain after about 16 rounds unless it is told that the chain is meant:
            # https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
            recursive_loop=aws_lambda.RecursiveLoop.ALLOW if run.calls_itself else None,
            environment=dict(environment),
        )

    def may(self, *actions: str, on: Sequence[str]) -> None:
        """Allows the function these actions on these ARNs; on none of them, nothing."""
        self.wildcards += [arn for arn in on if arn.endswith("*")]
        if on:
            self.role.add_to_policy(aws_iam.PolicyStatement(actions=list(actions), resources=list(on)))
