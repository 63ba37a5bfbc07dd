"""A role cannot be assumed or handed over.

Seen as: "… is not authorized to perform: sts:AssumeRole on resource: …", iam:PassRole, "should be given assume role permissions", "cannot be assumed by".
Comes from: a role whose trust policy does not name the caller or the service, or a caller that may not assume or pass it.
"""

from responder.diagnosis.refusals import rule

RULE = rule("assume-role")
