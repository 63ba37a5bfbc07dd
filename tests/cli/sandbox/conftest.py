"""A sandbox, and functions of a few lines to try it with."""

import io
import json
import textwrap
import zipfile

import pytest

from cli.sandbox.environment import attach
from cli.sandbox.sandbox import Sandbox
from cli.sandbox.world import ACCOUNT

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@pytest.fixture(scope="module")
def aws():
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def put_role(aws):
    """Makes a role with the given statements and returns its ARN."""

    def put(name, *statements):
        role = aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]
        if statements:
            attach(aws.client("iam"), name, "own", *statements)
        return role["Arn"]

    return put


@pytest.fixture(scope="module")
def put_function(aws, put_role):
    """Makes a function of the given source (with a function `main`) and returns its ARN."""

    def put(name, source, *statements, **configuration):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("function_code.py", textwrap.dedent(source))
        asked = {"Runtime": "python3.13", "Timeout": 10, "MemorySize": 512, **configuration}
        return aws.client("lambda").create_function(
            FunctionName=name,
            Role=put_role(f"{name}-role", *(statements or [EVERYTHING])),
            Handler="function_code.main",
            Code={"ZipFile": packed.getvalue()},
            **asked,
        )["FunctionArn"]

    return put


@pytest.fixture(scope="module")
def put_queue(aws):
    """Makes a queue and returns its address and ARN."""

    def put(name, **attributes):
        url = aws.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return url, f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{name}"

    return put
