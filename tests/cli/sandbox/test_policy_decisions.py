"""Decisions that IAM's documentation fixes; each row names the sentence of the logic that it holds to."""

import json

import pytest

from cli.sandbox.policy import Decision, Evaluation, Request, context_keys, evaluate
from cli.sandbox.policy_document import MalformedPolicy, Policy, Position

ALLOWED, EXPLICIT, IMPLICIT = Decision.ALLOWED, Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY
OBJECT = "arn:aws:s3:::lake/raw/2026/a.csv"
ROLE = "arn:aws:iam::123456789012:role/service-role/mwaa"


def policy(*statements, version="2012-10-17", name="p"):
    return Policy.read(json.dumps({"Version": version, "Statement": list(statements)}), id=name, type="role")


def allow(action="s3:PutObject", resource="*", condition=None, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **_condition(condition), **more}


def deny(action="s3:PutObject", resource="*", condition=None):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **_condition(condition)}


def _condition(condition):
    return {"Condition": condition} if condition else {}


def decide(statements, action="s3:PutObject", resource=OBJECT, context=None, version="2012-10-17"):
    return evaluate(Request.of(action, resource, context), [policy(*statements, version=version)]).decision


STATEMENTS = [
    ("nothing allows: implicit deny", [], IMPLICIT),
    ("the very action on the very resource", [allow(resource=OBJECT)], ALLOWED),
    ("another action is no allow", [allow("s3:GetObject")], IMPLICIT),
    ("another resource is no allow", [allow(resource="arn:aws:s3:::lake/other")], IMPLICIT),
    ("an explicit deny wins over an allow", [allow(), deny()], EXPLICIT),
    ("a deny wins wherever it stands", [deny(), allow()], EXPLICIT),
    ("a deny of another action is none", [allow(), deny("s3:GetObject")], ALLOWED),
    ("a deny of another resource is none", [allow(), deny(resource="arn:aws:s3:::other/*")], ALLOWED),
    ("a deny alone is explicit", [deny()], EXPLICIT),
    ("lists of actions: one is enough", [allow(["s3:GetObject", "s3:PutObject"])], ALLOWED),
    ("lists of resources: one is enough", [allow(resource=["arn:aws:s3:::x", OBJECT])], ALLOWED),
    ("'*' stands for every action", [allow("*")], ALLOWED),
    ("a wildcard over one service's actions", [allow("s3:*")], ALLOWED),
    ("a wildcard inside an action's name", [allow("s3:Put*")], ALLOWED),
    ("a wildcard of another service", [allow("glue:*")], IMPLICIT),
    ("'?' stands for exactly one character", [allow("s3:PutObjec?")], ALLOWED),
    ("'?' does not stand for none", [allow("s3:PutObject?")], IMPLICIT),
    ("actions are compared without case", [allow("S3:putobject")], ALLOWED),
    ("resources are compared with case", [allow(resource=OBJECT.replace("raw", "RAW"))], IMPLICIT),
    ("a bucket is not its objects", [allow(resource="arn:aws:s3:::lake")], IMPLICIT),
    ("bucket/* is its objects, folders included", [allow(resource="arn:aws:s3:::lake/*")], ALLOWED),
    ("a wildcard in the middle of a key", [allow(resource="arn:aws:s3:::lake/*/a.csv")], ALLOWED),
    ("an ARN without wildcard has to be whole", [allow(resource="arn:aws:s3:::lake/raw")], IMPLICIT),
    ("a dot is a dot", [allow(resource="arn:aws:s3:::lake/raw/2026/axcsv")], IMPLICIT),
    ("NotAction allows what it does not name", [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}], ALLOWED),
    ("NotAction leaves out what it names", [{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], IMPLICIT),
    ("deny with NotAction hits the rest", [allow(), {"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*"}], EXPLICIT),
    ("deny with NotAction spares what it names", [allow(), {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}], ALLOWED),
    ("NotResource allows the rest", [{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::secret/*"}], ALLOWED),
    ("NotResource leaves out what it names", [{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::lake/*"}], IMPLICIT),
    ("deny with NotResource hits the rest", [allow(), {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::x/*"}], EXPLICIT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "expected"), [row[1:] for row in STATEMENTS], ids=[row[0] for row in STATEMENTS]
)
def test_statements(statements, expected):
    assert decide(statements) is expected


ARNS = [
    ("a star that ends a segment may go beyond it", "arn:aws:logs:*:log-group:x", "arn:aws:logs:eu-west-1:123456789012:log-group:x", True),
    ("a star inside a segment stays in it", "arn:aws:sns:eu-*t-1:t", "arn:aws:sns:eu-west-1:123456789012:t-1:t", False),
    ("a star inside a region", "arn:aws:sns:eu-*-1:123456789012:t", "arn:aws:sns:eu-west-1:123456789012:t", True),
    ("the request's '*' is no ARN", "arn:aws:s3:::lake/*", "*", False),
    ("'*' fits the request's '*'", "*", "*", True),
    ("a colon in the resource part", "arn:aws:glue:eu-west-1:123456789012:t*e/db", "arn:aws:glue:eu-west-1:123456789012:table:e/db", True),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "resource", "fits"), [row[1:] for row in ARNS], ids=[row[0] for row in ARNS])
def test_wildcards_in_arns(pattern, resource, fits):
    assert (decide([allow("x:y", pattern)], "x:y", resource) is ALLOWED) == fits


CONDITIONS = [
    ("StringEquals holds", {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, {"aws:RequestedRegion": "eu-west-1"}, True),
    ("StringEquals: one of several values", {"StringEquals": {"k:a": ["x", "y"]}}, {"k:a": "y"}, True),
    ("StringEquals minds case", {"StringEquals": {"k:a": "X"}}, {"k:a": "x"}, False),
    ("StringEquals knows no wildcard", {"StringEquals": {"k:a": "x*"}}, {"k:a": "xy"}, False),
    ("StringEquals without the key", {"StringEquals": {"k:a": "x"}}, {}, False),
    ("the key's name has no case", {"StringEquals": {"AWS:requestedregion": "eu-west-1"}}, {"aws:RequestedRegion": "eu-west-1"}, True),
    ("two keys: both have to hold", {"StringEquals": {"k:a": "x", "k:b": "y"}}, {"k:a": "x", "k:b": "z"}, False),
    ("two operators: both have to hold", {"StringEquals": {"k:a": "x"}, "Bool": {"k:b": "true"}}, {"k:a": "x", "k:b": "false"}, False),
    ("StringEqualsIgnoreCase", {"StringEqualsIgnoreCase": {"k:a": "X"}}, {"k:a": "x"}, True),
    ("StringNotEquals: another value", {"StringNotEquals": {"k:a": "x"}}, {"k:a": "y"}, True),
    ("StringNotEquals: none of several may fit", {"StringNotEquals": {"k:a": ["x", "y"]}}, {"k:a": "y"}, False),
    ("StringNotEquals without the key holds", {"StringNotEquals": {"k:a": "x"}}, {}, True),
    ("StringLike", {"StringLike": {"k:a": "team-*"}}, {"k:a": "team-data"}, True),
    ("StringLike that does not fit", {"StringLike": {"k:a": "team-?"}}, {"k:a": "team-data"}, False),
    ("StringNotLike", {"StringNotLike": {"k:a": "team-*"}}, {"k:a": "ops"}, True),
    ("IfExists without the key", {"StringEqualsIfExists": {"k:a": "x"}}, {}, True),
    ("IfExists with a wrong value", {"StringEqualsIfExists": {"k:a": "x"}}, {"k:a": "y"}, False),
    ("Null true: the key has to be absent", {"Null": {"k:a": "true"}}, {}, True),
    ("Null true with the key", {"Null": {"k:a": "true"}}, {"k:a": "x"}, False),
    ("Null false: the key has to be there", {"Null": {"k:a": "false"}}, {"k:a": "x"}, True),
    ("Bool", {"Bool": {"aws:SecureTransport": "true"}}, {"aws:SecureTransport": "true"}, True),
    ("Bool given as JSON's own", {"Bool": {"aws:SecureTransport": True}}, {"aws:SecureTransport": "true"}, True),
    ("Bool without the key", {"Bool": {"aws:SecureTransport": "false"}}, {}, False),
    ("NumericLessThanEquals", {"NumericLessThanEquals": {"s3:max-keys": "10"}}, {"s3:max-keys": "10"}, True),
    ("NumericLessThan compares numbers, not text", {"NumericLessThan": {"k:n": "10"}}, {"k:n": "9"}, True),
    ("NumericNotEquals without the key", {"NumericNotEquals": {"k:n": "1"}}, {}, True),
    ("DateLessThan", {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}, {"aws:CurrentTime": "2026-01-01T00:00:00Z"}, True),
    ("DateGreaterThan in epoch seconds", {"DateGreaterThan": {"aws:EpochTime": "1700000000"}}, {"aws:EpochTime": "1600000000"}, False),
    ("IpAddress in a network", {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]}}, {"aws:SourceIp": "10.1.2.3"}, True),
    ("IpAddress outside", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {"aws:SourceIp": "11.1.2.3"}, False),
    ("IpAddress: one address is a network of one", {"IpAddress": {"aws:SourceIp": "10.0.0.1"}}, {"aws:SourceIp": "10.0.0.1"}, True),
    ("NotIpAddress", {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {"aws:SourceIp": "11.1.2.3"}, True),
    ("NotIpAddress without the key", {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {}, True),
    ("ArnLike part by part", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/service-role/*"}}, {"aws:PrincipalArn": ROLE}, True),
    ("ArnEquals takes wildcards too", {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/*"}}, {"aws:PrincipalArn": ROLE}, True),
    ("ArnLike: a star stays in its part", {"ArnLike": {"aws:SourceArn": "arn:aws:s*:x:t"}}, {"aws:SourceArn": "arn:aws:sns:eu-west-1:1:x:t"}, False),
    ("ArnNotLike", {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}, {"aws:PrincipalArn": ROLE}, True),
    ("ForAllValues: every value of the request fits", {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}, {"aws:TagKeys": ["a", "b"]}, True),
    ("ForAllValues: one that does not fit", {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}, {"aws:TagKeys": ["a", "c"]}, False),
    ("ForAllValues without the key holds", {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, {}, True),
    ("ForAnyValue: one fits", {"ForAnyValue:StringEquals": {"aws:CalledVia": ["athena.amazonaws.com"]}}, {"aws:CalledVia": ["x", "athena.amazonaws.com"]}, True),
    ("ForAnyValue without the key", {"ForAnyValue:StringEquals": {"aws:CalledVia": ["x"]}}, {}, False),
    ("ForAnyValue with a negated operator, one differs", {"ForAnyValue:StringNotEquals": {"k:a": ["x"]}}, {"k:a": ["x", "y"]}, True),
    ("ForAllValues with a negated operator, one is named", {"ForAllValues:StringNotLike": {"k:a": ["x*"]}}, {"k:a": ["xa", "y"]}, False),
    ("a variable in a condition", {"StringLike": {"s3:prefix": "home/${aws:username}/*"}}, {"s3:prefix": "home/ann/x", "aws:username": "ann"}, True),
    ("a variable without a value fits nothing", {"StringEquals": {"k:a": "${aws:username}"}}, {"k:a": ""}, False),
    ("a variable's default", {"StringEquals": {"k:a": "${aws:PrincipalTag/team, 'none'}"}}, {"k:a": "none"}, True),
    ("a variable's wildcard is plain text", {"StringLike": {"k:a": "${k:b}"}}, {"k:a": "xyz", "k:b": "x*"}, False),
    ("${*} is the character", {"StringLike": {"k:a": "x${*}"}}, {"k:a": "x*"}, True),
    ("passing a role to one service", {"StringEquals": {"iam:PassedToService": "glue.amazonaws.com"}}, {"iam:PassedToService": "ecs-tasks.amazonaws.com"}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "context", "holds"), [row[1:] for row in CONDITIONS], ids=[row[0] for row in CONDITIONS]
)
def test_conditions(condition, context, holds):
    assert (decide([allow(condition=condition)], context=context) is ALLOWED) == holds


def test_a_condition_that_fails_lifts_a_deny():
    assert decide([allow(), deny(condition={"Bool": {"k:b": "true"}})], context={"k:b": "false"}) is ALLOWED


def test_a_negated_condition_of_a_deny_hits_when_the_key_is_absent():
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
    assert decide([allow(), deny(condition=elsewhere)]) is EXPLICIT


def test_a_variable_in_a_resource():
    home = allow(resource="arn:aws:s3:::lake/${aws:PrincipalTag/team}/*")
    assert decide([home], context={"aws:PrincipalTag/team": "raw"}) is ALLOWED
    assert decide([home], context={"aws:PrincipalTag/team": "ops"}) is IMPLICIT


def test_the_older_version_takes_variables_for_text():
    assert decide([allow(resource="arn:aws:s3:::${k:b}/*")], context={"k:b": "lake"}, version="2008-10-17") is IMPLICIT


EVERYTHING = policy(allow("*"))
READ_ONLY = policy(allow("s3:Get*"))
NO_WRITES = policy(deny("s3:Put*"), allow("*"))

LAYERS = [
    ("boundary and identity both allow", EVERYTHING, (), ALLOWED, True, None),
    ("a boundary that does not allow", READ_ONLY, (), IMPLICIT, False, None),
    ("a boundary that denies", NO_WRITES, (), EXPLICIT, False, None),
    ("one level that allows", None, ([EVERYTHING],), ALLOWED, None, True),
    ("every level has to allow", None, ([EVERYTHING], [READ_ONLY]), IMPLICIT, None, False),
    ("a level that denies", None, ([EVERYTHING], [NO_WRITES]), EXPLICIT, None, False),
    ("one policy of a level is enough", None, ([READ_ONLY, EVERYTHING],), ALLOWED, None, True),
    ("a level without a policy allows nothing", None, ([],), IMPLICIT, None, False),
    ("a denying level under a silent boundary", READ_ONLY, ([NO_WRITES],), EXPLICIT, False, False),
]


@pytest.mark.parametrize(
    ("boundary", "levels", "decision", "by_boundary", "by_organizations"),
    [row[1:] for row in LAYERS],
    ids=[row[0] for row in LAYERS],
)
def test_layers_above_an_identity_that_allows(boundary, levels, decision, by_boundary, by_organizations):
    seen = evaluate(
        Request.of("s3:PutObject", OBJECT), [EVERYTHING], boundary=boundary and [boundary], scp_levels=levels
    )
    assert (seen.decision, seen.allowed_by_boundary, seen.allowed_by_organizations) == (
        decision,
        by_boundary,
        by_organizations,
    )


def test_a_boundary_grants_nothing():
    assert evaluate(Request.of("s3:PutObject", OBJECT), [READ_ONLY], boundary=[EVERYTHING]).decision is IMPLICIT


def test_an_organisation_grants_nothing():
    assert evaluate(Request.of("s3:PutObject", OBJECT), [], scp_levels=[[EVERYTHING]]).decision is IMPLICIT


def test_an_identity_deny_wins_over_every_layer_that_allows():
    seen = evaluate(Request.of("s3:PutObject"), [NO_WRITES], boundary=[EVERYTHING], scp_levels=[[EVERYTHING]])
    assert seen.decision is EXPLICIT


def test_of_a_deny_only_the_denying_statement_is_matched():
    seen = evaluate(Request.of("s3:PutObject"), [policy(allow("s3:*"), deny(), name="mixed")])
    assert [(each.policy_id, each.start.column > 1) for each in seen.matched] == [("mixed", True)]
    assert len(evaluate(Request.of("s3:PutObject"), [policy(allow("s3:*"), allow())]).matched) == 2


def test_an_organisation_that_denies_hides_what_the_identity_says():
    assert evaluate(Request.of("s3:PutObject"), [EVERYTHING], scp_levels=[[READ_ONLY]]).matched == ()


def test_statements_know_where_they_stand():
    text = '{\n "Version": "2012-10-17", "Statement": [\n  {"Effect":"Allow","Action":"a:b","Resource":"*"},\n  {"Effect":"Deny","Action":"a:c","Resource":"*"}]}'
    first, second = Policy.read(text).statements
    assert (first.start, second.start) == (Position(3, 3), Position(4, 3))
    line = text.splitlines()[second.start.line - 1]
    assert json.loads(line[second.start.column - 1 : second.end.column - 1])["Effect"] == "Deny"


def test_a_single_statement_needs_no_list():
    assert len(Policy.read(json.dumps({"Statement": allow()})).statements) == 1


def test_missing_keys_are_those_of_statements_for_this_call():
    statements = [
        allow(condition={"StringEquals": {"aws:PrincipalTag/team": "data"}}),
        allow("glue:*", condition={"StringEquals": {"glue:Other": "x"}}),
        allow(resource="arn:aws:s3:::lake/${aws:username}/*"),
    ]
    seen = evaluate(Request.of("s3:PutObject", OBJECT), [policy(*statements)])
    assert seen.missing == ("aws:PrincipalTag/team", "aws:username")


def test_a_key_that_was_given_is_not_missing():
    own = policy(allow(condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}))
    seen = evaluate(Request.of("s3:PutObject", OBJECT, {"AWS:RequestedRegion": "us-east-1"}), [own])
    assert seen == Evaluation(IMPLICIT)


def test_context_keys_are_listed_once():
    twice = policy(allow(condition={"Bool": {"k:b": "true"}}), deny(condition={"Null": {"K:B": "true"}}))
    assert len(context_keys([twice])) == 1


MALFORMED = {
    "no JSON": "{",
    "no object": "[]",
    "no statement": "{}",
    "neither Action nor NotAction": {"Effect": "Allow", "Resource": "*"},
    "both Action and NotAction": allow(NotAction="x"),
    "no resource": {"Effect": "Allow", "Action": "a:b"},
    "an effect that is none": {"Effect": "allow", "Action": "a:b", "Resource": "*"},
    "an operator that is none": allow(condition={"StringMatches": {"k": "v"}}),
    "a quantifier that is none": allow(condition={"ForSome:StringEquals": {"k": "v"}}),
    "an action that is no text": allow([1]),
    "a condition without keys": allow(condition={"StringEquals": "x"}),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_refuses(raw):
    with pytest.raises(MalformedPolicy):
        Policy.read(raw if isinstance(raw, str) else json.dumps({"Version": "2012-10-17", "Statement": [raw]}))
