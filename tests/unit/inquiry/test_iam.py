from types import SimpleNamespace

import pytest
from botocore.exceptions import UnknownServiceError
from responder.evidence.denial import Layer, read_denials
from responder.inquiry.ask import Deadline
from responder.inquiry.iam import IamInquirer
from responder.inquiry.iam_baseline import BaselineInquirer
from responder.inquiry.iam_questions import BaselineRights, WhyDenied
from responder.inquiry.iam_simulator import FRESH_FOR, Simulator
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place, ProofLevel
from responder.permissions.baseline import artifacts, steps
from responder.permissions.findings import Decision
from responder.permissions.principal import Whose
from responder.permissions.proof import proof

from tests.stand_ins.iam import ROLE_ARN, ROLE_NAME, FakeIam, FakeS3, FakeSts, document, refused
from tests.unit.permissions.denial_texts import boto, identity

ACCOUNT, REGION = "123456789012", "eu-west-1"
USER = f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE_NAME}/AmazonMWAA-airflow"
FAILURE = Failure(Kind.TASK, Place("analytics", ACCOUNT, REGION), ())
TIME = Deadline(60, clock=lambda: 0.0)
JOB = f"arn:aws:glue:{REGION}:{ACCOUNT}:job/nightly"
GLUE = identity("glue:StartJobRun", JOB, "StartJobRun", user=USER)
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def environments(role=ROLE_ARN, *, error=None):
    def answer(*_):
        if error:
            raise error
        return SimpleNamespace(
            execution_role_arn=role,
            partition="aws",
            region=REGION,
            account=ACCOUNT,
            name="analytics",
            arn=f"arn:aws:airflow:{REGION}:{ACCOUNT}:environment/analytics",
            source_bucket="acme-dags",
            kms_key=None,
        )

    return SimpleNamespace(answer=answer)


def find_out(text, iam, *, sts=None, toolbox=None, s3=None, known=None, simulator=None, time=TIME):
    inquirer = IamInquirer(
        environments=known or environments(),
        iam=lambda: iam,
        sts=lambda: sts or FakeSts(),
        s3=lambda: s3 or FakeS3(),
        toolbox=toolbox or FakeSts,
        simulator=simulator or Simulator(lambda: iam),
    )
    return inquirer.answer(WhyDenied(read_denials(text)[0]), FAILURE, time)


@pytest.mark.parametrize("layout", ["template", "concrete"])
def test_both_layouts_of_the_answer_say_denied_before_and_allowed_after(layout):
    found = find_out(GLUE, FakeIam(layout=layout))
    assert (found.before.decision, found.after.decision) == (Decision.IMPLICIT_DENY, Decision.ALLOWED)
    assert found.after.resource == JOB


def test_the_role_is_the_one_that_mwaa_names_with_its_path():
    iam = FakeIam()
    find_out(GLUE, iam)
    assert {call["PolicySourceArn"] for call in iam.calls} == {ROLE_ARN}


def test_the_refused_action_and_its_companions_travel_in_one_call_each_time():
    iam = FakeIam()
    find_out(GLUE, iam)
    assert len(iam.calls) == 2
    assert set(iam.calls[0]["ActionNames"]) == {
        "glue:StartJobRun",
        "glue:GetJob",
        "glue:GetJobRun",
        "glue:BatchStopJobRun",
    }


def test_companions_are_simulated_with_the_second_block():
    followers = find_out(GLUE, FakeIam()).followers
    assert [each.before.allowed for each in followers] == [False, False, False]
    assert [each.after.allowed for each in followers] == [True, True, True]


def test_an_answer_is_used_again_for_a_short_while():
    iam, now = FakeIam(), [0.0]
    simulator = Simulator(lambda: iam, clock=lambda: now[0])
    find_out(GLUE, iam, simulator=simulator)
    find_out(GLUE, iam, simulator=simulator)
    assert len(iam.calls) == 2
    now[0] = FRESH_FOR + 1
    find_out(GLUE, iam, simulator=simulator)
    assert len(iam.calls) == 4


def test_another_role_is_asked_for_its_path_and_simulated():
    other = f"arn:aws:iam::{ACCOUNT}:role/teams/lake"
    iam = FakeIam(roles={"lake": other})
    text = identity(
        "glue:StartJobRun", JOB, "StartJobRun", user=f"User: arn:aws:sts::{ACCOUNT}:assumed-role/lake/Airflow_lake"
    )
    found = find_out(text, iam)
    assert (found.principal.whose, found.role_arn, found.after.allowed) == (Whose.CONNECTION_ROLE, other, True)


@pytest.mark.parametrize(
    ("principal", "whose"),
    [
        ("arn:aws:sts::444455556666:assumed-role/lake/x", Whose.OTHER_ACCOUNT),
        (f"arn:aws:iam::{ACCOUNT}:user/etl", Whose.USER),
        ("anonymous", Whose.SERVICE),
    ],
)
def test_who_cannot_be_simulated_is_said_and_not_asked(principal, whose):
    iam = FakeIam()
    found = find_out(identity("glue:StartJobRun", JOB, "StartJobRun", user=f"User: {principal}"), iam)
    assert (found.principal.whose, found.before, iam.calls) == (whose, None, [])
    assert found.notes


def test_a_boundary_in_the_way_is_named_and_looked_past():
    found = find_out(GLUE, FakeIam(boundary=document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})))
    assert (found.layer, found.after.boundary, found.enough_without_guardrail) == (Layer.BOUNDARY, False, True)


def test_an_organisation_in_the_way_is_named_and_looked_past():
    found = find_out(GLUE, FakeIam(scp_levels=[document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})]))
    assert (found.layer, found.enough_without_guardrail) == (Layer.SCP, True)


def test_a_boto3_without_the_new_parameter_answers_the_rest():
    found = find_out(
        GLUE, FakeIam(boundary=document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}), knows_exclusions=False)
    )
    assert (found.layer, found.enough_without_guardrail) == (Layer.BOUNDARY, None)


def test_a_companion_that_the_organisation_denies_does_not_stain_the_refused_action():
    scp = document(EVERYTHING, {"Effect": "Deny", "Action": "glue:BatchStopJobRun", "Resource": "*"})
    found = find_out(GLUE, FakeIam(scp_levels=[scp]))
    assert (found.after.allowed, found.after.organizations) == (True, True)


def test_the_statement_that_denies_is_named():
    deny = document({"Sid": "NoJobsAtNight", "Effect": "Deny", "Action": "glue:Start*", "Resource": "*"})
    found = find_out(
        GLUE.replace(" because no identity-based policy allows the glue:StartJobRun action", ""),
        FakeIam(inline={"night": deny}),
    )
    assert found.layer is Layer.IDENTITY
    assert found.denied_by == ('inline policy "night", statement "NoJobsAtNight"',)


def test_an_encoded_message_is_decoded_and_read_again():
    text = boto(
        "UnauthorizedOperation",
        "StartInstances",
        "You are not authorized to perform this operation. Encoded authorization failure message: " + "aB3_" * 20,
    )
    instance = f"arn:aws:ec2:{REGION}:{ACCOUNT}:instance/i-0abc"
    message = {
        "allowed": False,
        "explicitDeny": False,
        "context": {
            "principal": {"arn": USER.removeprefix("User: ")},
            "action": "ec2:StartInstances",
            "resource": instance,
        },
    }
    found = find_out(text, FakeIam(), sts=FakeSts(message))
    assert (found.denial.action, found.denial.resource, found.after.allowed) == ("ec2:StartInstances", instance, True)


def test_a_message_that_may_not_be_decoded_is_a_note():
    text = boto("UnauthorizedOperation", "StartInstances", "Encoded authorization failure message: " + "aB3_" * 20)
    assert any("sts:DecodeAuthorizationMessage" in note for note in find_out(text, FakeIam()).notes)


ASKED = GLUE + " with the following authorization id: 0a1b2c3d4e5f6a7b"


def test_the_record_of_aws_comes_before_the_text():
    checks = [
        {
            "checkType": "RESOURCE_CONTROL_POLICY",
            "evaluatedEffect": "EXPLICIT_DENY",
            "matchedPolicies": [{"uri": "p-1", "matchedStatements": [{"sid": "OnlyOurs"}]}],
        }
    ]
    toolbox = SimpleNamespace(get_request_authorization_details=lambda **_: {"evaluations": [{"checks": checks}]})
    found = find_out(ASKED, FakeIam(), toolbox=lambda: toolbox)
    assert (found.layer, found.denial.explicit, found.denied_by) == (
        Layer.RCP,
        True,
        ('policy p-1, statement "OnlyOurs"',),
    )


def test_a_boto3_that_does_not_know_the_record_goes_on():
    def unknown():
        raise UnknownServiceError(service_name="iam-toolbox", known_service_names="")

    assert find_out(ASKED, FakeIam(), toolbox=unknown).after.allowed


@pytest.mark.parametrize("code", ["AccessDenied", "Throttling", "NoSuchEntity", "ServiceFailure"])
def test_a_simulator_that_refuses_leaves_a_note(code):
    found = find_out(GLUE, FakeIam(error=refused("SimulatePrincipalPolicy", code)))
    assert found.before is None
    assert any(ROLE_NAME in note for note in found.notes)


def test_no_call_is_begun_without_time():
    iam = FakeIam()
    found = find_out(GLUE, iam, time=Deadline(1, clock=lambda: 0.0))
    assert (iam.calls, found.before) == ([], None)
    assert any("time" in note for note in found.notes)


def test_an_environment_that_cannot_be_asked_leaves_the_role_of_the_text():
    found = find_out(GLUE, FakeIam(), known=environments(error=CouldNot("no such environment")))
    assert (found.principal.whose, found.role_arn) == (Whose.EXECUTION_ROLE, ROLE_ARN)
    assert any("no such environment" in note for note in found.notes)
    assert proof(found).level is ProofLevel.CHECKED


@pytest.mark.parametrize(("buckets", "owned"), [(["acme-lake"], True), (["acme-lake-2"], False)])
def test_whose_bucket_it_is_is_looked_up(buckets, owned):
    text = identity("s3:GetObject", '"arn:aws:s3:::acme-lake/raw/a.csv"', "GetObject", user=USER)
    assert find_out(text, FakeIam(), s3=FakeS3(buckets)).owned is owned


def lacking(iam):
    return BaselineInquirer(environments(), Simulator(lambda: iam)).answer(BaselineRights(), FAILURE, TIME)


def test_a_role_with_every_right_lacks_nothing_and_it_takes_one_call():
    iam = FakeIam(inline={"all": document(EVERYTHING)})
    found = lacking(iam)
    assert (found.rows, len(iam.calls), artifacts(found)) == ((), 1, ())
    assert "every right" in steps(found)[0]


def test_what_lacks_is_said_with_its_symptom_and_the_statement_repairs_it():
    iam = FakeIam(
        inline={
            "some": document(
                {"Effect": "Allow", "Action": ["s3:*", "logs:*", "cloudwatch:*", "airflow:*"], "Resource": "*"}
            )
        }
    )
    found = lacking(iam)
    told = " ".join(steps(found))
    assert "sqs:SendMessage" in told
    assert "tasks stay queued" in told
    iam.inline["repair"] = artifacts(found)[0].text
    assert lacking(iam).rows == ()
