import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.permissions.statement import Refused, Statement, policy

JOB = "arn:aws:glue:eu-west-1:123456789012:job/nightly"
REFUSED = {
    "a wildcard action": Statement(("s3:*",), ("arn:aws:s3:::b/k",)),
    "an action that is none": Statement(("s3",), ("arn:aws:s3:::b/k",)),
    "everything for what can be scoped": Statement(("s3:GetObject",), ("*",)),
    "every bucket": Statement(("s3:GetObject",), ("arn:aws:s3:::*",)),
    "every bucket's objects": Statement(("s3:GetObject",), ("arn:aws:s3:::*/*",)),
    "buckets by a beginning": Statement(("s3:GetObject",), ("arn:aws:s3:::acme*/x",)),
    "every role": Statement(("iam:PassRole",), ("arn:aws:iam::123456789012:role/*",)),
    "every key": Statement(("kms:Decrypt",), ("arn:aws:kms:eu-west-1:123456789012:key/*",)),
    "rights themselves": Statement(("iam:AttachRolePolicy",), ("arn:aws:iam::123456789012:role/x",)),
    "a new user": Statement(("iam:CreateUser",), ("arn:aws:iam::123456789012:user/x",)),
    "a bucket's policy": Statement(("s3:PutBucketPolicy",), ("arn:aws:s3:::b",)),
    "a key's policy": Statement(("kms:PutKeyPolicy",), ("arn:aws:kms:eu-west-1:123456789012:key/1",)),
    "a key's end": Statement(("kms:ScheduleKeyDeletion",), ("arn:aws:kms:eu-west-1:123456789012:key/1",)),
    "a function's policy": Statement(("lambda:AddPermission",), ("arn:aws:lambda:eu-west-1:123456789012:function:f",)),
    "the organisation": Statement(("organizations:LeaveOrganization",), ("*",)),
    "rights of a service that the table leaves out": Statement(("unheardof:PutResourcePolicy",), ("arn:aws:unheardof:eu-west-1:123456789012:x/y",)),
    "no resource": Statement(("glue:StartJobRun",), ()),
    "a resource with quotes": Statement(("s3:GetObject",), ('arn:aws:s3:::b/k"}',)),
    "a resource with a line break": Statement(("s3:GetObject",), ("arn:aws:s3:::b/k\n",)),
    "a resource with a variable": Statement(("s3:GetObject",), ("arn:aws:s3:::b/${aws:username}",)),
    "a condition with quotes": Statement(("glue:StartJobRun",), (JOB,), {"StringEquals": {"aws:x": 'y"'}}),
    "too many resources": Statement(("glue:StartJobRun",), tuple(f"{JOB}-{n}" for n in range(200))),
}  # fmt: skip


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_some_things_are_never_proposed(statement):
    assert isinstance(policy([statement]), Refused)


def test_a_policy_is_whole_and_in_order():
    text = policy([Statement(("glue:StartJobRun",), (JOB,), {"StringEquals": {"aws:ResourceAccount": "123456789012"}})])
    assert text == (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "glue:StartJobRun", '
        f'"Resource": "{JOB}", "Condition": {{"StringEquals": {{"aws:ResourceAccount": "123456789012"}}}}}}]}}'
    )


@given(st.text(max_size=60), st.text(alphabet=string.printable + "äß\u2028", max_size=120))
def test_whatever_a_log_says_a_policy_is_ascii_and_says_what_it_seems_to_say(action, key):
    text = policy(
        [
            Statement((f"s3:{action}",), (f"arn:aws:s3:::acme-lake/{key}",)),
            Statement(("s3:GetObject",), (f"arn:aws:s3:::acme-lake/{key}",)),
        ]
    )
    if isinstance(text, str):
        assert text.isascii()
        assert [set(each) for each in json.loads(text)["Statement"]] == [{"Effect", "Action", "Resource"}] * 2
