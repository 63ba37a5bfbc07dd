"""A policy denies the action explicitly, or a guardrail above the role does not let it through.

Seen as: "with an explicit deny in a service control policy", "because no permissions boundary allows", "because no session policy allows".
Comes from: a Deny in one of the role's policies, a service or resource control policy of the organisation, a permissions boundary, a session's own policy, a VPC endpoint's policy.
"""

from responder.diagnosis.refusals import rule

RULE = rule("explicit-deny")
