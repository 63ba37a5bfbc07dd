"""Functions run for real, with what Lambda gives them and with its ways to end them."""

import json
import sys

import pytest

from cli.sandbox.lambda_functions import find


@pytest.fixture
def invoke(aws):
    def invoked(arn, event=None):
        answer = aws.client("lambda").invoke(FunctionName=arn, Payload=json.dumps(event or {}))
        return answer.get("FunctionError"), json.loads(answer["Payload"].read() or "null")

    return invoked


def test_a_handler_gets_its_event_and_a_context(invoke, put_function):
    arn = put_function(
        "answers",
        """
        def main(event, context):
            return {"got": event, "name": context.function_name, "left": context.get_remaining_time_in_millis() > 5000}
        """,
    )
    assert invoke(arn, {"a": "ü"}) == (None, {"got": {"a": "ü"}, "name": "answers", "left": True})


def test_it_has_lambda_s_packages_and_none_of_this_machine_s(invoke, put_function):
    arn = put_function(
        "imports",
        """
        import importlib.util
        def main(event, context):
            return [importlib.util.find_spec(name) is not None for name in ("boto3", "pytest", "moto", "cli")]
        """,
    )
    assert invoke(arn) == (None, [True, False, False, False])


def test_its_environment_is_the_function_s_own(invoke, put_function):
    arn = put_function(
        "environ",
        """
        import os
        def main(event, context):
            return os.environ["CHOICE"], os.environ["TOOL"].endswith("/bin/tool"), "PYTEST_CURRENT_TEST" in os.environ
        """,
        Environment={"Variables": {"CHOICE": "x", "TOOL": "/opt/bin/tool"}},
    )
    assert invoke(arn) == (None, ["x", True, False])


ENDS = {
    "an exception": ("raise ValueError('no')", "ValueError"),
    "a time-out": ("import time; time.sleep(30)", "Sandbox.Timedout"),
    "a crash": ("import os; os._exit(3)", "Runtime.ExitError"),
    "too much memory": ("x = b'.' * 400_000_000; import time; time.sleep(15)", "Runtime.OutOfMemory"),
}


@pytest.mark.parametrize(("body", "kind"), ENDS.values(), ids=ENDS.keys())
def test_how_a_handler_can_end(invoke, put_function, body, kind):
    if kind.endswith("OutOfMemory") and sys.platform != "linux":
        pytest.skip("memory is looked up in /proc")
    source = f"def main(event, context):\n    if event.get('end'):\n        {body}\n    return 'fine'\n"
    arn = put_function(
        f"ends-{kind.replace('.', '-')}", source, Timeout=1 if kind == "Sandbox.Timedout" else 20, MemorySize=256
    )
    assert invoke(arn) == (None, "fine")
    error, answer = invoke(arn, {"end": True})
    assert (error, answer["errorType"]) == ("Unhandled", kind)
    assert invoke(arn) == (None, "fine"), "the next event runs in a new process"


def test_a_module_that_does_not_import(invoke, put_function):
    error, answer = invoke(put_function("broken", "import no_such_module\n"))
    assert (error, answer["errorType"]) == ("Unhandled", "Runtime.ImportModuleError")


def test_an_asynchronous_event_is_tried_three_times_and_then_a_dead_letter(aws, put_function, put_queue):
    url, queue = put_queue("lost")
    arn = put_function("fails", "def main(event, context):\n    print('tried')\n    raise ValueError('never')\n")
    find(arn).dead_letter_arn = queue
    aws.client("lambda").invoke(FunctionName=arn, InvocationType="Event", Payload='{"a": 1}')
    assert [json.loads(body) for body in aws.waiting(url, 1)] == [{"a": 1}]
    assert [line for line in aws.log_lines if line == "fails: tried"] == ["fails: tried"] * 3


def test_a_destination_for_failures_gets_the_event_and_what_happened(aws, put_function, put_queue):
    url, queue = put_queue("failures")
    put_function("told", "def main(event, context):\n    raise ValueError('never')\n")
    aws.client("lambda").put_function_event_invoke_config(
        FunctionName="told", MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": queue}}
    )
    aws.client("lambda").invoke(FunctionName="told", InvocationType="Event", Payload='{"a": 1}')
    (record,) = map(json.loads, aws.waiting(url, 1))
    assert record["requestPayload"] == {"a": 1}
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert record["responsePayload"]["errorType"] == "ValueError"


def test_what_it_prints_is_in_its_log_group_and_measures_what_it_says(aws, invoke, put_function):
    arn = put_function(
        "prints",
        """
        import json
        def main(event, context):
            metric = {"Namespace": "Mine", "Dimensions": [["service"]], "Metrics": [{"Name": "Seen", "Unit": "Count"}]}
            print(json.dumps({"_aws": {"Timestamp": 1, "CloudWatchMetrics": [metric]}, "service": "s", "Seen": [2]}))
        """,
    )
    invoke(arn)
    aws.wait_for(lambda: aws.metrics, 1, seconds=5, what="metrics")
    assert aws.metrics == [("Mine", "Seen", 2.0, {"service": "s"})]
    (stream,) = aws.client("logs").describe_log_streams(logGroupName="/aws/lambda/prints")["logStreams"]
    events = aws.client("logs").get_log_events(logGroupName="/aws/lambda/prints", logStreamName=stream["logStreamName"])
    assert "Seen" in events["events"][0]["message"]


def test_a_role_that_may_not_write_its_log_leaves_none(aws, invoke, put_function):
    nothing = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    invoke(put_function("silent", "def main(event, context):\n    print('hello')\n", nothing))
    assert aws.client("logs").describe_log_streams(logGroupName="/aws/lambda/silent")["logStreams"] == []
