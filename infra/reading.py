"""What the responder may look at to find out why something failed: reads only, of exactly what the settings name."""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack

from infra.python_function import PythonFunction
from infra.settings import Environment, Settings

# AWS knows only "*" for these:
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html (a preview)
WITHOUT_RESOURCE = ("sts:DecodeAuthorizationMessage", "s3:ListAllMyBuckets", "iam:GetRequestAuthorizationDetails")


def allow_reading(function: PythonFunction, settings: Settings) -> None:
    """Grants the reads that the inquirers in `responder.inquiry` and the log reader list as their ACTIONS."""
    for environment in settings.environments:
        _environment(function, environment)
    # The logs of MWAA Serverless; its events come without being asked for, from every workflow of the account:
    # https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/observe-with-cloudwatch.html
    function.may("logs:GetLogEvents", on=[_streams(Stack.of(function), "/aws/mwaa-serverless/*")])
    _roles(function, settings)
    function.may("secretsmanager:GetSecretValue", on=settings.secret_arns)
    keys = {settings.secrets_key_arn, *(environment.kms_key_arn for environment in settings.environments)}
    function.may("kms:Decrypt", on=sorted(key for key in keys if key))


def _environment(function: PythonFunction, environment: Environment) -> None:
    stack = Stack.of(function)
    function.may(
        "airflow:GetEnvironment",
        on=[stack.format_arn(service="airflow", resource="environment", resource_name=environment.name)],
    )
    bucket = stack.format_arn(service="s3", region="", account="", resource=environment.bucket)
    function.may("s3:ListBucket", "s3:ListBucketVersions", on=[bucket])
    function.may("s3:GetObject", "s3:GetObjectVersion", on=[f"{bucket}/*"])
    # The form with ":*" is what CloudWatch Logs compares with, also for the group itself:
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    groups = [_streams(stack, f"{group}:*") for group in environment.logs.values()]
    function.may("logs:GetLogEvents", "logs:DescribeLogStreams", on=groups)


def _streams(stack: Stack, name: str) -> str:
    return stack.format_arn(
        service="logs", resource="log-group", resource_name=name, arn_format=ArnFormat.COLON_RESOURCE_NAME
    )


def _roles(function: PythonFunction, settings: Settings) -> None:
    stack = Stack.of(function)
    function.may(
        "iam:SimulatePrincipalPolicy",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        on=settings.role_arns,
    )
    # The policies that are attached to these roles, to name the statement that denies: the account's and AWS's.
    policies = [
        stack.format_arn(service="iam", region="", account=account, resource="policy", resource_name="*")
        for account in (stack.account, "aws")
    ]
    function.may("iam:GetPolicy", "iam:GetPolicyVersion", on=policies if settings.role_arns else ())
    function.may(*WITHOUT_RESOURCE, on=["*"])
