import boto3
import pytest
from botocore.stub import ANY, Stubber
from responder.inquiry.ask import Deadline
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.installation import InstallationInquirer
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place
from responder.requirements.asked import LastInstallation

FAILURE = Failure(Kind.TASK, Place("analytics"), ())
TIME = Deadline(60, clock=lambda: 0.0)
FINE = [
    "[WARNING] - Forcing local constraints",
    "[INFO] - Collecting cowsay==6.1",
    "[INFO] - Successfully installed cowsay-6.1",
]
BROKEN = [
    "[INFO] - ERROR: Could not find a version that satisfies the requirement pandas==99 (from versions: 2.1.4)",
    "[ERROR] - ERROR: pip installation exited with a non-zero error code.",
]
SCHEDULER, WORKER = "airflow-analytics-Scheduler", "airflow-analytics-Worker"


class Environments:
    """MWAA's answer: which log groups are switched on."""

    def __init__(self, *groups):
        names = {group.rpartition("-")[2]: group for group in groups}
        self.facts = EnvironmentFacts("analytics", "arn", "AVAILABLE", log_groups=names)

    def answer(self, _question, _failure, _budget):
        return self.facts


def asked(groups):
    """`groups`: name -> [(stream, time, lines)]; what is asked of the log service is checked call by call."""
    client = boto3.client("logs", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(client) as stub:
        for group, streams in groups.items():
            described = [{"logStreamName": name, "lastEventTimestamp": at} for name, at, _ in streams]
            stub.add_response(
                "describe_log_streams",
                {"logStreams": described},
                {"logGroupName": group, "logStreamNamePrefix": "requirements_install"},
            )
        order = {group: sorted(streams, key=lambda each: -each[1]) for group, streams in groups.items()}
        newest = [(group, streams[0]) for group, streams in order.items() if streams]
        for group, stream in newest:
            _events(stub, group, stream)
        failed = next((group for group, stream in newest if stream[2] is BROKEN), None)
        for stream in order[failed][1:] if failed else []:
            _events(stub, failed, stream)
        return InstallationInquirer(lambda: client, Environments(*groups)).answer(LastInstallation(), FAILURE, TIME)


def _events(stub, group, stream):
    name, at, lines = stream
    events = [{"timestamp": at, "message": line} for line in lines]
    stub.add_response(
        "get_log_events",
        {"events": events},
        {"logGroupName": group, "logStreamName": name, "limit": ANY, "startFromHead": False},
    )


def test_the_newest_stream_decides():
    found = asked({SCHEDULER: [("requirements_install_a", 100, FINE), ("requirements_install_b", 200, BROKEN)]})
    assert (found.failed, found.log_stream, found.at, found.worked_at) == (True, "requirements_install_b", 200, 100)
    assert found.report.problems[0].requirement == "pandas==99"


def test_a_newer_installation_that_worked_heals():
    found = asked({SCHEDULER: [("requirements_install_a", 200, FINE), ("requirements_install_b", 100, BROKEN)]})
    assert (found.failed, found.log_stream) == (False, "requirements_install_a")


def test_each_component_installs_by_itself_and_one_that_failed_counts():
    found = asked(
        {SCHEDULER: [("requirements_install_a", 300, FINE)], WORKER: [("requirements_install_b", 100, BROKEN)]}
    )
    assert (found.failed, found.log_group) == (True, WORKER)


def test_no_stream_gives_a_reason():
    with pytest.raises(CouldNot, match="no log stream"):
        asked({SCHEDULER: []})
