"""Where messages go: the topics and their key. Slack's addresses stay in the deployer's own secrets."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Aws, RemovalPolicy, aws_iam, aws_kms, aws_sns, aws_sns_subscriptions
from constructs import Construct

from infra.state import dead_letters


class Notifications(Construct):
    """Attributes: `topic`, `alarm_topic`, `amazon_q_topic` (None where it is not wanted), `undelivered` (dead letters)."""

    def __init__(
        self, scope: Construct, name: str, *, emails: Sequence[str], alarm_emails: Sequence[str], amazon_q: bool
    ) -> None:
        super().__init__(scope, name)
        self.undelivered = dead_letters(self, "Undelivered")
        self._key = aws_kms.Key(
            self,
            "Key",
            description="Encrypts the topics of the MWAA Failure Responder",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.DESTROY,  # SNS keeps nothing that would have to be read later
        )
        # CloudWatch can publish to an encrypted topic only if the key says so; the key of AWS's own cannot say it:
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
        self._key.add_to_resource_policy(
            aws_iam.PolicyStatement(
                principals=[aws_iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key's policy: this key
            )
        )
        self.topic = self._topic("Failures", emails)
        self.alarm_topic = self._topic("Alarms", alarm_emails)
        self.alarm_topic.add_to_resource_policy(
            aws_iam.PolicyStatement(
                principals=[aws_iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.alarm_topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        self.amazon_q_topic = self._topic("AmazonQ", ()) if amazon_q else None

    @property
    def key_arn(self) -> str:
        return self._key.key_arn

    @property
    def topic_arns(self) -> tuple[str, ...]:
        """What the responder publishes to."""
        both = (self.topic, self.amazon_q_topic)
        return tuple(topic.topic_arn for topic in both if topic)

    def _topic(self, name: str, emails: Sequence[str]) -> aws_sns.Topic:
        topic = aws_sns.Topic(self, name, master_key=self._key, enforce_ssl=True)
        for email in emails:
            topic.add_subscription(aws_sns_subscriptions.EmailSubscription(email, dead_letter_queue=self.undelivered))
        return topic
