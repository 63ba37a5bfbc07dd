"""What each alarm means and what to look at: its description, and the README's table."""

from __future__ import annotations

from collections.abc import Mapping

# In braces: what there may be several of. A description holds 1,024 characters:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
MEANINGS: Mapping[str, str] = {
    "DeadSightings": "The responder failed five times on the messages in this queue. Its log says why; afterwards "
    "*Start DLQ redrive* in the SQS console sends them through again",
    "LostEvents": "Intake failed on the events in this queue, after Lambda's and EventBridge's retries: "
    "`mwaa-responder replay` calls intake with each again (the console's redrive has no way back for events). "
    "Those with a `reason` could not be read, and stay",
    "Unreadable": "Intake cannot read an event; it stays in the queue LostEvents, with its `reason`",
    "UndeliveredEmails": "SNS cannot reach a subscriber; what was meant for it is in this queue",
    "{topic}NotDelivered": "SNS cannot reach a subscriber of this topic",
    "Undelivered": "A channel refused a message for good: a revoked webhook, a deleted topic. The responder's log says "
    "which and why; the other channels got it",
    "BrokenRules": "A rule raised an error on a log. The other rules diagnosed it, but the message may say less than it "
    "could; the responder's log names the rule",
    "{environment}-LogsNotForwarded": "CloudWatch Logs could not reach intake with log events of this environment; what "
    "it skipped then is not sent again",
    "EventsDropped": "An EventBridge rule could not even write a dead letter: the queue LostEvents or its policy was changed",
    "{function}DeadLetterErrors": "Lambda could not even write a dead letter: the queue LostEvents or its policy was changed",
    "{function}Errors": "The function ends with errors; its log says which. What it worked on is tried again, and then a "
    "dead letter",
    "{function}Throttles": "The function is throttled: look at the account's limit of concurrent executions. What waits "
    "is tried again",
    "Backlog": "A sighting has waited for more than 20 minutes: the responder fails or is throttled, or a channel stays down",
}
