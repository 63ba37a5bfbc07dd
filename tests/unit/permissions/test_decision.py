"""Each text, through the whole way: which cause, which leaf, who has to act, what is proposed, and how sure we are of it."""

import json
import re
from types import SimpleNamespace

import pytest
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.diagnosis.refusal_remedy import remedy
from responder.evidence.denial import read_denials
from responder.evidence.gather import gather
from responder.inquiry.ask import Deadline
from responder.inquiry.iam import IamInquirer
from responder.inquiry.iam_questions import BaselineRights, WhyDenied
from responder.inquiry.iam_simulator import Simulator
from responder.inquiry.question import NO_ANSWERS, Answers
from responder.intake.event import read_text
from responder.model import Failure, Kind, Place, ProofLevel
from responder.permissions.actions import needed
from responder.permissions.baseline import Lacking, Row
from responder.permissions.decision import decide
from responder.permissions.findings import Findings
from responder.permissions.principal import resolve
from responder.permissions.proposal import propose
from responder.permissions.resources import Place as Where

from cli.sandbox.policy import Decision, Request, evaluate
from cli.sandbox.policy_document import Policy
from tests.stand_ins.iam import ROLE_ARN, ROLE_NAME, FakeIam, FakeS3, FakeSts, document
from tests.unit.permissions import (
    denial_texts,
    denial_texts_as_posted,
    denial_texts_handed_on,
    denial_texts_of_services,
)
from tests.unit.permissions.denial_texts import identity

ACCOUNT, REGION = "123456789012", "eu-west-1"
WHERE = Where("aws", REGION, ACCOUNT)
TEXTS = (
    denial_texts.TEXTS + denial_texts_of_services.TEXTS + denial_texts_as_posted.TEXTS + denial_texts_handed_on.TEXTS
)
TIME = Deadline(60, clock=lambda: 0.0)


def unasked(text):
    denial = read_denials(text)[0]
    return Findings(denial, resolve(denial.principal), WHERE, propose(denial, None, WHERE))


def asked(text, iam, *, buckets=("acme-lake",), service=None):
    facts = SimpleNamespace(execution_role_arn=ROLE_ARN, partition="aws", region=REGION, account=ACCOUNT)
    inquirer = IamInquirer(
        SimpleNamespace(answer=lambda *_: facts),
        lambda: iam,
        FakeSts,
        lambda: FakeS3(buckets),
        FakeSts,
        Simulator(lambda: iam),
    )
    failure = Failure(Kind.TASK, Place("analytics", ACCOUNT, REGION), ())
    return inquirer.answer(WhyDenied(read_denials(text)[0], service), failure, TIME)


def test_the_action_is_spelled_as_a_policy_wants_it():
    spelled = [(text.id, needed(read_denials(text.text)[0]), text.action) for text in TEXTS]
    assert [each for each in spelled if each[1] != each[2]] == []


def judged(text):
    found = unasked(text.text)
    shown = remedy(found)
    proposes = any(each.kind == "iam-statement" for each in shown.artifacts)
    return decide(found).value, proposes, shown.proof.level


def test_the_leaf_fits_and_a_policy_is_proposed_only_where_one_helps():
    right = [(text.leaf, text.proposes, ProofLevel.SUSPECTED) for text in TEXTS]
    assert [(text.id, found) for text, due in zip(TEXTS, right, strict=True) if (found := judged(text)) != due] == []


@pytest.mark.parametrize("text", [each for each in TEXTS if each.statement], ids=lambda text: text.id)
def test_the_statement_names_just_what_was_refused(text):
    artifact = next(each.text for each in remedy(unasked(text.text)).artifacts if each.kind == "iam-statement")
    (statement,) = json.loads(artifact)["Statement"]
    named = statement["Resource"]
    assert statement["Action"] == text.action
    assert ((named,) if isinstance(named, str) else tuple(named)) == text.statement


@pytest.mark.parametrize("text", [each for each in TEXTS if each.proposes], ids=lambda text: text.id)
def test_the_policy_allows_just_the_refused_request(text):
    proposal = unasked(text.text).proposal
    held = [Policy.read(proposal.policy)]
    asked, context = proposal.asked, dict(proposal.context)
    assert evaluate(Request.of(text.action, asked, context), held).decision is Decision.ALLOWED
    if proposal.target.widened is None and asked != "*":
        assert evaluate(Request.of(text.action, f"{asked}-other", context), held).decision is Decision.IMPLICIT_DENY


@pytest.mark.parametrize("text", [each for each in TEXTS if each.owner != ""], ids=lambda text: text.id)
def test_the_owner_is_whoever_can_change_it(text):
    assert remedy(unasked(text.text)).owner == text.owner


def in_airflow_2(text):
    return f"""[2026-11-22T09:45:14.857+0000] {{{{taskinstance.py:3313}}}} ERROR - Task failed with exception
Traceback (most recent call last):
  File "/usr/local/airflow/.local/lib/python3.11/site-packages/botocore/client.py", line 1031, in _make_api_call
    raise error_class(parsed_response, operation_name)
{exception(text)}"""


def at_the_end(text):
    return f"[2026-11-22T09:45:14.857+0000] {{{{standard_task_runner.py:124}}}} ERROR - Failed to execute job 95 for task put ({exception(text)}; 10198)"


def in_airflow_3(text):
    name, _, message = exception(text).partition(": ")
    frame = {
        "filename": "/usr/local/airflow/.local/lib/python3.12/site-packages/botocore/client.py",
        "lineno": 1078,
        "name": "_make_api_call",
    }
    detail = {"exc_type": name.rpartition(".")[2], "exc_value": message, "frames": [frame], "is_cause": False}
    return json.dumps(
        {
            "timestamp": "2026-11-22T09:45:14Z",
            "level": "error",
            "event": "Task failed with exception",
            "error_detail": [detail],
        }
    )


def pasted(text):
    return text


SHAPES = (in_airflow_2, at_the_end, in_airflow_3, pasted)
EXPECTED = {
    "identity": "iam-denied",
    "unknown": "iam-denied",
    "lake-formation": "iam-denied",
    "resource": "resource-policy",
    "vpc-endpoint": "resource-policy",
    "kms-key": "kms-denied",
    "trust": "assume-role",
    "rbac": "service-auth",
    "scp": "explicit-deny",
    "rcp": "explicit-deny",
    "boundary": "explicit-deny",
    "session": "explicit-deny",
}


def cause_of(text):
    if text.cause:
        return text.cause
    action = (text.action or "").lower()
    cause = EXPECTED[text.layer]
    if text.explicit and cause not in {"resource-policy", "kms-denied"}:
        return "explicit-deny"
    if text.explicit and text.layer == "vpc-endpoint":
        return "explicit-deny"
    if cause == "iam-denied":
        return (
            "kms-denied"
            if action.startswith("kms:")
            else "assume-role"
            if action.startswith(("sts:assumerole", "iam:passrole"))
            else cause
        )
    return cause


# Lines of a child process that end without a failure
UNFINISHED = {"wrapped by a child process in Airflow's lines"}


def exception(text):
    """As the last line of a traceback."""
    line = " ".join(text.split())
    return (
        line
        if re.match(r"[\w.]+(?:Error|Exception|Fail\w*): ", line)
        else f"airflow.exceptions.AirflowException: {line}"
    )


def diagnosed(text, shape):
    diagnosis = diagnose(gather(read_text(shape(text.text))[0]), load())
    if diagnosis is None:
        return None
    advises = bool(diagnosis.propose(NO_ANSWERS).steps)
    return diagnosis.cause, diagnosis.facts.get("layer"), diagnosis.broken_rules, advises


@pytest.mark.parametrize("shape", SHAPES)
def test_the_cause_is_the_same_whatever_the_log_looks_like(shape):
    finished = [text for text in TEXTS if text.id not in UNFINISHED]
    right = [(cause_of(text), text.layer, (), True) for text in finished]
    found = [diagnosed(text, shape) for text in finished]
    assert [(text.id, each) for text, each, due in zip(finished, found, right, strict=True) if each != due] == []


def text_of(name):
    return next(each.text for each in TEXTS if each.id == name).replace("AmazonMWAA-analytics-x7Yd2q", ROLE_NAME)


NIGHT = document({"Sid": "NoGlueAtNight", "Effect": "Deny", "Action": "glue:*", "Resource": "*"})
ALL = document({"Effect": "Allow", "Action": "*", "Resource": "*"})
# text, what IAM holds, then leaf, level, and who has to act (None: whoever reads the message)
SIMULATED = {
    "glue lacks a right": ("glue crawler", FakeIam(), "add-statement", "PROVEN", None),
    "athena lacks a right": ("athena", FakeIam(), "add-statement", "PROVEN", None),
    "s3 in the own account": ("identity, nothing allows", FakeIam(), "add-statement", "PROVEN", None),
    "a role handed to ecs": ("pass role", FakeIam(), "add-statement", "PROVEN", None),
    "the table of a catalog": ("glue table", FakeIam(), "add-statement", "CHECKED", None),
    "a key": ("kms, named key", FakeIam(), "add-statement", "CHECKED", None),
    "a role to assume": ("assume role, no clause", FakeIam(), "add-statement", "CHECKED", None),
    "a connection's role": ("a connection's role", FakeIam(roles={"lake-reader": "arn:aws:iam::123456789012:role/lake-reader"}), "add-statement", "CHECKED", "whoever owns that role"),
    "a job's role": ("a job's role", FakeIam(roles={"etl": "arn:aws:iam::123456789012:role/etl"}), "add-statement", "CHECKED", "whoever owns the Glue job's role"),
    "corrected since": ("glue crawler", FakeIam(inline={"all": ALL}), "already-allowed", "CHECKED", None),
    "allowed, and refused all the same": ("sqs, old text", FakeIam(inline={"all": ALL}), "elsewhere", "CHECKED", "whoever owns the queue"),
    "a deny in the role": ("glue crawler", FakeIam(inline={"night": NIGHT}), "explicit-identity", "CHECKED", "whoever manages the policies of the role"),
    "a boundary": ("glue crawler", FakeIam(boundary=document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})), "boundary", "CHECKED", "whoever set the role's permissions boundary"),
    "an organisation": ("glue crawler", FakeIam(scp_levels=[NIGHT]), "scp", "CHECKED", "whoever administers the AWS organisation"),
    "an organisation, said by the text": ("explicit scp", FakeIam(), "scp", "CHECKED", "whoever administers the AWS organisation"),
    "a bucket's policy": ("resource policy, nothing allows", FakeIam(), "resource-policy", "CHECKED", "whoever owns the bucket"),
    "a user's keys": ("a user with keys", FakeIam(), "user", "SUSPECTED", "whoever made the connection"),
    "a head request": ("s3 head object", FakeIam(), "object-may-be-missing", "SUSPECTED", None),
    "lake formation": ("lake formation, required", FakeIam(), "lake-formation", "CHECKED", "whoever administers Lake Formation"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "iam", "leaf", "level", "owner"), SIMULATED.values(), ids=SIMULATED)
def test_the_simulator_decides_what_the_text_leaves_open(name, iam, leaf, level, owner):
    service = {"pass role": "ecs", "kms, named key": "s3"}.get(name)
    found = asked(text_of(name), iam, service=service)
    shown = remedy(found)
    assert (decide(found).value, shown.proof.level.value, shown.owner) == (leaf, level, owner)


def test_a_bucket_of_somebody_else_is_not_proven_and_says_that_both_sides_decide():
    shown = remedy(asked(text_of("identity, nothing allows"), FakeIam(), buckets=("other",)))
    assert shown.proof.level is ProofLevel.CHECKED
    assert any("another account" in step for step in shown.steps)


def test_the_message_of_a_proven_statement_holds_all_that_is_needed_to_attach_it():
    shown = remedy(asked(text_of("glue crawler"), FakeIam()))
    kinds = {each.kind: each.text for each in shown.artifacts}
    assert set(kinds) == {"iam-statement", "cdk", "cli", "companion-statement"}
    assert kinds["cli"].startswith(
        f"aws iam put-role-policy --role-name {ROLE_NAME} --policy-name mwaa-responder-glue-startcrawler --policy-document '"
    )
    assert 'iam.PolicyStatement(actions=["glue:StartCrawler"]' in kinds["cdk"]
    assert shown.links[0].url == f"https://console.aws.amazon.com/iam/home#/roles/details/{ROLE_NAME}"


def test_a_user_gets_the_statement_for_itself():
    shown = remedy(asked(text_of("a user with keys"), FakeIam()))
    cli = next(each.text for each in shown.artifacts if each.kind == "cli")
    assert cli.startswith("aws iam put-user-policy --user-name loader ")
    assert shown.links[0].url.endswith("/iam/home#/users/details/loader")


def test_behind_a_guardrail_the_statement_is_what_is_needed_besides():
    shown = remedy(
        asked(
            text_of("glue crawler"), FakeIam(boundary=document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}))
        )
    )
    assert [each.kind for each in shown.artifacts] == ["companion-statement"]


def test_companions_that_the_role_has_are_not_shown():
    iam = FakeIam(inline={"reads": document({"Effect": "Allow", "Action": "glue:Get*", "Resource": "*"})})
    assert "companion-statement" not in {each.kind for each in remedy(asked(text_of("glue crawler"), iam)).artifacts}


@pytest.mark.parametrize(
    "resource",
    ["arn:aws:s3:::*", "arn:aws:s3:::acme*/x", "*", 'arn:aws:s3:::b/k"}],"x":[{', "arn:aws:s3:::b/${aws:username}", "arn:aws:iam::123456789012:role/*"],
)  # fmt: skip
def test_nothing_that_a_log_makes_up_reaches_a_policy(resource):
    action = "iam:PassRole" if "role/" in resource else "s3:GetObject"
    shown = remedy(unasked(identity(action, resource, "GetObject")))
    statements = [each.text for each in shown.artifacts if each.kind == "iam-statement"]
    assert not any(mark in text for text in statements for mark in (":::*", "acme*", "${", "role/*", '"x"'))


@pytest.mark.parametrize("name", ["a'; rm -rf /; '", "x\n", "$(id)", "rôle", "a" * 65])
def test_no_role_name_that_a_log_makes_up_reaches_a_command_or_a_link(name):
    shown = remedy(
        unasked(
            identity(
                "glue:StartJobRun", "*", "StartJobRun", user=f"User: arn:aws:sts::123456789012:assumed-role/{name}/s"
            )
        )
    )
    assert not any(name in each.text for each in shown.artifacts if each.kind == "cli")
    assert not any(name in each.url for each in shown.links)


BACKEND = """[2026-11-22T09:45:14.100+0000] {base.py:84} INFO - Retrieving connection 'dwh'
[2026-11-22T09:45:14.200+0000] {connection.py:494} ERROR - Unable to retrieve connection from secrets backend (SecretsManagerBackend). Checking subsequent secrets backend.
Traceback (most recent call last):
  File "/usr/local/airflow/.local/lib/python3.11/site-packages/botocore/client.py", line 1031, in _make_api_call
    raise error_class(parsed_response, operation_name)
botocore.errorfactory.AccessDeniedException: %s
[2026-11-22T09:45:14.857+0000] {taskinstance.py:3313} ERROR - Task failed with exception
Traceback (most recent call last):
  File "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/hooks/base.py", line 71, in get_connection
    raise AirflowNotFoundException(f"The conn_id `{conn_id}` isn't defined")
airflow.exceptions.AirflowNotFoundException: The conn_id `dwh` isn't defined"""
SHELL = """[2026-11-22T09:45:14.100+0000] {subprocess.py:93} INFO - upload failed: ./a.csv to s3://acme-lake/raw/a.csv %s
[2026-11-22T09:45:14.200+0000] {subprocess.py:97} INFO - Command exited with return code 1
[2026-11-22T09:45:14.857+0000] {taskinstance.py:3313} ERROR - Task failed with exception
Traceback (most recent call last):
  File "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/operators/bash.py", line 210, in execute
    raise AirflowException(
airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 1."""
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:airflow/connections/dwh-AbCdEf"


@pytest.mark.parametrize(
    ("log", "denial", "action", "resource"),
    [
        (BACKEND, identity("secretsmanager:GetSecretValue", SECRET, "GetSecretValue").partition(": ")[2], "secretsmanager:GetSecretValue", SECRET),
        (SHELL, "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", "s3:PutObject", "arn:aws:s3:::acme-lake/raw/a.csv"),
    ],
    ids=["behind a connection that is not defined", "in a command's output"],
)  # fmt: skip
def test_the_refusal_is_the_root_where_others_only_pass_it_on(log, denial, action, resource):
    diagnosis = diagnose(gather(read_text(log % denial)[0]), load())
    assert diagnosis is not None
    assert (diagnosis.cause, diagnosis.facts["iam_action"], diagnosis.facts.get("resource")) == (
        "iam-denied",
        action,
        resource,
    )


def test_the_bucket_that_other_lines_name_is_proposed_with_it():
    log = SHELL % "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied"
    diagnosis = diagnose(gather(read_text(log)[0]), load())
    assert diagnosis is not None
    statement = next(each.text for each in diagnosis.propose(NO_ANSWERS).artifacts if each.kind == "iam-statement")
    assert "arn:aws:s3:::acme-lake/raw/a.csv" in statement


QUEUE = "arn:aws:sqs:eu-west-1:444455556666:airflow-celery-0a1b"


@pytest.mark.parametrize(
    ("action", "resource", "asked_about"),
    [("sqs:SendMessage", QUEUE, True), ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders", False)],
)
def test_where_mwaa_itself_lacks_a_right_all_of_its_rights_are_looked_at(action, resource, asked_about):
    log = in_airflow_2(identity(action, resource, "SendMessage"))
    diagnosis = diagnose(gather(read_text(log)[0]), load())
    assert diagnosis is not None
    assert (BaselineRights() in diagnosis.questions) == asked_about
    lacking = Lacking(
        ROLE_ARN,
        (
            (
                Row(("sqs:ReceiveMessage",), QUEUE, ("arn:aws:sqs:eu-west-1:*:airflow-celery-*",), "tasks stay queued"),
                ("sqs:ReceiveMessage",),
            ),
        ),
        30,
    )
    shown = diagnosis.propose(Answers({BaselineRights(): lacking}))
    assert any("tasks stay queued" in step for step in shown.steps) == asked_about


def test_a_refused_head_request_asks_to_list_as_well():
    found = unasked(next(each.text for each in TEXTS if each.id == "s3 through arrow"))
    second = next(each.text for each in remedy(found).artifacts if each.kind == "companion-statement")
    assert '"s3:ListBucket"' in second
    assert '"arn:aws:s3:::acme-lake"' in second
