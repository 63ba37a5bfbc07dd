"""The resource's own policy or ownership refuses the role.

Seen as: "because no resource-based policy allows", "because no VPC endpoint policy allows", "public ACLs are prevented by the BlockPublicAcls setting".
Comes from: a bucket, queue, topic or secret whose policy does not name the role, mostly in another account; Block Public Access; object ownership.
"""

from responder.diagnosis.refusals import rule

RULE = rule("resource-policy")
