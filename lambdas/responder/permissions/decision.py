"""The decision tree: from what was found out to the one thing that has to change.

What AWS's own record says comes first, then the text, then the simulator
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
"""

from __future__ import annotations

from enum import StrEnum

from responder.evidence.refusal import Form, Kind, Layer
from responder.permissions.findings import Decision, Findings, Verdict
from responder.permissions.principal import Whose
from responder.permissions.proof import relevant
from responder.permissions.proposal import Proposal


class Leaf(StrEnum):
    """Each has its own advice and its own owner, in `advice`."""

    ADD_STATEMENT = "add-statement"  # an Allow on the role is the fix
    ALREADY_ALLOWED = "already-allowed"  # the text says identity, the simulator says allowed by now
    ELSEWHERE = "elsewhere"  # the role may do it: what the simulator does not see refused
    OBJECT_MAY_BE_MISSING = "object-may-be-missing"  # S3 answers 403 for a key that is not there
    CONDITIONAL = "conditional"  # policies depend on what is not known
    NO_STATEMENT = "no-statement"  # the right thing to allow is not known, or must not be proposed
    EXPLICIT_IDENTITY = "explicit-identity"
    EXPLICIT_UNKNOWN = "explicit-unknown"
    BOUNDARY = "boundary"
    SCP = "scp"
    RCP = "rcp"
    SESSION = "session"
    VPC_ENDPOINT = "vpc-endpoint"
    RESOURCE_POLICY = "resource-policy"
    KMS_KEY = "kms-key"
    KMS_REFERENCE = "kms-reference"
    TRUST = "trust"
    RULE_OF_AWS = "rule-of-aws"
    ROLE_LACKS = "role-lacks"
    LAKE_FORMATION = "lake-formation"
    PUBLIC_ACCESS = "public-access"
    BUCKET_SETTING = "bucket-setting"
    MODEL_ACCESS = "model-access"
    BY_DATABASE = "by-database"
    UNSIGNED = "unsigned"
    RBAC = "rbac"
    OTHER_ACCOUNT = "other-account"
    USER = "user"
    CREDENTIALS = "credentials"
    ACCOUNT = "account"


_BY_FORM = {
    Form.LAKE_FORMATION: Leaf.LAKE_FORMATION,
    Form.KUBERNETES: Leaf.RBAC,
    Form.PUBLIC_ACCESS: Leaf.PUBLIC_ACCESS,
    Form.BUCKET_SETTING: Leaf.BUCKET_SETTING,
    Form.MODEL_ACCESS: Leaf.MODEL_ACCESS,
    Form.ROLE_UNUSABLE: Leaf.TRUST,
    Form.ROLE_LACKS: Leaf.ROLE_LACKS,
    Form.RULE_OF_AWS: Leaf.RULE_OF_AWS,
    Form.ACCOUNT: Leaf.ACCOUNT,
    Form.KMS_REFERENCE: Leaf.KMS_REFERENCE,
    Form.BY_DATABASE: Leaf.BY_DATABASE,
    Form.UNSIGNED: Leaf.UNSIGNED,
}
_BY_LAYER = {
    Layer.BOUNDARY: Leaf.BOUNDARY,
    Layer.SCP: Leaf.SCP,
    Layer.RCP: Leaf.RCP,
    Layer.SESSION: Leaf.SESSION,
    Layer.VPC_ENDPOINT: Leaf.VPC_ENDPOINT,
    Layer.RESOURCE: Leaf.RESOURCE_POLICY,
    Layer.KMS_KEY: Leaf.KMS_KEY,
    Layer.TRUST: Leaf.TRUST,
    Layer.LAKE_FORMATION: Leaf.LAKE_FORMATION,
    Layer.RBAC: Leaf.RBAC,
}
_BY_KIND = {Kind.CREDENTIALS: Leaf.CREDENTIALS, Kind.ACCOUNT: Leaf.ACCOUNT}
_BY_WHOSE = {Whose.OTHER_ACCOUNT: Leaf.OTHER_ACCOUNT, Whose.USER: Leaf.USER}


def layer_of(found: Findings) -> Layer:
    """The layer that refused, as far as it is known."""
    return found.layer or found.denial.layer


def decide(found: Findings) -> Leaf:
    """The leaf of the tree that fits."""
    denial = found.denial
    if denial.kind in _BY_KIND:
        return _BY_KIND[denial.kind]
    if denial.form in _BY_FORM:
        return _BY_FORM[denial.form]
    if leaf := _BY_LAYER.get(layer_of(found)):
        return leaf
    if denial.explicit:
        return Leaf.EXPLICIT_IDENTITY if layer_of(found) is Layer.IDENTITY else Leaf.EXPLICIT_UNKNOWN
    return _BY_WHOSE.get(found.principal.whose) or _by_simulator(found)


def _by_simulator(found: Findings) -> Leaf:
    """An implicit refusal on the identity side, or one whose side the text leaves open."""
    before, after = found.before, found.after
    if before is None:
        return _head(found) or (Leaf.ADD_STATEMENT if isinstance(found.proposal, Proposal) else Leaf.NO_STATEMENT)
    if before.allowed:
        stated = found.denial.layer is Layer.IDENTITY
        return Leaf.ALREADY_ALLOWED if stated else _head(found) or Leaf.ELSEWHERE
    if Decision.EXPLICIT_DENY in {before.decision, after.decision if after else before.decision}:
        return Leaf.EXPLICIT_IDENTITY
    return Leaf.NO_STATEMENT if after is None else _by_statement(after)


def _by_statement(after: Verdict) -> Leaf:
    if after.allowed:
        return Leaf.ADD_STATEMENT
    return Leaf.CONDITIONAL if relevant(after) else Leaf.ELSEWHERE


def _head(found: Findings) -> Leaf | None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html: without s3:ListBucket a missing key is a 403."""
    asks = found.denial.operation in {"HeadObject", "GetObject"}
    return Leaf.OBJECT_MAY_BE_MISSING if found.denial.form is Form.HEAD and asks else None
