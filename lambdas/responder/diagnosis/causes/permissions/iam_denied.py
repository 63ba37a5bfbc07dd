"""No identity policy of the role allows the action, or AWS refuses without saying which policy did.

Seen as: "… is not authorized to perform: s3:PutObject on resource: … because no identity-based policy allows …", a bare AccessDenied or 403, UnauthorizedOperation.
Comes from: an action that the execution role, a connection's role or a job's role was never given; Lake Formation without a grant; a key that does not exist and may not be listed.
"""

from responder.diagnosis.refusals import rule

RULE = rule("iam-denied")
