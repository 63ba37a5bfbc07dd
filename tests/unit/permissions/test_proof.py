"""PROVEN is a promise: claimed if and only if the request is denied without the statement, allowed with it, and nothing unseen has a say."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from responder.diagnosis.refusal_remedy import remedy
from responder.evidence.denial import read_denials
from responder.inquiry.ask import Deadline
from responder.inquiry.iam import IamInquirer
from responder.inquiry.iam_questions import WhyDenied
from responder.inquiry.iam_simulator import Simulator
from responder.model import Failure, Kind, Place, ProofLevel

from cli.sandbox.policy import Decision, Request, evaluate
from cli.sandbox.policy_document import Policy
from tests.stand_ins.iam import ROLE_ARN, ROLE_NAME, FakeIam, FakeS3, FakeSts, document

ACCOUNT, OTHER, REGION = "123456789012", "444455556666", "eu-west-1"
FAILURE = Failure(Kind.TASK, Place("analytics", ACCOUNT, REGION), ())
TIME = Deadline(60, clock=lambda: 0.0)
KNOWN = {
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": REGION,
    "aws:PrincipalArn": ROLE_ARN,
    "aws:PrincipalAccount": ACCOUNT,
}

# action, resource with the owner's account to fill in, the operation whose call it was
REQUESTS = (
    ("glue:StartJobRun", "arn:aws:glue:eu-west-1:{}:job/nightly", "StartJobRun"),
    ("glue:GetTable", "arn:aws:glue:eu-west-1:{}:table/sales/orders", "GetTable"),
    ("s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "GetObject"),
    ("s3:ListBucket", "arn:aws:s3:::acme-lake", "ListObjectsV2"),
    ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:{}:orders", "SendMessage"),
    ("athena:StartQueryExecution", "arn:aws:athena:eu-west-1:{}:workgroup/primary", "StartQueryExecution"),
    ("kms:Decrypt", "arn:aws:kms:eu-west-1:{}:key/1b2c", "GetObject"),
    ("sts:AssumeRole", "arn:aws:iam::{}:role/reader", "AssumeRole"),
    ("iam:PassRole", "arn:aws:iam::{}:role/task", "RunTask"),
    ("batch:DescribeJobs", "*", "DescribeJobs"),
    ("batch:SubmitJob", "arn:aws:batch:eu-west-1:{}:job-definition/score", "SubmitJob"),
    ("ecs:DescribeTasks", "arn:aws:ecs:eu-west-1:{}:task/media/*", "DescribeTasks"),
    ("iam:AttachRolePolicy", "arn:aws:iam::{}:role/task", "AttachRolePolicy"),
)
CLAUSES = {
    "identity": "because no identity-based policy allows the {} action",
    "": "",
    "resource": "because no resource-based policy allows the {} action",
    "explicit": "with an explicit deny in a service control policy",
    "session": "because no session policy allows the {} action",
}
PRINCIPALS = {
    "own": f"arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE_NAME}/AmazonMWAA-airflow",
    "connection": f"arn:aws:sts::{ACCOUNT}:assumed-role/lake/Airflow_lake",
    "foreign": f"arn:aws:sts::{OTHER}:assumed-role/lake/x",
    "user": f"arn:aws:iam::{ACCOUNT}:user/etl",
}
OWN_POLICIES = ("s3", "sqs")

_conditions = st.sampled_from(
    [
        {},
        {},
        {"StringEquals": {"aws:RequestedRegion": REGION}},
        {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
        {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
        {"StringEquals": {"aws:PrincipalTag/team": "data"}},
        {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}},
        {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
        {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/service-role/*"}},
        {"Bool": {"aws:SecureTransport": "false"}},
    ]
)
_statements = st.builds(
    lambda effect, action, resource, condition, sid: {"Sid": sid, "Effect": effect, "Action": action, "Resource": resource, **({"Condition": condition} if condition else {})},
    st.sampled_from(["Allow", "Allow", "Allow", "Deny"]),
    st.sampled_from(["*", "*", "*", "s3:*", "s3:Get*", "glue:*", "glue:GetTable", "sqs:SendMessage", "athena:*", "kms:*", "iam:PassRole", "batch:*", "sts:AssumeRole"]),
    st.sampled_from(["*", "*", "*", "arn:aws:s3:::acme-lake/*", "arn:aws:s3:::other/*", "arn:aws:glue:*:*:job/*", "arn:aws:sqs:*:*:o*"]),
    _conditions,
    st.sampled_from(["One", "Two"]),
)  # fmt: skip
_documents = st.lists(_statements, min_size=1, max_size=3).map(lambda statements: document(*statements))
_wide = st.sampled_from([None, None, document({"Effect": "Allow", "Action": "*", "Resource": "*"})])


@dataclass(frozen=True)
class World:
    request: tuple[str, str, str]
    owner: str
    clause: str
    who: str
    identity: str | None
    boundary: str | None
    scp: str | None
    owned: bool
    layout: str


_FIELDS = {
    "owner": st.sampled_from([ACCOUNT, OTHER]),
    "clause": st.sampled_from(sorted(CLAUSES)),
    "who": st.sampled_from(sorted(PRINCIPALS)),
    "identity": _documents,
    "boundary": st.one_of(_wide, _documents),
    "scp": st.one_of(_wide, _documents),
    "owned": st.booleans(),
    "layout": st.sampled_from(["template", "concrete"]),
}
_PROVABLE = {
    "owner": ACCOUNT,
    "clause": "identity",
    "who": "own",
    "identity": None,
    "boundary": None,
    "scp": None,
    "owned": True,
    "layout": "template",
}


@st.composite
def _near(draw):
    """A world in which all is well but for one or two things: where a wrong claim would hide."""
    changed = draw(st.lists(st.sampled_from([*sorted(_FIELDS), "identity", "identity", "identity"]), max_size=2))
    return World(draw(st.sampled_from(REQUESTS)), **_PROVABLE | {name: draw(_FIELDS[name]) for name in changed})


_worlds = st.one_of(_near(), _near(), st.builds(World, st.sampled_from(REQUESTS), **_FIELDS))


def resource_of(world):
    return world.request[1].format(world.owner)


def answered(world):
    action, _, operation = world.request
    clause = CLAUSES[world.clause].format(action)
    text = f"An error occurred (AccessDenied) when calling the {operation} operation: User: {PRINCIPALS[world.who]} is not authorized to perform: {action} on resource: {resource_of(world)} {clause}"
    iam = FakeIam(
        inline={"own": world.identity} if world.identity else {},
        boundary=world.boundary,
        scp_levels=[world.scp] if world.scp else [],
        layout=world.layout,
        roles={ROLE_NAME: ROLE_ARN, "lake": f"arn:aws:iam::{ACCOUNT}:role/lake"},
    )
    facts = SimpleNamespace(execution_role_arn=ROLE_ARN, partition="aws", region=REGION, account=ACCOUNT)
    environments = SimpleNamespace(answer=lambda *_: facts)
    s3 = FakeS3(["acme-lake", "acme-lake-2"] if world.owned else ["acme-lake-2"])
    inquirer = IamInquirer(environments, lambda: iam, FakeSts, lambda: s3, FakeSts, Simulator(lambda: iam))
    service = "ecs" if operation == "RunTask" else action.partition(":")[0].replace("kms", "s3")
    return inquirer.answer(WhyDenied(read_denials(text)[0], service), FAILURE, TIME)


def fixes(world, statement):
    """The evaluator's own word: denied without, allowed with, no guardrail, no key that nobody knows."""
    action = world.request[0]
    context = dict(KNOWN)
    if resource_of(world).split(":")[4:5] not in ([], [""]):
        context["aws:ResourceAccount"] = world.owner
    if action == "iam:PassRole":
        context["iam:PassedToService"] = "ecs-tasks.amazonaws.com"
    request = Request.of(action, resource_of(world), context)
    own = [Policy.read(world.identity)] if world.identity else []
    limits = {
        "boundary": [Policy.read(world.boundary)] if world.boundary else None,
        "scp_levels": [[Policy.read(world.scp)]] if world.scp else [],
    }
    before, after = evaluate(request, own, **limits), evaluate(request, [*own, Policy.read(statement)], **limits)
    unknown = {
        key
        for verdict in (before, after)
        for key in verdict.missing
        if key.startswith(("aws:", f"{action.partition(':')[0]}:"))
    }
    guarded = any(
        flag is False
        for verdict in (before, after)
        for flag in (verdict.allowed_by_boundary, verdict.allowed_by_organizations)
    )
    return (
        before.decision is Decision.IMPLICIT_DENY and after.decision is Decision.ALLOWED and not unknown and not guarded
    )


def is_blind(world):
    """What the simulator does not see, said of the world and not of the code."""
    prefix, resource = world.request[0].partition(":")[0], resource_of(world)
    return any(
        (
            world.who != "own",
            world.clause not in {"identity", ""},
            world.clause == "" and prefix in OWN_POLICIES,
            prefix in {"sts", "kms"},
            world.request[0] in {"glue:GetTable", "batch:SubmitJob"},
            prefix == "s3" and not world.owned,
            world.owner != ACCOUNT and prefix != "s3" and resource != "*",
            resource.endswith("/*"),
        )
    )


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(_worlds)
def test_proven_is_claimed_exactly_when_the_statement_helps_and_nothing_unseen_has_a_say(world):
    shown = remedy(answered(world))
    statement = next((each.text for each in shown.artifacts if each.kind == "iam-statement"), None)
    proven = shown.proof.level is ProofLevel.PROVEN
    assert proven == (statement is not None and fixes(world, statement) and not is_blind(world))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(_worlds)
def test_a_statement_is_never_wider_than_it_says(world):
    for artifact in remedy(answered(world)).artifacts:
        if artifact.kind in {"iam-statement", "companion-statement"}:
            for statement in json.loads(artifact.text)["Statement"]:
                actions = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
                assert statement["Effect"] == "Allow"
                assert not any("*" in action for action in actions)
                assert statement["Resource"] != "*" or set(actions) <= {"batch:DescribeJobs"}
                assert "iam:PassRole" not in actions or statement["Condition"]["StringEquals"]["iam:PassedToService"]
