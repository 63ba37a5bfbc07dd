"""Texts that refuse, and what each says: the table behind the tests of reading, deciding and proposing.

Accounts, names and ids are made up; the wordings are those that AWS documents and that users posted.
"""

from typing import NamedTuple

ROLE = "arn:aws:sts::123456789012:assumed-role/AmazonMWAA-analytics-x7Yd2q/AmazonMWAA-airflow"
USER = f"User: {ROLE}"
IDENTITY = "because no identity-based policy allows the {} action"


class Text(NamedTuple):
    """One refusal. `action` as a policy spells it; `leaf`, `proposes`, `statement` and `owner` with nothing asked of AWS."""

    id: str
    text: str
    action: str | None
    resource: str | None
    layer: str
    leaf: str
    explicit: bool | None = None
    principal: str | None = ROLE
    proposes: bool = True
    cause: str | None = None  # where it does not follow from the layer
    statement: tuple[str, ...] | None = None  # the resources that the proposal names, where that is looked at
    owner: str | None = ""  # who has to act; "" where that is not looked at
    policy: str | None = None  # the one that the text says denies


def boto(code: str, operation: str, message: str) -> str:
    return (
        f"botocore.exceptions.ClientError: An error occurred ({code}) when calling the {operation} operation: {message}"
    )


def identity(
    action: str, resource: str | None, operation: str, *, code: str = "AccessDeniedException", user: str = USER
) -> str:
    on = f" on resource: {resource}" if resource else ""
    return boto(code, operation, f"{user} is not authorized to perform: {action}{on} {IDENTITY.format(action)}")


def added(name: str, action: str, resource: str, operation: str, **more: object) -> Text:
    """The common case: an identity policy lacks the action."""
    text = identity(action, resource, operation, **{k: v for k, v in more.items() if k in {"code", "user"}})  # type: ignore[arg-type]
    return Text(name, text, action, resource.strip('"'), "identity", "add-statement", explicit=False)


def denied(
    name: str,
    clause: str,
    layer: str,
    leaf: str,
    *,
    explicit: bool | None,
    action: str = "s3:GetObject",
    resource: str = "arn:aws:s3:::acme-lake/raw/a.csv",
) -> Text:
    text = boto(
        "AccessDenied",
        action.partition(":")[2],
        f'{USER} is not authorized to perform: {action} on resource: "{resource}" {clause}',
    )
    return Text(
        name,
        text,
        action,
        resource,
        layer,
        leaf,
        explicit=explicit,
        proposes=layer in {"identity", "unknown"} and not explicit,
    )


A = "123456789012"
R = "eu-west-1"
SCP_ARN = "arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-examplepolicyid"

TEXTS: tuple[Text, ...] = (
    # --- each layer's wording, implicit
    denied("identity, nothing allows", "because no identity-based policy allows the s3:GetObject action", "identity", "add-statement", explicit=False),
    denied("resource policy, nothing allows", "because no resource-based policy allows the s3:GetObject action", "resource", "resource-policy", explicit=False),
    denied("boundary, nothing allows", "because no permissions boundary allows the s3:GetObject action", "boundary", "boundary", explicit=False),
    denied("session, nothing allows", "because no session policy allows the s3:GetObject action", "session", "session", explicit=False),
    denied("scp, nothing allows", "because no service control policy allows the s3:GetObject action", "scp", "scp", explicit=False),
    denied("vpc endpoint, nothing allows", "because no VPC endpoint policy allows the s3:GetObject action", "vpc-endpoint", "vpc-endpoint", explicit=False),
    denied("trust, nothing allows", "because no role trust policy allows the sts:AssumeRole action", "trust", "trust", explicit=False, action="sts:AssumeRole", resource="arn:aws:iam::444455556666:role/reader"),
    denied("plural wording", "because no identity-based policies allow the s3:GetObject action", "identity", "add-statement", explicit=False),
    # --- each layer's wording, explicit
    denied("explicit identity", "with an explicit deny in an identity-based policy", "identity", "explicit-identity", explicit=True),
    denied("explicit resource", "with an explicit deny in a resource-based policy", "resource", "resource-policy", explicit=True),
    denied("explicit scp", "with an explicit deny in a service control policy", "scp", "scp", explicit=True),
    denied("explicit scp with its ARN", f"with an explicit deny in a service control policy: {SCP_ARN}", "scp", "scp", explicit=True),
    denied("explicit rcp", "with an explicit deny in a resource control policy", "rcp", "rcp", explicit=True),
    denied("explicit boundary", "with an explicit deny in a permissions boundary", "boundary", "boundary", explicit=True),
    denied("explicit session", "with an explicit deny in a session policy", "session", "session", explicit=True),
    denied("explicit session, other spelling", "with an explicit deny in a sessions policy", "session", "session", explicit=True),
    denied("explicit vpc endpoint", "with an explicit deny in a VPC endpoint policy", "vpc-endpoint", "vpc-endpoint", explicit=True),
    denied("explicit trust", "with an explicit deny in the role trust policy", "trust", "trust", explicit=True, action="sts:AssumeRole", resource="arn:aws:iam::444455556666:role/reader"),
    denied("explicit, through another layer", "with an explicit deny in a VPC endpoint policy transitively through a service control policy", "scp", "scp", explicit=True),
    denied("explicit, layer unsaid", "with an explicit deny", "unknown", "explicit-unknown", explicit=True),
    denied("no clause at all", "", "unknown", "add-statement", explicit=None),
    denied("clause cut short", "because no identity-based poli", "identity", "add-statement", explicit=False),
    # --- spelling, wrapping, escaping
    Text("action in odd case", boto("AccessDenied", "SendMessage", f"{USER} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:{R}:{A}:orders because no resource-based policy allows the sqs:sendmessage action"), "sqs:SendMessage", f"arn:aws:sqs:{R}:{A}:orders", "resource", "resource-policy", False, proposes=False),
    Text("prefix in upper case", boto("AuthorizationError", "Publish", f"{USER} is not authorized to perform: SNS:Publish on resource: arn:aws:sns:{R}:{A}:alerts because no identity-based policy allows the SNS:Publish action"), "sns:Publish", f"arn:aws:sns:{R}:{A}:alerts", "identity", "add-statement", False),
    Text("sentence in upper case", boto("ACCESSDENIED", "GetItem", f"USER: {ROLE} IS NOT AUTHORIZED TO PERFORM: dynamodb:GetItem ON RESOURCE: arn:aws:dynamodb:{R}:{A}:table/stock BECAUSE NO IDENTITY-BASED POLICY ALLOWS THE dynamodb:GetItem ACTION"), "dynamodb:GetItem", f"arn:aws:dynamodb:{R}:{A}:table/stock", "identity", "add-statement", False),
    Text("wrapped between words", boto("AccessDeniedException", "StartJobRun", f"User:\n    {ROLE}\n    is not authorized\n    to perform: glue:StartJobRun\n    on resource: arn:aws:glue:{R}:{A}:job/nightly\n    because no identity-based\n    policy allows the glue:StartJobRun action"), "glue:StartJobRun", f"arn:aws:glue:{R}:{A}:job/nightly", "identity", "add-statement", False),
    Text("wrapped by a child process in Airflow's lines", f"[2026-11-22, 09:44:19 UTC] {{{{subprocess.py:93}}}} INFO - An error occurred (AccessDeniedException) when calling the StartQueryExecution operation: User: {ROLE} is not\n[2026-11-22, 09:44:19 UTC] {{{{subprocess.py:93}}}} INFO - authorized to perform: athena:StartQueryExecution on resource: arn:aws:athena:{R}:{A}:workgroup/primary because no identity-based policy allows the athena:StartQueryExecution action", "athena:StartQueryExecution", f"arn:aws:athena:{R}:{A}:workgroup/primary", "identity", "add-statement", False),
    Text("escaped in JSON", '{"event": "An error occurred (AccessDenied) when calling the GetObject operation: ' + USER + ' is not authorized to perform: s3:GetObject on resource: \\"arn:aws:s3:::acme-lake/raw/a.csv\\" because no identity-based policy allows the s3:GetObject action\\n"}', "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False),
    Text("coloured", f'\x1b[31mAn error occurred (AccessDenied)\x1b[0m when calling the GetObject operation: {USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-lake/raw/a.csv" because no identity-based policy allows the s3:GetObject action', "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False),
    Text("at the end of Airflow's own line", f'Failed to execute job 95 for task put (An error occurred (AccessDenied) when calling the PutObject operation: {USER} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme-lake/raw/a.csv" because no identity-based policy allows the s3:PutObject action; 10198)', "s3:PutObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False),
    Text("key with a space", identity("s3:PutObject", '"arn:aws:s3:::acme-lake/raw/my orders.csv"', "PutObject", code="AccessDenied"), "s3:PutObject", "arn:aws:s3:::acme-lake/raw/my orders.csv", "identity", "add-statement", False),
    Text("retries exhausted", f"An error occurred (AccessDeniedException) when calling the Invoke operation (reached max retries: 4): {USER} is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:{R}:{A}:function:score because no identity-based policy allows the lambda:InvokeFunction action", "lambda:InvokeFunction", f"arn:aws:lambda:{R}:{A}:function:score", "identity", "add-statement", False),
    Text("without the colon", boto("AccessDenied", "GetBucketLocation", f"{ROLE} is not authorized to perform s3:GetBucketLocation on resource arn:aws:s3:::acme-lake"), "s3:GetBucketLocation", "arn:aws:s3:::acme-lake", "unknown", "add-statement"),
    Text("with an authorization id", identity("iam:GetRole", "role etl", "GetRole", code="AccessDenied") + ". Go to https://example.com/x for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: 0a1b2c3d4e5f6a7b", "iam:GetRole", "etl", "identity", "add-statement", False),
    Text("action called null", boto("AccessDeniedException", "DescribeJobDefinitions", f"{USER} is not authorized to perform: null"), "batch:DescribeJobDefinitions", None, "unknown", "add-statement"),
    Text("action left out", boto("AccessDeniedException", "DescribeJobDefinitions", f"{USER} is not authorized to perform"), "batch:DescribeJobDefinitions", None, "unknown", "add-statement"),
    Text("ARN wrapped in its middle", f"AccessDeniedException: {USER}\nis not authorized to perform: glue:StartJobRun on\nresource: arn:aws:glue:{R}:{A}:job/\nnightly because no identity-based policy\nallows the glue:StartJobRun action", "glue:StartJobRun", f"arn:aws:glue:{R}:{A}:job/nightly", "identity", "add-statement", False),
    Text("session wrapped off its role", boto("AccessDeniedException", "StartJobRun", f"User: arn:aws:sts::{A}:assumed-role/AmazonMWAA-analytics-x7Yd2q/\nAmazonMWAA-airflow is not authorized to perform: glue:StartJobRun on resource: arn:aws:glue:{R}:{A}:job/nightly because no identity-based policy allows the glue:StartJobRun action"), "glue:StartJobRun", f"arn:aws:glue:{R}:{A}:job/nightly", "identity", "add-statement", False),
    Text("java, masked and on another level", f"software.amazon.awssdk.services.s3.model.S3Exception: {USER} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:{R}:{A}:key/abcd1234 because no session policy allows the kms:Decrypt action (Service: S3, Status Code: 403, Request ID: ****************, Extended Request ID: *****)", "kms:Decrypt", f"arn:aws:kms:{R}:{A}:key/abcd1234", "session", "session", False, proposes=False),
    Text("api gateway", f'{{"Message":"{USER} is not authorized to access this resource with an explicit deny in a resource-based policy"}}', "execute-api:Invoke", None, "resource", "resource-policy", True, proposes=False),
    Text("a quarantined key", f'S3Exception: User: arn:aws:iam::{A}:user/render is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-lake/a.pdf" with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3 (Service: S3, Status Code: 403, Request ID: NM0S)', "s3:GetObject", "arn:aws:s3:::acme-lake/a.pdf", "identity", "explicit-identity", True, f"arn:aws:iam::{A}:user/render", proposes=False),
    Text("in javascript's json", f'{{"errorType": "AccessDeniedException", "errorMessage": "{USER} is not authorized to perform: ecs:RunTask on resource: arn:aws:ecs:{R}:{A}:task-definition/build:1", "statusCode": 400}}', "ecs:RunTask", f"arn:aws:ecs:{R}:{A}:task-definition/build:1", "unknown", "add-statement"),
    Text("go v1", f"Error: creating MWAA Environment (development): AccessDeniedException: {USER} is not authorized to perform: airflow:TagResource on resource: arn:aws:airflow:{R}:{A}:environment/development\n\tstatus code: 403, request id: 0a1b", "airflow:TagResource", f"arn:aws:airflow:{R}:{A}:environment/development", "unknown", "add-statement"),
    # --- S3 without details
    Text("s3, access denied and nothing else", boto("AccessDenied", "ListObjectsV2", "Access Denied"), "s3:ListBucket", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("s3 head object", boto("403", "HeadObject", "Forbidden"), "s3:GetObject", None, "unknown", "object-may-be-missing", principal=None, proposes=False),
    Text("s3 head bucket", boto("403", "HeadBucket", "Forbidden"), "s3:ListBucket", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("s3 upload that names the bucket", "boto3.exceptions.S3UploadFailedError: Failed to upload /tmp/x.csv to acme-lake/raw/x.csv: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", "s3:PutObject", "arn:aws:s3:::acme-lake/raw/x.csv", "unknown", "add-statement", principal=None),
    Text("s3 multipart upload", boto("AccessDenied", "CreateMultipartUpload", "Access Denied"), "s3:PutObject", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("s3 through arrow", "OSError: When getting information for key 'raw/a.parquet' in bucket 'acme-lake': AWS Error ACCESS_DENIED during HeadObject operation: No response body.", "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.parquet", "unknown", "object-may-be-missing", principal=None),
    Text("s3 through s3fs", "PermissionError: Access Denied", None, None, "unknown", "no-statement", principal=None, proposes=False),
    Text("s3 through duckdb", "duckdb.duckdb.HTTPException: HTTP Error: HTTP GET error on 'https://acme-lake.s3.eu-west-1.amazonaws.com/raw/a.parquet' (HTTP 403)", "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.parquet", "unknown", "add-statement", principal=None),
    Text("s3 block public access", boto("AccessDenied", "PutObjectAcl", f'{USER} is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::acme-lake/raw/a.csv" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access'), "s3:PutObjectAcl", "arn:aws:s3:::acme-lake/raw/a.csv", "resource", "public-access", True, proposes=False),
    Text("s3 block public policies", boto("AccessDenied", "PutBucketPolicy", f'{USER} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::acme-lake" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access'), "s3:PutBucketPolicy", "arn:aws:s3:::acme-lake", "resource", "public-access", True, proposes=False),
    Text("s3 customer-provided keys", boto("AccessDenied", "PutObject", f'{USER} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme-lake/a" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type'), "s3:PutObject", "arn:aws:s3:::acme-lake/a", "resource", "bucket-setting", True, proposes=False),
    # --- KMS
    Text("kms, named key", identity("kms:Decrypt", f"arn:aws:kms:{R}:{A}:key/1b2c3d4e-0000-4444-8888-1a2b3c4d5e6f", "GetObject", code="AccessDenied"), "kms:Decrypt", f"arn:aws:kms:{R}:{A}:key/1b2c3d4e-0000-4444-8888-1a2b3c4d5e6f", "identity", "add-statement", False),
    Text("kms, the key's policy", boto("AccessDenied", "PutObject", f"{USER} is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:{R}:{A}:key/1b2c because no resource-based policy allows the kms:GenerateDataKey action"), "kms:GenerateDataKey", f"arn:aws:kms:{R}:{A}:key/1b2c", "kms-key", "kms-key", False, proposes=False),
    Text("kms, key not named, identity", boto("AccessDeniedException", "Decrypt", f"{USER} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action"), "kms:Decrypt", None, "identity", "no-statement", False, proposes=False),
    Text("kms, key not named, three reasons", boto("AccessDeniedException", "Decrypt", f"{USER} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"), "kms:Decrypt", None, "kms-key", "kms-key", None, proposes=False),
    Text("kms, on this resource", boto("AccessDeniedException", "GenerateDataKey", f"{USER} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"), "kms:GenerateDataKey", None, "kms-key", "kms-key", None, proposes=False),
    Text("kms, old text", boto("AccessDeniedException", "GetSecretValue", "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."), "kms:Decrypt", None, "unknown", "kms-reference", principal=None, proposes=False),
    Text("kms behind secrets manager", boto("AccessDeniedException", "GetSecretValue", "Access to KMS is not allowed"), "kms:Decrypt", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("kms behind lambda", "botocore.errorfactory.KMSAccessDeniedException: An error occurred (KMSAccessDeniedException) when calling the Invoke operation (reached max retries: 4): Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings. KMS Exception: AccessDeniedException KMS Message: User: arn:aws:sts::123456789012:assumed-role/score-role-ab12cd34/score is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/9b1d because no resource-based policy allows the kms:Decrypt action", "kms:Decrypt", f"arn:aws:kms:{R}:{A}:key/9b1d", "kms-key", "kms-key", False, principal="arn:aws:sts::123456789012:assumed-role/score-role-ab12cd34/score", proposes=False),
    Text("kms, explicit in a guardrail", boto("AccessDenied", "GetObject", f"{USER} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:{R}:{A}:key/1b2c with an explicit deny in a service control policy"), "kms:Decrypt", f"arn:aws:kms:{R}:{A}:key/1b2c", "scp", "scp", True, proposes=False),
    # --- EC2
    Text("ec2, new text", boto("UnauthorizedOperation", "StartInstances", f"You are not authorized to perform this operation. {USER} is not authorized to perform: ec2:StartInstances on resource: arn:aws:ec2:{R}:{A}:instance/i-0abc because no identity-based policy allows the ec2:StartInstances action. Encoded authorization failure message: " + "aB3_-xYz" * 40), "ec2:StartInstances", f"arn:aws:ec2:{R}:{A}:instance/i-0abc", "identity", "add-statement", False),
    Text("ec2, blob only", boto("UnauthorizedOperation", "RunInstances", "You are not authorized to perform this operation. Encoded authorization failure message: " + "aB3_-xYz" * 40), "ec2:RunInstances", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("ec2, neither", boto("UnauthorizedOperation", "DescribeInstances", "You are not authorized to perform this operation."), "ec2:DescribeInstances", None, "unknown", "add-statement", principal=None),
    Text("ec2 waiter", "botocore.exceptions.WaiterError: Waiter InstanceRunning failed: An error occurred (UnauthorizedOperation): You are not authorized to perform this operation.", "ec2:DescribeInstances", None, "unknown", "add-statement", principal=None),
    # --- SQS
    Text("sqs, old text", boto("AccessDenied", "ReceiveMessage", f"Access to the resource https://sqs.{R}.amazonaws.com/{A}/orders is denied."), "sqs:ReceiveMessage", f"arn:aws:sqs:{R}:{A}:orders", "unknown", "add-statement", principal=None),
    Text("sqs, older address", boto("AccessDenied", "SendMessage", f"Access to the resource https://{R}.queue.amazonaws.com/{A}/orders is denied."), "sqs:SendMessage", f"arn:aws:sqs:{R}:{A}:orders", "unknown", "add-statement", principal=None),
    # --- Lake Formation
    Text("lake formation, required", boto("AccessDeniedException", "GetTable", "Insufficient Lake Formation permission(s): Required Describe on orders"), "glue:GetTable", None, "lake-formation", "lake-formation", principal=None, proposes=False),
    Text("lake formation, on", boto("AccessDeniedException", "CreateTable", "Insufficient Lake Formation permission(s) on sales"), "glue:CreateTable", None, "lake-formation", "lake-formation", principal=None, proposes=False),
    Text("lake formation, inside Athena", "airflow.exceptions.AirflowException: FAILED: Execution Error, return code 1. MetaException(message:Insufficient Lake Formation permission(s): Required Select on orders (Service: AWSGlue; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0a1b-2c3d; Proxy: null))", None, None, "lake-formation", "lake-formation", principal=None, proposes=False),
    Text("lake formation, requester", boto("AccessDeniedException", "GetPartitions", "Resource does not exist or requester is not authorized to access requested permissions."), "glue:GetPartitions", None, "lake-formation", "lake-formation", principal=None, proposes=False),
    # --- Athena and Redshift with the caller's rights
    Text("athena path", "airflow.exceptions.AirflowException: Athena query failed: Permission denied on S3 path: s3://acme-lake/raw/orders", "s3:GetObject", "arn:aws:s3:::acme-lake/raw/orders", "unknown", "add-statement", principal=None),
    Text("athena output", "airflow.exceptions.AirflowException: Access denied when writing output to url: s3://acme-results/q/1.csv. Please ensure you are allowed to access the S3 bucket.", "s3:PutObject", "arn:aws:s3:::acme-results/q/1.csv", "unknown", "add-statement", principal=None),
    Text("redshift copy", "redshift_connector.error.ProgrammingError: S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid 0A1B,ExtRid x,CanRetry 1", None, None, "unknown", "by-database", principal=None, proposes=False),
    Text("redshift role", f"redshift_connector.error.ProgrammingError: Not authorized to get credentials of role arn:aws:iam::{A}:role/redshift-copy", "sts:AssumeRole", f"arn:aws:iam::{A}:role/redshift-copy", "trust", "trust", principal=None, proposes=False),
    Text("redshift user and role", f"psycopg2.InternalError: User arn:aws:redshift:{R}:{A}:dbuser:dwh/etl is not authorized to assume IAM Role arn:aws:iam::{A}:role/redshift-copy", "sts:AssumeRole", f"arn:aws:iam::{A}:role/redshift-copy", "trust", "trust", principal=None, proposes=False),
    # --- roles handed over
    Text("pass role", identity("iam:PassRole", f"arn:aws:iam::{A}:role/ecs-task", "RunTask"), "iam:PassRole", f"arn:aws:iam::{A}:role/ecs-task", "identity", "add-statement", False),
    Text("pass role to emr", identity("iam:PassRole", f"arn:aws:iam::{A}:role/EMR_EC2_DefaultRole", "RunJobFlow", code="ValidationException"), "iam:PassRole", f"arn:aws:iam::{A}:role/EMR_EC2_DefaultRole", "identity", "add-statement", False),
    Text("glue cannot use a role", boto("InvalidInputException", "CreateJob", f"Role arn:aws:iam::{A}:role/glue-etl should be given assume role permissions for Glue Service."), "sts:AssumeRole", f"arn:aws:iam::{A}:role/glue-etl", "trust", "trust", principal=None, proposes=False),
    Text("lambda cannot use a role", boto("InvalidParameterValueException", "CreateFunction", "The role defined for the function cannot be assumed by Lambda."), "sts:AssumeRole", None, "trust", "trust", principal=None, proposes=False),
    Text("ecs cannot use a role", boto("ClientException", "RunTask", f"ECS was unable to assume the role 'arn:aws:iam::{A}:role/ecs-task' that was provided for this task."), "sts:AssumeRole", f"arn:aws:iam::{A}:role/ecs-task", "trust", "trust", principal=None, proposes=False),
    Text("sagemaker cannot use a role", boto("ValidationException", "CreateTrainingJob", f'The execution role ARN "arn:aws:iam::{A}:role/sm" is invalid. Please ensure that the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".'), "sts:AssumeRole", f"arn:aws:iam::{A}:role/sm", "trust", "trust", principal=None, proposes=False),
    Text("step functions cannot use a role", boto("AccessDeniedException", "CreateStateMachine", "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role."), "sts:AssumeRole", None, "trust", "trust", principal=None, proposes=False),
    Text("a function's role lacks a right", boto("InvalidParameterValueException", "CreateFunction", "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"), "ec2:CreateNetworkInterface", None, "identity", "role-lacks", False, principal=None, proposes=False),
    Text("assume role, no clause", boto("AccessDenied", "AssumeRole", f"{USER} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/reader"), "sts:AssumeRole", "arn:aws:iam::444455556666:role/reader", "unknown", "add-statement"),
    Text("web identity", boto("AccessDenied", "AssumeRoleWithWebIdentity", "Not authorized to perform sts:AssumeRoleWithWebIdentity"), "sts:AssumeRoleWithWebIdentity", None, "trust", "trust", principal=None, proposes=False),
    # --- other SDKs
    Text("java v1", f"py4j.protocol.Py4JJavaError: com.amazonaws.services.glue.model.AccessDeniedException: {USER} is not authorized to perform: glue:GetDatabase on resource: arn:aws:glue:{R}:{A}:catalog because no identity-based policy allows the glue:GetDatabase action (Service: AWSGlue; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0a1b-2c3d; Proxy: null)", "glue:GetDatabase", f"arn:aws:glue:{R}:{A}:catalog", "identity", "add-statement", False),
    Text("java v2", f"software.amazon.awssdk.services.sts.model.StsException: {USER} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/reader (Service: Sts, Status Code: 403, Request ID: 0a1b-2c3d)", "sts:AssumeRole", "arn:aws:iam::444455556666:role/reader", "unknown", "add-statement"),
    Text("hadoop", "java.nio.file.AccessDeniedException: s3a://acme-lake/raw/a.parquet: getFileStatus on s3a://acme-lake/raw/a.parquet: com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: 0A1B; S3 Extended Request ID: x=; Proxy: null)", "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.parquet", "unknown", "object-may-be-missing", principal=None),
    Text("go v2", f"operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, RequestID: 0a1b-2c3d, api error AccessDeniedException: {USER} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action", "ecr:GetAuthorizationToken", "*", "identity", "add-statement", False),
    Text("go v2, plain", "operation error S3: PutObject, https response error StatusCode: 403, RequestID: 0A1B, HostID: abc=, api error AccessDenied: Access Denied", "s3:PutObject", None, "unknown", "no-statement", principal=None, proposes=False),
    Text("javascript", f"AccessDeniedException: {USER} is not authorized to perform: states:StartExecution on resource: arn:aws:states:{R}:{A}:stateMachine:load because no identity-based policy allows the states:StartExecution action", "states:StartExecution", f"arn:aws:states:{R}:{A}:stateMachine:load", "identity", "add-statement", False),
    Text("command line", f"aws: [ERROR]: An error occurred (AccessDeniedException) when calling the GetSecretValue operation: {USER} is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:{R}:{A}:secret:airflow/connections/dwh-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action", "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{A}:secret:airflow/connections/dwh-AbCdEf", "identity", "add-statement", False),
    Text("s3's own xml", f'<Error><Code>AccessDenied</Code><Message>{USER} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::acme-lake" because no identity-based policy allows the s3:ListBucket action</Message><RequestId>0A1B</RequestId></Error>', "s3:ListBucket", "arn:aws:s3:::acme-lake", "identity", "add-statement", False),
    # --- Kubernetes and Bedrock
    Text("kubernetes", 'kubernetes.client.exceptions.ApiException: (403)\nReason: Forbidden\nHTTP response body: {"kind":"Status","message":"pods is forbidden: User \\"arn:aws:sts::123456789012:assumed-role/x/s\\" cannot create resource \\"pods\\" in API group \\"\\" in the namespace \\"ml\\"","reason":"Forbidden","code":403}', None, None, "rbac", "rbac", principal="arn:aws:sts::123456789012:assumed-role/x/s", proposes=False),
    Text("eks", identity("eks:DescribeCluster", f"arn:aws:eks:{R}:{A}:cluster/ml", "DescribeCluster"), "eks:DescribeCluster", f"arn:aws:eks:{R}:{A}:cluster/ml", "identity", "add-statement", False),
    Text("bedrock model access", boto("AccessDeniedException", "InvokeModel", "You don't have access to the model with the specified model ID."), "bedrock:InvokeModel", None, "unknown", "model-access", principal=None, proposes=False),
    # --- who was refused
    Text("a connection's role", identity("s3:GetObject", '"arn:aws:s3:::acme-lake/raw/a.csv"', "GetObject", code="AccessDenied", user=f"User: arn:aws:sts::{A}:assumed-role/lake-reader/Airflow_lake"), "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False, f"arn:aws:sts::{A}:assumed-role/lake-reader/Airflow_lake"),
    Text("a job's role", identity("s3:GetObject", '"arn:aws:s3:::acme-lake/raw/a.csv"', "GetObject", code="AccessDenied", user=f"User: arn:aws:sts::{A}:assumed-role/etl/GlueJobRunnerSession"), "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False, f"arn:aws:sts::{A}:assumed-role/etl/GlueJobRunnerSession"),
    Text("a user with keys", identity("s3:GetObject", '"arn:aws:s3:::acme-lake/raw/a.csv"', "GetObject", code="AccessDenied", user=f"User: arn:aws:iam::{A}:user/etl/loader"), "s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", "identity", "user", False, f"arn:aws:iam::{A}:user/etl/loader"),
    Text("china", identity("s3:GetObject", '"arn:aws-cn:s3:::acme-lake/raw/a.csv"', "GetObject", code="AccessDenied", user=f"User: arn:aws-cn:sts::{A}:assumed-role/AmazonMWAA-x/AmazonMWAA-airflow"), "s3:GetObject", "arn:aws-cn:s3:::acme-lake/raw/a.csv", "identity", "add-statement", False, f"arn:aws-cn:sts::{A}:assumed-role/AmazonMWAA-x/AmazonMWAA-airflow"),
    Text("what nobody should allow by itself", identity("iam:AttachRolePolicy", "role etl", "AttachRolePolicy", code="AccessDenied"), "iam:AttachRolePolicy", "etl", "identity", "no-statement", False, proposes=False),
    Text("a bucket's policy", boto("AccessDenied", "PutBucketPolicy", f'{USER} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::acme-lake" because no identity-based policy allows the s3:PutBucketPolicy action'), "s3:PutBucketPolicy", "arn:aws:s3:::acme-lake", "identity", "no-statement", False, proposes=False),
    # --- one service after the other
    added("glue crawler", "glue:StartCrawler", f"arn:aws:glue:{R}:{A}:crawler/orders", "StartCrawler"),
    added("glue table", "glue:GetTable", f"arn:aws:glue:{R}:{A}:table/sales/orders", "GetTable"),
    added("athena", "athena:GetQueryExecution", f"arn:aws:athena:{R}:{A}:workgroup/primary", "GetQueryExecution"),
    added("batch", "batch:SubmitJob", f"arn:aws:batch:{R}:{A}:job-definition/score", "SubmitJob"),
    added("batch describes everything", "batch:DescribeJobs", "*", "DescribeJobs"),
    added("ecs", "ecs:DescribeTasks", f"arn:aws:ecs:{R}:{A}:task/media/0d4f5c1b2a3e4d5f8a9b0c1d2e3f4a5b", "DescribeTasks"),
    added("emr steps", "elasticmapreduce:AddJobFlowSteps", f"arn:aws:elasticmapreduce:{R}:{A}:cluster/j-2ABCDEFGHIJKL", "AddJobFlowSteps"),
    added("emr serverless", "emr-serverless:StartJobRun", f"arn:aws:emr-serverless:{R}:{A}:/applications/00f1a2b3c4d5e6f7", "StartJobRun"),
    added("emr on eks", "emr-containers:StartJobRun", f"arn:aws:emr-containers:{R}:{A}:/virtualclusters/abc123", "StartJobRun"),
    added("sagemaker", "sagemaker:CreateTrainingJob", f"arn:aws:sagemaker:{R}:{A}:training-job/score-2026", "CreateTrainingJob"),
    added("ssm parameter", "ssm:GetParameter", f"arn:aws:ssm:{R}:{A}:parameter/airflow/variables/env", "GetParameter"),
    added("logs", "logs:GetLogEvents", f"arn:aws:logs:{R}:{A}:log-group:/aws-glue/jobs/output:log-stream:jr_1", "GetLogEvents"),
    added("mwaa", "airflow:GetEnvironment", f"arn:aws:airflow:{R}:{A}:environment/analytics", "GetEnvironment"),
)  # fmt: skip
