"""Refusals that do not use the common sentence, each with the words it is known by.

A form is looked for in one message only, so patterns may search; they hold no nested quantifier. Named groups are the
fields of `Denial`; besides them: `bucket` and `key`, `queue` (an SQS address), `rights` (Lake Formation's).
Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html, the guides of the services named, and texts that
users posted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.evidence.refusal import Form, Kind, Layer

_ARN = r"arn:[\w-]{1,20}:iam::\d{12}:role/[\w+=,.@/-]{1,512}"
ROLE = rf"(?P<resource>{_ARN})"
_PRINCIPAL = rf"(?P<principal>{_ARN})"
BUCKET = (
    r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
)
_BUCKET = r"(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}?[a-z0-9])"  # as short as it can be: S3's host may follow
PATH = rf"(?P<bucket>{BUCKET})(?:/(?P<key>[^\s,;'\"]{{1,1024}}))?"
S3_ADDRESS = rf"https?://(?P<bucket>{BUCKET})\.s3[\w.-]{{0,40}}\.amazonaws\.com(?:/(?P<key>[^\s'\"?]{{1,1024}}))?"


class Wording(NamedTuple):
    """One way to refuse. `marker` is in lower case and stands in every such text."""

    form: Form
    marker: str
    pattern: LazyPattern
    layer: Layer = Layer.UNKNOWN
    explicit: bool | None = None
    action: str | None = None
    kind: Kind = Kind.PERMISSION
    condition: str = ""
    service: str | None = None  # whose operations are refused so
    free: bool = True  # counts where no SDK's error stands around it; False for words that others use too


def _words(form: Form, marker: str, pattern: str = "", **more: object) -> Wording:
    return Wording(form, marker, lazy("(?i)" + (pattern or re.escape(marker))), **more)  # type: ignore[arg-type]  # fields of Wording, checked when built


_TRUST = {"layer": Layer.TRUST, "action": "sts:AssumeRole"}
_FORMATION = {"layer": Layer.LAKE_FORMATION, "service": "glue"}
_CREDENTIALS = {"kind": Kind.CREDENTIALS}
_LACKS = {"layer": Layer.IDENTITY, "explicit": False}
_FAILS_TO = ("unable to", "failed to", "could not", "cannot", "not able to", "not permitted to")
# What the role that a service was handed has not: "(sufficient) permissions", said of a role in the same sentence
_LACKING = r"[^.\n]{0,80}? (?:does not have|has no|has insufficient|lacks) (?:sufficient |proper |the |required |necessary |any )*(?:(?P<operation>(?-i:[A-Z][a-z]{1,30}[A-Z]\w{2,60})) )?(?:permissions?|access)\b"
_OF_ROLE = rf"\brole(?: ['\"]?{_PRINCIPAL})?{_LACKING}"
_OF_NAMED_ROLE = rf"\brole ['\"]?{_PRINCIPAL}{_LACKING}"

WORDINGS: tuple[Wording, ...] = (
    # --- S3's own switches
    _words(Form.PUBLIC_ACCESS, "s3 block public access", r"because (?P<condition>public (?:ACLs|policies) are prevented by the \w{5,40} setting)", layer=Layer.RESOURCE, explicit=True),
    _words(Form.BUCKET_SETTING, "customer provided keys (sse-c)", r"this bucket has blocked (?P<condition>upload requests that specify Server Side Encryption with Customer provided keys)", layer=Layer.RESOURCE, explicit=True),
    _words(Form.BUCKET_SETTING, "the bucket does not allow acls", r"(?P<condition>the bucket does not allow ACLs)", layer=Layer.RESOURCE),
    # CloudFormation's events, and handlers that pass a refusal on
    _words(Form.PLAIN, "api: ", r"\bAPI: (?P<action>[a-z0-9-]{2,40}:[A-Z]\w{2,80}) Access Denied"),
    _words(Form.PLAIN, "access denied when calling", r"Access denied when calling (?:the )?(?P<operation>[A-Z]\w{3,80}) operation"),
    # s3fs keeps the words and drops the rest
    _words(Form.PLAIN, "permissionerror: access denied", service="s3"),
    _words(Form.HEAD, "permissionerror: forbidden", service="s3"),
    # Java and .NET, where the SDK's own envelope was left out
    _words(Form.PLAIN, "s3exception: access denied", service="s3"),
    # what DuckDB says of a bucket that it may not list, of an object that it may not read, or that is not there
    _words(Form.PLAIN, "(http 403", rf"(?:s3|https?)://{_BUCKET}(?:\.s3[\w.-]{{0,40}}\.amazonaws\.com)?/\?(?:[^\s'\"]{{0,300}}&)?list-type=2[^\s]{{0,1100}}[^\n]{{0,60}} \(HTTP 403", service="s3", action="s3:ListBucket"),
    *(_words(Form.HEAD, marker, rf"{address}[^\n?]{{0,60}} {said}", service="s3", action="s3:GetObject") for marker, said in (("(http 403", r"\(HTTP 403"), ("403 (forbidden)", r"403 \(Forbidden\)")) for address in (S3_ADDRESS, rf"s3://{_BUCKET}/(?P<key>[^\s'\"?]{{1,1024}})")),
    # S3's bare answer as s3cmd and CloudFormation hand it on
    _words(Form.PLAIN, "access denied", r"\bS3 error: (?:403 )?\(?Access ?Denied", service="s3"),
    # clients that know nothing of AWS: requests, httpx, aiohttp
    *(_words(Form.UNSIGNED, marker, re.escape(marker) + r"(?:URL\()?['\"]?" + address, service="s3") for marker in ("403 client error: forbidden for url: ", "client error '403 forbidden' for url ", "403, message='forbidden', url=") for address in (S3_ADDRESS, rf"https?://s3[\w.-]{{0,40}}\.amazonaws\.com/{PATH}")),
    # --- KMS
    _words(Form.KMS_REFERENCE, "kms key does not exist", r"KMS key does not exist[^\n]{0,40}? or (?:is not allowed|you do not have permissions|you are not allowed)", layer=Layer.KMS_KEY),
    _words(Form.KMS_REFERENCE, "does not exist, is not enabled or you do not have permissions to access it", layer=Layer.KMS_KEY),
    _words(Form.RULE_OF_AWS, "with the default kms service key", r"(?P<condition>You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key)", layer=Layer.KMS_KEY, action="kms:Decrypt"),
    _words(Form.KMS_HIDDEN, "or a resource-based policy explicitly denies access", layer=Layer.KMS_KEY),
    _words(Form.KMS_REFERENCE, "or you are not allowed to access", r"ciphertext refers to a customer master key that does not exist", action="kms:Decrypt"),
    _words(Form.KMS_SERVICE, "access to kms is not allowed", action="kms:Decrypt"),
    _words(Form.KMS_SERVICE, "kms access was denied", action="kms:Decrypt"),
    _words(Form.KMS_SERVICE, "does not have access to the kms key"),
    _words(Form.KMS_SERVICE, "access denied to kms key"),
    _words(Form.KMS_SERVICE, "not authorized to use the kms key"),
    # --- EC2
    _words(Form.ENCODED, "encoded authorization failure message", r"(?:API: (?P<action>[a-z0-9-]{2,40}:\w{2,80}) )?(?:You are not authorized to perform this operation\. ?)?Encoded authorization failure message: ?(?P<encoded>[A-Za-z0-9_-]{16,10240})"),
    # --- SQS: "Access to the resource https://sqs.eu-west-1.amazonaws.com/123456789012/orders is denied."
    _words(Form.QUEUE, "access to the resource http", r"Access to the resource https?://(?P<queue>[\w.-]{5,120}/\d{12}/[\w.-]{1,80}) is denied"),
    # --- Lake Formation
    _words(Form.LAKE_FORMATION, "insufficient lake formation permission", r"Insufficient Lake Formation permission(?:\(s\)|s)?:? ?(?:Required )?(?P<rights>[^;)\]\n]{1,300})", **_FORMATION),
    _words(Form.LAKE_FORMATION, "not authorized to access requested permissions", **_FORMATION),
    _words(Form.LAKE_FORMATION, "required permissions in lake formation", **_FORMATION),
    _words(Form.LAKE_FORMATION, "does not have any privilege on specified resource", **_FORMATION),
    # --- Athena works with the rights of whoever asks it
    _words(Form.ATHENA, "permission denied on s3 path", rf"Permission denied on S3 path: ?s3a?n?://{PATH}", action="s3:GetObject"),
    _words(Form.ATHENA, "access denied when writing output to url", rf"Access denied when writing output to url: ?s3a?n?://{PATH}", action="s3:PutObject"),
    # so does Lambda when it fetches a function's code
    _words(Form.ATHENA, "have permission to getobject for", rf"have permission to GetObject for {PATH}", action="s3:GetObject"),
    _words(Form.ATHENA, "unable to verify/create output bucket", rf"Unable to verify/create output bucket (?P<bucket>{BUCKET})", action="s3:GetBucketLocation"),
    # --- databases that read and write in S3 themselves
    _words(Form.ROLE_UNUSABLE, "not authorized to get credentials of role", rf"Not authorized to get credentials of role {ROLE}", **_TRUST),
    _words(Form.ROLE_UNUSABLE, "is not authorized to assume iam role", rf"is not authorized to assume IAM Role {ROLE}", **_TRUST),
    _words(Form.ROLE_UNUSABLE, "is not associated to cluster", rf"requested role {ROLE} is not associated to cluster", **_TRUST),
    _words(Form.BY_DATABASE, "s3serviceexception:access denied", rf"S3ServiceException: ?Access Denied[^\n]{{0,80}}?Status 403(?:[^\n]{{0,900}}?S3 key being read ?: ?s3://{PATH})?"),
    # Redshift Spectrum, Aurora, ClickHouse, Snowflake: https://docs.aws.amazon.com/redshift/latest/dg/c-spectrum-troubleshooting.html
    _words(Form.BY_DATABASE, "error code: 403 message: accessdenied", r"HTTP response error code: 403 Message: AccessDenied"),
    _words(Form.BY_DATABASE, "s3 api returned error: access denied"),
    _words(Form.BY_DATABASE, "(s3_error)", r"\bAccess Denied\b[^\n]{0,600} \(S3_ERROR\)"),
    _words(Form.BY_DATABASE, "failure using stage area", r"Failure using stage area[^\n]{0,20} \[Access Denied \(Status Code: 403; Error Code: AccessDenied\)"),
    # --- a role that a service was handed cannot be used by it
    _words(Form.ROLE_UNUSABLE, "should be given assume role permissions", rf"Role {ROLE} should be given assume role permissions", **_TRUST),
    _words(Form.ROLE_UNUSABLE, "cannot be assumed by", rf"role '?(?:defined for the function|{ROLE}|\S{{1,600}})'? cannot be assumed by", **_TRUST, free=False),
    _words(Form.ROLE_UNUSABLE, "is not configured properly", rf"IAM Role {ROLE} is not configured properly", **_TRUST),
    *(_words(Form.ROLE_UNUSABLE, f"{fails} assume", rf"{fails} assume (?:the |provided |execution |service[- ]linked |service |specified )*(?:IAM )?role:? ?['\"(]?(?:{ROLE})?", **_TRUST, free=False) for fails in _FAILS_TO),
    _words(Form.ROLE_UNUSABLE, "authorized to assume the provided role", **_TRUST),
    _words(Form.ROLE_UNUSABLE, "to assume the role", rf"(?:allow|permission for|permissions for)[^\n]{{1,120}}? to assume the role(?: ?['\"(]?{ROLE})?", **_TRUST, free=False),
    # ECS's own events: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    _words(Form.ROLE_UNUSABLE, "that was provided for this task", rf"unable to assume the role '{ROLE}' that was provided for this task", **_TRUST),
    _words(Form.ROLE_UNUSABLE, "trust policy", rf"(?:{ROLE}[^\n]{{0,300}}?)?(?:its|the) trust policy", **_TRUST, free=False),
    _words(Form.ROLE_UNUSABLE, "trust relationship", rf"(?:{ROLE}[^\n]{{0,300}}?)?trust relationship", **_TRUST, free=False),
    _words(Form.ROLE_UNUSABLE, "could not access model data", r"Could not access model data at s3://" + PATH, layer=Layer.UNKNOWN, action="s3:GetObject", free=False),
    # "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"
    _words(Form.ROLE_LACKS, "does not have permissions to call", r"role does not have permissions to call (?P<operation>\w{3,60}) on (?P<service>\w{2,30})", **_LACKS),
    _words(Form.ROLE_LACKS, "insufficient ec2 permissions", rf"Service role {_PRINCIPAL} has insufficient EC2 permissions", **_LACKS, free=False),
    # Step Functions watches what it starts with a rule of EventBridge: https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html
    _words(Form.ROLE_LACKS, "is not authorized to create managed-rule", rf"{_PRINCIPAL}'? is not authorized to create managed-rule", **_LACKS, action="events:PutRule"),
    _words(Form.ROLE_LACKS, "the provided role does not have sufficient permissions", "", **_LACKS),
    *(_words(Form.ROLE_LACKS, words, pattern, **_LACKS, free=free) for words in ("does not have", "has no permission", "has insufficient permission", "lacks") for pattern, free in ((_OF_NAMED_ROLE, True), (_OF_ROLE, False))),
    # Firehose: https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html
    _words(Form.ROLE_LACKS, "access was denied when calling", r"Access was denied when calling (?P<service>\w{2,30})\b[^\n]{0,120}? role\b", **_LACKS),
    _words(Form.ROLE_LACKS, "role is not authorized to access", "", **_LACKS, free=False),
    # SageMaker tells what the role should have, and then what S3 said
    _words(Form.ROLE_LACKS, "permissions on bucket", rf"role \"{_PRINCIPAL}\" has \"(?P<action>s3:\w{{3,60}})\" permissions on bucket \"{PATH}\"[^\n]{{0,200}}?(?:Access Denied|not authorized)"),
    _words(Form.ROLE_LACKS, "location access test failed: could not perform", rf"access test failed: could not perform (?P<action>s3:\w{{3,60}}) (?:on|in) bucket(?: (?P<bucket>{BUCKET}))?"),
    # --- what no policy can allow
    _words(Form.RULE_OF_AWS, "cross-account pass role is not allowed", r"(?P<condition>Cross-account pass role is not allowed)", action="iam:PassRole"),
    _words(Form.RULE_OF_AWS, "roles may not be assumed by root accounts", r"(?P<condition>Roles may not be assumed by root accounts)", action="sts:AssumeRole"),
    _words(Form.RULE_OF_AWS, "with session credentials", r"(?P<condition>Cannot call (?P<operation>Get(?:Federation|Session)Token) with session credentials)"),
    _words(Form.ACCOUNT, "is denied access", r"Account \d{12} is denied access", free=False),
    # --- STS without a principal: only the trust policy decides over these two
    _words(Form.ROLE_UNUSABLE, "not authorized to perform sts:assumerolewith", r"Not authorized to perform (?P<action>sts:AssumeRoleWith\w{4,16})", layer=Layer.TRUST),
    # --- Bedrock
    _words(Form.MODEL_ACCESS, "you don't have access to the model"),
    _words(Form.MODEL_ACCESS, "access to this model is not available"),
    _words(Form.MODEL_ACCESS, "model access is denied", r"model access is denied(?:[^\n(]{0,160}\((?P<action>aws-marketplace:\w{2,60}))?"),
    _words(Form.MODEL_ACCESS, "your account is not authorized to invoke this api operation"),
    # --- Kubernetes: "pods is forbidden: User "x" cannot create resource "pods" in API group "" in the namespace "ml""
    _words(Form.KUBERNETES, "forbidden: user", r"(?P<condition>(?:[\w./\"-]{1,120} is )?forbidden: User \"?(?P<principal>[^\s\"]{1,400})\"? cannot \w{2,20} (?:resource|path) \"?[\w./-]{1,80}\"?[^\n{}]{0,160})", layer=Layer.RBAC),
    # --- credentials that never reached AWS
    _words(Form.CREDENTIALS, "unable to locate credentials", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "partial credentials found", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "multifactorauthentication failed", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "no valid providers in chain", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "unable to get iam security credentials from", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "failed to resolve aws credentials", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "aws authentication requires a valid date", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "a non-empty access key (akid) must be provided", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "no awsaccesskey was presented", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "missing authentication token", free=False, **_CREDENTIALS),
    _words(Form.CREDENTIALS, "anonymous users cannot", r"Anonymous users cannot \w{3,20} (?:multipart|objects?|buckets?)", free=False, **_CREDENTIALS),
    _words(Form.CREDENTIALS, "error when retrieving credentials from", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "error when retrieving token from", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "error retrieving metadata: ", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "unable to load aws credentials from", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "unable to load credentials from", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "could not load credentials from any providers", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "no ec2 imds role found", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "the sso session associated with this profile has expired", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "error loading sso token", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "security token included in the request is", r"security token included in the request is (?:invalid|expired)", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "access key id you provided does not exist", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "request signature we calculated does not match", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "the provided token has expired", **_CREDENTIALS),
    _words(Form.CREDENTIALS, "aws was not able to validate the provided access credentials", **_CREDENTIALS),
    _words(Form.ACCOUNT, "needs a subscription for the service", kind=Kind.ACCOUNT),
)  # fmt: skip
