"""What is counted about the responder itself. The dashboard and the alarms look for the same names."""

from __future__ import annotations

NAMESPACE = "MwaaFailureResponder"

SIGHTED = "FailuresSighted"  # by intake: failures in the events, repeats included
UNREADABLE = "UnreadableEvents"  # by intake: events that no version of the code will read
HANDLED = "QueueMessages"  # by the responder: sightings and looks at incidents, redeliveries included
DIAGNOSED = "Diagnosed"  # with the dimension `cause`
UNKNOWN = "Unknown"
PROVEN = "Proven"
CHECKED = "Checked"
SUSPECTED = "Suspected"
TIME_TO_ALERT = "TimeToAlert"  # seconds from the first line of the failure to the confirmed message
LOOK_UP_ERRORS = "LookUpErrors"  # questions without an answer
BROKEN_RULES = "BrokenRules"
SUPPRESSED = "Suppressed"  # with the dimension `reason`
DELIVERED = "Delivered"  # with the dimension `channel`
UNDELIVERED = "Undelivered"  # with the dimension `channel`: refused for good
FOLLOW_UPS = "FollowUps"

SERVICE = "service"  # the dimension that every metric has: which of the two functions counted
INTAKE, RESPONDER = "intake", "responder"
CAUSE = "cause"
REASON = "reason"
CHANNEL = "channel"
