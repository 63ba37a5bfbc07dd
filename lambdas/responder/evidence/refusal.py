"""What one refusal by AWS, or by Kubernetes for AWS, says: the nouns that `denial` reads texts into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Which policy refused; https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html."""

    IDENTITY = "identity"
    RESOURCE = "resource"
    KMS_KEY = "kms-key"
    SCP = "scp"
    RCP = "rcp"
    BOUNDARY = "boundary"
    SESSION = "session"
    VPC_ENDPOINT = "vpc-endpoint"
    TRUST = "trust"
    LAKE_FORMATION = "lake-formation"
    RBAC = "rbac"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What is wrong: a right is missing, nobody was recognised, or the account as a whole lacks something."""

    PERMISSION = "permission"
    CREDENTIALS = "credentials"
    ACCOUNT = "account"


class Form(StrEnum):
    """Which text it was: some need advice of their own."""

    SENTENCE = "sentence"  # User: … is not authorized to perform: … on resource: …
    PLAIN = "plain"  # an error code and no detail
    HEAD = "head"  # a 403 without a body
    ENCODED = "encoded"  # EC2's blob
    KMS_HIDDEN = "kms-hidden"  # the key is not named
    KMS_REFERENCE = "kms-reference"  # the key does not exist, is elsewhere, or is refused
    KMS_SERVICE = "kms-service"  # a service could not use a key for the caller
    QUEUE = "queue"  # Access to the resource https://sqs… is denied
    LAKE_FORMATION = "lake-formation"
    ATHENA = "athena"  # Athena works with the caller's permissions
    BY_DATABASE = "by-database"  # a database read or wrote in S3, with a role of its own
    UNSIGNED = "unsigned"  # an HTTP client asked S3, with nobody's signature or the address's
    ROLE_UNUSABLE = "role-unusable"  # a service cannot assume the role it was given
    RULE_OF_AWS = "rule-of-aws"  # what no policy can allow
    ROLE_LACKS = "role-lacks"  # the role that a service was given lacks a right
    KUBERNETES = "kubernetes"
    MODEL_ACCESS = "model-access"  # Bedrock's account setting
    PUBLIC_ACCESS = "public-access"  # S3 Block Public Access
    BUCKET_SETTING = "bucket-setting"  # object ownership, customer-provided keys
    CREDENTIALS = "credentials"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Denial:
    """One refusal. Strings are as printed, with their shape checked; None is what the text does not say."""

    line: str  # verbatim, bounded
    form: Form
    kind: Kind = Kind.PERMISSION
    code: str | None = None
    operation: str | None = None
    waiter: str | None = None  # botocore's waiter, whose texts leave the operation out
    service: str | None = None  # as the text prints it: "Amazon S3", "ec2"
    principal: str | None = None
    action: str | None = None
    resource: str | None = None
    layer: Layer = Layer.UNKNOWN
    explicit: bool | None = None
    policy: str | None = None  # ARN of the policy that denies
    table: str | None = None  # "database" or "database/table", where the words behind the sentence name it
    authorization_id: str | None = None
    encoded: str | None = None  # for sts:DecodeAuthorizationMessage
    condition: str = ""  # what a setting that refused is called, in words of the text
