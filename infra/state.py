"""What outlives one invocation: the queue of sightings, its dead letters, and the table of attempts and incidents."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy, aws_dynamodb, aws_sqs
from constructs import Construct

# Lambda itself counts a throttled batch as a delivery, so fewer than five would lose sightings in a storm:
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
DELIVERIES = 5
# The longest that SQS keeps a message; a person has to look at a dead letter.
LONGEST_RETENTION = Duration.days(14)


def dead_letters(scope: Construct, name: str) -> aws_sqs.Queue:
    """A queue in which what could not be handled waits for a person."""
    return aws_sqs.Queue(
        scope,
        name,
        encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=LONGEST_RETENTION,
    )


class State(Construct):
    """Attributes: `queue`, `dead_letters`, `table`."""

    def __init__(self, scope: Construct, name: str, *, delay: Duration, visibility: Duration) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letters(self, "DeadSightings")
        self.queue = aws_sqs.Queue(
            self,
            "Sightings",
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            delivery_delay=delay,
            visibility_timeout=visibility,
            retention_period=LONGEST_RETENTION,
            dead_letter_queue=aws_sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=DELIVERIES),
        )
        self.table = aws_dynamodb.Table(
            self,
            "Ledger",
            partition_key=aws_dynamodb.Attribute(name="id", type=aws_dynamodb.AttributeType.STRING),
            time_to_live_attribute="expires_at",
            billing_mode=aws_dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=aws_dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=aws_dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            removal_policy=RemovalPolicy.DESTROY,  # everything in it runs out within weeks anyway
        )
