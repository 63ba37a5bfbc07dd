"""What matters in the template: who may call whom, what happens to what fails, and what is encrypted."""

import pytest
from aws_cdk.assertions import Match
from responder.settings import Settings

from infra.failure_sources import MOST_TRIES
from infra.log_patterns import MOST_CHARACTERS, LogType, pattern


def of_type(resources, kind):
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == kind}


@pytest.mark.parametrize("source", ["aws.airflow-serverless", "aws.airflow", "mwaa.listener"])
def test_listens_to(template, source):
    """An event that cannot be delivered for a day ends in a queue."""
    template.has_resource_properties(
        "AWS::Events::Rule",
        {
            "EventPattern": Match.object_like({"source": [source]}),
            "Targets": [
                Match.object_like(
                    {
                        "DeadLetterConfig": Match.any_value(),
                        "RetryPolicy": {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": MOST_TRIES},
                    }
                )
            ],
        },
    )


def test_never_listens_to_itself(resources):
    """The result event must not start another diagnosis."""
    sources = [
        source for rule in of_type(resources, "AWS::Events::Rule").values() for source in rule["EventPattern"]["source"]
    ]
    assert "mwaa.failure-responder" not in sources


@pytest.mark.parametrize("kind", LogType)
def test_subscribes_to(template, kind):
    template.has_resource_properties(
        "AWS::Logs::SubscriptionFilter",
        {
            "LogGroupName": f"airflow-analytics-{kind}",
            "FilterPattern": pattern(kind),
            "FilterName": "MwaaFailureResponder",
        },
    )


def test_subscribes_to_nothing_else(resources):
    """Only two filters fit on a log group, and our own log must never feed us."""
    groups = [each["LogGroupName"] for each in of_type(resources, "AWS::Logs::SubscriptionFilter").values()]
    assert sorted(groups) == [
        "airflow-analytics-DAGProcessing",
        "airflow-analytics-Scheduler",
        "airflow-analytics-Task",
        "airflow-analytics-WebServer",
        "airflow-analytics-Worker",
        "airflow-billing-Task",
    ]


@pytest.mark.parametrize("kind", LogType)
def test_patterns_fit(kind):
    assert len(pattern(kind)) <= MOST_CHARACTERS


def test_logs_of_an_environment_and_no_others_call_intake(template):
    for logs in ("airflow-analytics-*", "airflow-billing-Task*"):
        template.has_resource_properties(
            "AWS::Lambda::Permission",
            {
                "Principal": "logs.amazonaws.com",
                "SourceAccount": {"Ref": "AWS::AccountId"},
                "SourceArn": {"Fn::Join": ["", Match.array_with([f":log-group:{logs}"])]},
            },
        )


def test_intake_keeps_what_it_could_not_handle(template):
    template.has_resource_properties(
        "AWS::Lambda::Function",
        {"Handler": "responder.intake_handler.handle", "DeadLetterConfig": {"TargetArn": Match.any_value()}},
    )


def test_the_queue_delays_and_redrives(template):
    """The delay lets the same attempt, seen by event and by log, become one; Lambda wants six time-outs of visibility."""
    template.has_resource_properties(
        "AWS::SQS::Queue",
        {
            "DelaySeconds": 20,
            "VisibilityTimeout": 720,
            "SqsManagedSseEnabled": True,
            "RedrivePolicy": {"deadLetterTargetArn": Match.any_value(), "maxReceiveCount": 5},
        },
    )
    template.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {
            "BatchSize": 1,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": {"MaximumConcurrency": 5},
        },
    )


def test_follow_ups_may_go_round_for_hours(template):
    """Each round is at most 15 minutes, and Lambda would end a chain after about 16 of them."""
    template.has_resource_properties(
        "AWS::Lambda::Function", {"Handler": "responder.responder_handler.handle", "RecursiveLoop": "Allow"}
    )


def test_visibility_is_six_time_outs(resources):
    responder = next(
        each for each in of_type(resources, "AWS::Lambda::Function").values() if "responder_handler" in each["Handler"]
    )
    queue = next(each for each in of_type(resources, "AWS::SQS::Queue").values() if "RedrivePolicy" in each)
    assert queue["VisibilityTimeout"] >= 6 * responder["Timeout"]


def test_the_table_forgets_and_recovers(template):
    template.has_resource_properties(
        "AWS::DynamoDB::Table",
        {
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "SSESpecification": {"SSEEnabled": True},
        },
    )


def test_topics_are_encrypted(resources):
    topics = of_type(resources, "AWS::SNS::Topic").values()
    assert len(topics) == 3
    assert all("KmsMasterKeyId" in topic for topic in topics)


def test_alarms_reach_their_own_topic(template):
    """CloudWatch may use the key, or no alarm would ever arrive."""
    template.has_resource_properties(
        "AWS::KMS::Key",
        {
            "EnableKeyRotation": True,
            "KeyPolicy": {
                "Statement": Match.array_with(
                    [
                        Match.object_like(
                            {
                                "Principal": {"Service": "cloudwatch.amazonaws.com"},
                                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                            }
                        )
                    ]
                )
            },
        },
    )


def test_only_alarms_of_this_account_reach_it(template):
    template.has_resource_properties(
        "AWS::SNS::TopicPolicy",
        {
            "PolicyDocument": {
                "Statement": Match.array_with(
                    [
                        Match.object_like(
                            {
                                "Principal": {"Service": "cloudwatch.amazonaws.com"},
                                "Action": "sns:Publish",
                                "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
                            }
                        )
                    ]
                )
            }
        },
    )


def test_only_the_responder_has_the_resolver(resources):
    layers = {each["Handler"]: each.get("Layers", []) for each in of_type(resources, "AWS::Lambda::Function").values()}
    assert layers["responder.intake_handler.handle"] == []
    assert len(layers["responder.responder_handler.handle"]) == 1


@pytest.mark.parametrize(
    ("namespace", "metric"),
    [
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        ("AWS/Lambda", "Errors"),
        ("AWS/Lambda", "Throttles"),
        ("AWS/Lambda", "DeadLetterErrors"),
        ("AWS/SNS", "NumberOfNotificationsFailed"),
        ("MwaaFailureResponder", "UnreadableEvents"),
        ("MwaaFailureResponder", "Undelivered"),
        ("MwaaFailureResponder", "BrokenRules"),
    ],
)
def test_alarms_on(template, namespace, metric):
    template.has_resource_properties("AWS::CloudWatch::Alarm", {"Namespace": namespace, "MetricName": metric})


def test_an_alarm_says_what_to_do(resources):
    told = [alarm["AlarmDescription"] for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()]
    assert [text for text in told if not 60 < len(text) <= 1024 or "{" in text] == []


def test_a_look_at_an_incident_that_waits_in_the_queue_is_no_backlog(template):
    """SQS delays for 900 seconds at most, and the age of what is delayed may count."""
    template.has_resource_properties(
        "AWS::CloudWatch::Alarm", {"MetricName": "ApproximateAgeOfOldestMessage", "Threshold": 1200}
    )


def test_a_claim_outlives_the_function_and_ends_before_the_queue_shows_the_sighting_again(resources):
    """Else two would send at once, or the next one would find the claim and give up."""
    responder = next(
        each for each in of_type(resources, "AWS::Lambda::Function").values() if "responder_handler" in each["Handler"]
    )
    queue = next(each for each in of_type(resources, "AWS::SQS::Queue").values() if "RedrivePolicy" in each)
    assert "lease_seconds" not in responder["Environment"]["Variables"]["RESPONDER_CHOICES"]
    assert responder["Timeout"] < Settings("queue").lease_seconds < queue["VisibilityTimeout"]


def test_every_dead_letter_queue_has_an_alarm(resources):
    dead = [name for name, each in of_type(resources, "AWS::SQS::Queue").items() if "RedrivePolicy" not in each]
    watched = [
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        if alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        for dimension in alarm["Dimensions"]
    ]
    assert sorted(watched) == sorted(dead)


def test_alarms_on_logs_that_are_not_forwarded(resources):
    sums = [
        each["MetricStat"]["Metric"]
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        for each in alarm.get("Metrics", [])
        if "MetricStat" in each
    ]
    watched = {
        (each["MetricName"], dimension["Value"])
        for each in sums
        for dimension in each["Dimensions"]
        if dimension["Name"] == "LogGroupName"
    }
    assert len(watched) == 12  # two metrics of six log groups
    assert ("DeliveryErrors", "airflow-billing-Task") in watched


def test_alarms_go_to_a_topic_of_their_own(resources):
    topics = of_type(resources, "AWS::SNS::Topic")
    targets = {
        action["Ref"]
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        for action in alarm["AlarmActions"]
    }
    assert len(targets) == 1
    subscribers = {
        each["Endpoint"]: each["TopicArn"]["Ref"] for each in of_type(resources, "AWS::SNS::Subscription").values()
    }
    assert targets == {subscribers["platform@example.com"]}
    assert subscribers["on-call@example.com"] in set(topics) - targets


def test_no_secret_is_in_the_template(template):
    """Functions are told where a secret is, never what it is."""
    template.resource_count_is("AWS::SecretsManager::Secret", 0)


def test_without_environments_it_still_listens(synthesise):
    bare = synthesise({"bundle": "this-machine"})
    bare.resource_count_is("AWS::Logs::SubscriptionFilter", 0)
    bare.resource_count_is("AWS::Events::Rule", 3)
