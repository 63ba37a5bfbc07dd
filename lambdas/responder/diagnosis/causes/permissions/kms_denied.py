"""A key may not be used: a right of the role or the key's own policy is missing.

Seen as: "… is not authorized to perform: kms:Decrypt on resource: …", KMSAccessDeniedException, "Access to KMS is not allowed".
Comes from: encryption with a customer managed key behind a bucket, queue, topic, secret or function; the caller needs rights on the key as well.
"""

from responder.diagnosis.refusals import rule

RULE = rule("kms-denied")
