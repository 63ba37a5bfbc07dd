import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.denial import Kind, Layer, read_denials

from tests.unit.permissions import (
    denial_texts,
    denial_texts_as_posted,
    denial_texts_handed_on,
    denial_texts_of_services,
)
from tests.unit.permissions.denial_texts import ROLE, USER, boto

TEXTS = (
    denial_texts.TEXTS + denial_texts_of_services.TEXTS + denial_texts_as_posted.TEXTS + denial_texts_handed_on.TEXTS
)
CREDENTIALS = {
    "expired": boto("ExpiredToken", "ListObjectsV2", "The provided token has expired."),
    "expired, in a json protocol": boto("ExpiredTokenException", "GetJob", "The security token included in the request is expired"),
    "unknown key": boto("InvalidClientTokenId", "GetCallerIdentity", "The security token included in the request is invalid."),
    "unknown key of s3": boto("InvalidAccessKeyId", "GetObject", "The AWS Access Key Id you provided does not exist in our records."),
    "unrecognised": boto("UnrecognizedClientException", "StartJobRun", "The security token included in the request is invalid."),
    "wrong secret": boto("SignatureDoesNotMatch", "PutObject", "The request signature we calculated does not match the signature you provided."),
    "ec2": boto("AuthFailure", "DescribeInstances", "AWS was not able to validate the provided access credentials"),
    "clock": boto("RequestTimeTooSkewed", "PutObject", "The difference between the request time and the current time is too large."),
    "none at all": "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
    "the chain of java": "com.amazonaws.SdkClientException: Unable to load AWS credentials from any provider in the chain: [x]",
    "metadata service": "botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from Ec2InstanceMetadata: timed out",
    "web identity, no provider": boto("InvalidIdentityToken", "AssumeRoleWithWebIdentity", "No OpenIDConnect provider found in your account for https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
    "redshift, unknown key": "psycopg2.errors.InternalError_: S3ServiceException:The AWS Access Key Id you provided does not exist in our records.,Status 403,Error InvalidAccessKeyId,Rid D,ExtRid r=,CanRetry 1",
    "redshift, expired": "psycopg2.errors.InternalError_: S3ServiceException:The provided token has expired.,Status 400,Error ExpiredToken,Rid D,ExtRid r=,CanRetry 1",
    "polars, unknown key": 'OSError: Generic S3 error: Client error with status 403 Forbidden: <?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>x</AWSAccessKeyId></Error>',
    "mfa": boto("AccessDenied", "AssumeRole", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."),
    "mfa, wrong": boto("AccessDenied", "GetSessionToken", "MultiFactorAuthentication failed with invalid MFA one time pass code."),
    "sso token": "botocore.exceptions.TokenRetrievalError: Error when retrieving token from sso: Token has expired and refresh failed",
    "sso session": "botocore.exceptions.UnauthorizedSSOTokenError: The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
    "java v2 chain": "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider()]) : [SystemPropertyCredentialsProvider(): Unable to load credentials from system settings.]",
    "go v1 chain": "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors",
    "go v2 imds": "operation error S3: ListBuckets, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, request canceled, context deadline exceeded",
    "javascript chain": "CredentialsProviderError: Could not load credentials from any providers",
    "dot net metadata": "Amazon.Runtime.AmazonServiceException: Unable to get IAM security credentials from EC2 Instance Metadata Service.",
    "hadoop, none": "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provided by TemporaryAWSCredentialsProvider SimpleAWSCredentialsProvider EnvironmentVariableCredentialsProvider : com.amazonaws.SdkClientException: Unable to load AWS credentials from environment variables (AWS_ACCESS_KEY_ID (or AWS_ACCESS_KEY) and AWS_SECRET_KEY (or AWS_SECRET_ACCESS_KEY))",
    "s3fs, expired": "PermissionError: The provided token has expired.",
    "java v1, expired in glue": "com.amazonaws.services.s3.model.AmazonS3Exception: The provided token has expired. (Service: Amazon S3; Status Code: 400; Error Code: ExpiredToken; Request ID: X; S3 Extended Request ID: y=; Proxy: null)",
    "java v2, expired": "software.amazon.awssdk.services.glue.model.GlueException: The security token included in the request is expired (Service: Glue, Status Code: 400, Request ID: 0a1b)",
    "go v2, expired": "operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 0a1b, api error ExpiredToken: The security token included in the request is expired",
    "signature, json protocol": boto("InvalidSignatureException", "StartJobRun", "Signature expired: 20261122T094514Z is now earlier than 20261122T095014Z (20261122T095514Z - 5 min.)"),
    "no key in the header": boto("AuthorizationHeaderMalformed", "GetObject", "The authorization header is malformed; a non-empty Access Key (AKID) must be provided in the credential."),
    "no date": "com.amazonaws.services.s3.model.AmazonS3Exception: AWS authentication requires a valid Date or x-amz-date header (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 54B9), S3 Extended Request ID: Qs4=",
    "a bucket that nobody signed for, java": "com.amazonaws.services.s3.model.AmazonS3Exception: Anonymous users cannot initiate multipart uploads.  Please authenticate. (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: X; Proxy: null)",
    "a bucket that nobody signed for": boto("AccessDenied", "CreateMultipartUpload", "Anonymous users cannot initiate multipart uploads.  Please authenticate."),
    "nobody's key, through dask": boto("AccessDenied", "CreateMultipartUpload", "No AWSAccessKey was presented."),
    "neptune, nobody signed": 'gremlin_python.driver.protocol.GremlinServerError: 403: {"requestId":"0a1b","code":"AccessDeniedException","message":"Missing Authentication Token"}',
    "java v2, the class says the code": "software.amazon.awssdk.services.kinesis.model.ExpiredTokenException: Token is no longer valid (Service: Kinesis, Status Code: 400, Request ID: 0a1b)",
    "dot net chain": "Amazon.Runtime.AmazonClientException: Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:",
}  # fmt: skip
ACCOUNTS = {
    "opt in": boto("OptInRequired", "DescribeInstances", "You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe."),
    "subscription": boto("SubscriptionRequiredException", "CreateAnalyzer", "The AWS Access Key Id needs a subscription for the service"),
    "sts not switched on": boto("RegionDisabledException", "AssumeRole", "STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console."),
    "all access disabled": boto("AllAccessDisabled", "PutObject", "All access to this object has been disabled"),
}  # fmt: skip
LEFT_ALONE = {
    "a number": "403 rows loaded, 0 denied",
    "a word in data": "INFO - {'event': 'AccessDenied', 'n': 3}",
    "throttling": boto("ThrottlingException", "StartJobRun", "Rate exceeded"),
    "a limit on authorizations": boto("AuthorizationQuotaExceeded", "AuthorizeDBSecurityGroupIngress", "Too many"),
    "an authorization that exists": boto(
        "AuthorizationAlreadyExists", "AuthorizeClusterSecurityGroupIngress", "Exists"
    ),
    "a missing bucket": boto("NoSuchBucket", "ListObjectsV2", "The specified bucket does not exist"),
    "the operating system": "PermissionError: [Errno 13] Permission denied: '/usr/local/airflow/dags/x'",
    "google's storage": "<Error><Code>AccessDenied</Code><Message>Access denied.</Message><Details>Anonymous caller does not have storage.objects.get access</Details></Error>",
    "a process list": "psutil.AccessDenied: (pid=12)",
    "airflow's api": "requests.exceptions.HTTPError: 403 Client Error: FORBIDDEN for url: https://airflow.example.com/api/v1/dags/x/dagRuns",
    "airflow's api, body": 'airflow.exceptions.AirflowException: 403: {"detail": null, "status": 403, "title": "Forbidden", "type": "https://airflow.apache.org/docs/apache-airflow/2.10.5/stable-rest-api-ref.html#section/Errors/PermissionDenied"}',
    "snowflake, table": "snowflake.connector.errors.ProgrammingError: 003001 (42501): 01b2: SQL access control error:\nInsufficient privileges to operate on table 'ORDERS'",
    "snowflake, or not there": "snowflake.connector.errors.ProgrammingError: 002003 (42S02): 01b2: SQL compilation error:\nObject 'DWH.PUBLIC.ORDERS' does not exist or not authorized.",
    "bigquery": "google.api_core.exceptions.Forbidden: 403 Access Denied: Table acme:sales.orders: User does not have permission to query table acme:sales.orders, or perhaps it does not exist.",
    "cloud storage": "google.api_core.exceptions.Forbidden: 403 POST https://storage.googleapis.com/upload/storage/v1/b/acme/o: etl@acme.iam.gserviceaccount.com does not have storage.objects.create access to the Google Cloud Storage object. Permission 'storage.objects.create' denied on resource (or it may not exist).",
    "google secret": "google.api_core.exceptions.PermissionDenied: 403 Permission 'secretmanager.versions.access' denied for resource 'projects/acme/secrets/dwh/versions/latest' (or it may not exist).",
    "azure blob": "azure.core.exceptions.HttpResponseError: This request is not authorized to perform this operation.\nRequestId:eac84bcc-f01e-0034-433b-1623fc000000\nTime:2026-11-13T14:13:17.7458151Z\nErrorCode:AuthorizationFailure",
    "azure blob, permission": "azure.core.exceptions.HttpResponseError: This request is not authorized to perform this operation using this permission.\nRequestId:eac8\nErrorCode:AuthorizationPermissionMismatch",
    "azure blob, xml": 'azure.core.exceptions.HttpResponseError: Operation returned an invalid status \'403\'\nContent: <?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationFailure</Code><Message>This request is not authorized to perform this operation.</Message></Error>',
    "azure resource manager": "azure.core.exceptions.HttpResponseError: (AuthorizationFailed) The client 'x' with object id '0a1b' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/listKeys/action' over scope '/subscriptions/0a1b/resourceGroups/rg' or the scope is invalid.",
    "databricks, catalog": "airflow.exceptions.AirflowException: Response: b'{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"User does not have USE CATALOG on Catalog \\'main\\'.\"}', Status Code: 403",
    "databricks, job": "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://adb-1.azuredatabricks.net/api/2.1/jobs/run-now Response from server: {'error_code': 'PERMISSION_DENIED', 'message': 'User etl@acme.example is not authorized to perform this operation'}",
    "spark security": "pyspark.errors.exceptions.connect.SparkException: [INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have permission SELECT on Table 'main.sales.orders'. SQLSTATE: 42501",
    "postgres, table": "psycopg2.errors.InsufficientPrivilege: permission denied for table orders",
    "redshift, schema": "redshift_connector.error.ProgrammingError: {'S': 'ERROR', 'C': '42501', 'M': 'permission denied for schema sales'}",
    "mysql, command": "pymysql.err.OperationalError: (1142, \"SELECT command denied to user 'etl'@'10.0.0.1' for table 'orders'\")",
    "mysql, login": "pymysql.err.OperationalError: (1045, \"Access denied for user 'etl'@'10.0.0.1' (using password: YES)\")",
    "oracle": "oracledb.exceptions.DatabaseError: ORA-01031: insufficient privileges",
    "sql server": "pymssql.exceptions.ProgrammingError: (229, b\"The SELECT permission was denied on the object 'orders', database 'dwh', schema 'dbo'.\")",
    "iam login of a database": 'psycopg2.OperationalError: connection to server at "dwh.x.eu-west-1.rds.amazonaws.com" (10.0.0.1), port 5432 failed: FATAL:  PAM authentication failed for user "etl"',
    "a file": "PermissionError: [Errno 13] Permission denied: '/usr/local/airflow/plugins/x.log'",
    "a java file": "java.nio.file.AccessDeniedException: /opt/app/lib/app.jar",
    "ssh": "paramiko.ssh_exception.AuthenticationException: Authentication failed.",
    "sftp": "PermissionError: [Errno 13] Permission denied",
    "a website": "urllib.error.HTTPError: HTTP Error 403: Forbidden",
    "a website behind a guard": "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://data.example.org/export.csv",
    "slack": "slack_sdk.errors.SlackApiError: The request to the Slack API failed. (url: https://slack.com/api/chat.postMessage)\nThe server responded with: {'ok': False, 'error': 'not_in_channel'}",
    "github": 'github.GithubException.GithubException: 403 {"message": "Resource not accessible by integration"}',
    "vault": "hvac.exceptions.Forbidden: 1 error occurred:\n\t* permission denied\n\n, on get https://vault.example.com/v1/secret/data/dwh",
    "kafka topic": "kafka.errors.TopicAuthorizationFailedError: [Error 29] TopicAuthorizationFailedError: orders",
    "kafka topic, confluent": 'cimpl.KafkaException: KafkaError{code=TOPIC_AUTHORIZATION_FAILED,val=29,str="Broker: Topic authorization failed"}',
    "opensearch's own roles": "opensearchpy.exceptions.AuthorizationException: AuthorizationException(403, 'security_exception', 'no permissions for [indices:data/write/bulk] and User [name=arn:aws:iam::123456789012:role/etl, backend_roles=[arn:aws:iam::123456789012:role/etl], requestedTenant=null]')",
    "trino": 'trino.exceptions.TrinoUserError: TrinoUserError(type=USER_ERROR, name=PERMISSION_DENIED, message="Access Denied: Cannot select from table hive.sales.orders", query_id=20261122_1)',
    "hdfs": 'org.apache.hadoop.security.AccessControlException: Permission denied: user=etl, access=WRITE, inode="/user/hive":hdfs:hdfs:drwxr-xr-x',
    "ftp": "ftplib.error_perm: 550 Access is denied.",
    "a service of their own": 'requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://bi.example.com/api/export - {"error": "User bob is not authorized to perform action export on project sales"}',
    "oss of another cloud": "oss2.exceptions.AccessDenied: {'status': 403, 'x-oss-request-id': '0A1B', 'details': {'Code': 'AccessDenied', 'Message': 'You have no right to access this object because of bucket acl.'}}",
    "queue not there": "botocore.errorfactory.QueueDoesNotExist: An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the SendMessage operation: The specified queue does not exist or you do not have access to it.",
    "wrong region": boto("AuthorizationHeaderMalformed", "ListObjectsV2", "The authorization header is malformed; the region 'us-west-2' is wrong; expecting 'eu-west-3'"),
    "instance profile": boto("ValidationException", "RunJobFlow", "Invalid InstanceProfile: EMR_EC2_DefaultRole."),
    "too long a session": boto("ValidationError", "AssumeRole", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"),
    "arrow, bad request": "OSError: When getting information for key 'a/b.parquet' in bucket 'acme-lake': AWS Error UNKNOWN (HTTP status 400) during HeadObject operation: No response body.",
    "smtp": "smtplib.SMTPSenderRefused: (530, b'5.7.57 Client not authenticated to send mail.', 'etl@acme.example')",
    "polaris": "org.apache.iceberg.exceptions.ForbiddenException: Forbidden: Principal 'quickstart_user' with activated PrincipalRoles '[]' and activated ids '[6, 7]' is not authorized for op LOAD_TABLE_WITH_READ_DELEGATION",
    "shiro": "org.apache.shiro.authz.UnauthorizedException: Subject does not have permission [system:announcement:deletes]",
    "spring": "org.springframework.security.access.AccessDeniedException: Access Denied",
    "sentry": "org.apache.sentry.provider.db.SentryAccessDeniedException: Access denied to test",
    "tfs": "Microsoft.TeamFoundation.DistributedTask.WebApi.AccessDeniedException: Access denied. ACME\\Administrator needs Listen permissions for pool Fast to perform the action.",
    "secret deleted": boto("InvalidRequestException", "GetSecretValue", "You can't perform this operation on the secret because it was marked for deletion."),
    "athena location": boto("InvalidRequestException", "StartQueryExecution", "The S3 location provided to save your query results is invalid. Please check your S3 location is correct and is in the same region and try again."),
    "athena busy": boto("TooManyRequestsException", "StartQueryExecution", "You have exceeded the limit for the number of queries you can run concurrently."),
    "stripe": "stripe.error.PermissionError: The provided key 'sk_test_***' does not have the required permissions for this endpoint on account 'acct_1'.",
    "servicenow": "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://acme.service-now.com/api/now/table/incident",
    "secret not found": boto("ResourceNotFoundException", "GetSecretValue", "Secrets Manager can't find the specified secret."),
    "log words": "ValueError: expected column 'access_denied' not in frame",
    "bucket location": boto("IllegalLocationConstraintException", "CreateBucket", "The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to."),
    "cognito's users": boto("NotAuthorizedException", "InitiateAuth", "Incorrect username or password."),
    "snowflake at azure": "snowflake.connector.errors.ProgrammingError: 091003 (55000): Failure using stage area. Cause: [Server failed to authenticate the request. (Status Code: 403; Error Code: AuthenticationFailed)]",
    "tencent": "[TencentCloudSDKException] code:AuthFailure.UnauthorizedOperation message:you are not authorized to perform operation (cvm:DescribeInstances)\nresource (qcs::cvm:ap-guangzhou:uin/100:instance/*) has no permission\n requestId:0a1b",
    "alibaba": "aliyunsdkcore.acs_exception.exceptions.ServerException: HTTP Status: 403 Error:NoPermission The specified action is not authorized: Action: ecs:RunInstances Resource: acs:ecs:cn-hangzhou:123:instance/* RequestID: 0A1B",
    "oracle's cloud": "oci.exceptions.ServiceError: {'target_service': 'object_storage', 'status': 404, 'code': 'NotAuthorizedOrNotFound', 'message': 'Authorization failed or requested resource not found.'}",
    "mongo": "pymongo.errors.OperationFailure: not authorized on sales to execute command { find: \"orders\", filter: {} }, full error: {'ok': 0.0, 'code': 13, 'codeName': 'Unauthorized'}",
    "a user's own sentence": "ValueError: user 42 is not authorized to perform: refund on resource: order-17",
    "a user's own list": "ValueError: S3 path check error: prefix access denied list has 3 entries",
    "globbing": "dbt.exceptions.DbtDatabaseError: Database Error in model stg_inapps\n  Access Denied: BigQuery BigQuery: Permission denied while globbing file pattern.",
    "a mail address": boto("MessageRejected", "SendRawEmail", "Email address is not verified. The following identities failed the check in region EU-WEST-1: reports@example.com"),
    "somebody's own gateway": 'requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://abc123.execute-api.eu-west-1.amazonaws.com/prod/export - {"message":"Missing Authentication Token"}',
    "pyodbc": "pyodbc.ProgrammingError: ('42000', \"[42000] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]The EXECUTE permission was denied on the object 'sp_load', database 'dwh', schema 'dbo'. (229)\")",
    "gitlab": "gitlab.exceptions.GitlabGetError: 403: 403 Forbidden - Your account has been blocked.",
    "sharepoint": "office365.runtime.client_request_exception.ClientRequestException: ('-2147024891, System.UnauthorizedAccessException', 'Access denied. You do not have permission to perform this action or access this resource.', \"403 Client Error: Forbidden for url: https://acme.sharepoint.com/sites/x/_api/Web\")",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_reads(text):
    denial, *others = read_denials(text.text)
    assert (denial.principal, denial.resource, denial.layer, denial.explicit) == (
        text.principal,
        text.resource,
        text.layer,
        text.explicit,
    )
    assert denial.kind is Kind.PERMISSION
    assert others == []
    assert text.policy in {None, denial.policy}


@pytest.mark.parametrize("text", CREDENTIALS.values(), ids=CREDENTIALS)
def test_reads_credential_errors_apart(text):
    assert [each.kind for each in read_denials(text)] == [Kind.CREDENTIALS]


@pytest.mark.parametrize("text", ACCOUNTS.values(), ids=ACCOUNTS)
def test_reads_what_the_whole_account_may_not(text):
    assert [each.kind for each in read_denials(text)] == [Kind.ACCOUNT]


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_leaves_alone(text):
    assert read_denials(text) == ()


def test_the_denying_policy_is_read_where_the_text_prints_it():
    arn = "arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-example"
    text = f'{USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a service control policy: {arn}. Go to https://x for complete details'
    assert read_denials(text)[0].policy == arn


def test_the_authorization_id_is_read():
    text = f"{USER} is not authorized to perform: iam:GetRole on resource: role x with the following authorization id: 0a1b2c3d4e5f6a7b"
    assert read_denials(text)[0].authorization_id == "0a1b2c3d4e5f6a7b"


def test_the_encoded_message_is_read_whole():
    blob = "aB3_-xYz" * 900
    text = boto(
        "UnauthorizedOperation",
        "RunInstances",
        f"You are not authorized to perform this operation. Encoded authorization failure message: {blob}",
    )
    assert read_denials(text)[0].encoded == blob


def test_the_same_refusal_printed_twice_counts_once():
    text = boto(
        "AccessDenied",
        "GetObject",
        f'{USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action',
    )
    assert len(read_denials(f"{text}\nFailed to execute job 1 for task x ({text}; 12)")) == 1


def test_two_refusals_keep_their_order_and_their_own_operation():
    first, second = boto("403", "HeadBucket", "Forbidden"), boto("AccessDenied", "CreateBucket", "Access Denied")
    assert [each.operation for each in read_denials(f"{first}\n{second}")] == ["HeadBucket", "CreateBucket"]


def test_the_line_is_the_one_in_the_log():
    line = boto("AccessDenied", "CreateBucket", "Access Denied")
    assert read_denials(f"Traceback\n  x\n{line}\nmore")[0].line == line


def test_a_layer_is_not_taken_from_the_next_message():
    text = f"{boto('AccessDenied', 'GetObject', 'Access Denied')}\n{boto('AccessDenied', 'PutObject', USER + ' is not authorized to perform: s3:PutObject because no resource-based policy allows the s3:PutObject action')}"
    assert [each.layer for each in read_denials(text)] == [Layer.UNKNOWN, Layer.RESOURCE]


_PIECES = st.sampled_from(
    [
        "An error occurred (",
        "AccessDenied) when calling the PutObject operation: ",
        f"User: {ROLE} is not authorized to perform: ",
        "s3:PutObject",
        " on resource: ",
        '"arn:aws:s3:::b/k"',
        "because no ",
        "explicit deny in a ",
        "(Service: S3; Status Code: 403; ",
        "Encoded authorization failure message: ",
        "\\n",
        "\x1b[31m",
        "\u0130",
        "Insufficient Lake Formation permission(s): ",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=40).map("".join))
def test_any_text_is_read_without_an_exception_into_something_small(text):
    denials = read_denials(text)
    assert len(denials) <= 25
    assert all(len(each.line) <= 1_000 for each in denials)


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data):
    read_denials(data.decode("utf-8", "replace") + json.dumps(data.decode("latin-1")))


@pytest.mark.parametrize(
    "piece",
    [
        "is not authorized to perform: ",
        "An error occurred (X) when calling the Y operation: ",
        "(Service: X; Status Code: 403; Request ID: a) ",
        "arn:aws:iam::123456789012:role/ trust relationship ",
    ],
)
def test_a_line_of_near_matches_gives_a_bounded_number(piece):
    assert len(read_denials(piece * 30_000)) <= 25
