import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.login_refusal import read_login
from responder.model import Frame, Raised

REFUSED = [
    "snowflake.connector.errors.DatabaseError: 250001 (08001): None: Failed to connect to DB: xy.snowflakecomputing.com:443. Incorrect username or password was specified.",
    "snowflake.connector.errors.DatabaseError: 250001 (08001): Failed to connect to DB: ab. JWT token is invalid. [0ce9eb56]",
    "snowflake.connector.errors.ProgrammingError: 003001 (42501): SQL access control error: Insufficient privileges to operate on schema 'RAW'",
    'pymysql.err.OperationalError: (1045, "Access denied for user \'etl\'@\'10.0.0.1\' (using password: YES)")',
    'psycopg2.OperationalError: FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "y", SSL off',
    "psycopg2.errors.InsufficientPrivilege: permission denied for table orders",
    "oracledb.exceptions.DatabaseError: ORA-01017: invalid username/password; logon denied",
    'pymssql.exceptions.OperationalError: (18456, b"Login failed for user \'sa\'.DB-Lib error message 20018")',
    "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Username and Password not accepted. For more information, go to')",
    "paramiko.ssh_exception.AuthenticationException: Authentication failed.",
    "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.example.com/v1/x",
    "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.example.com/v1/x",
    "airflow.exceptions.AirflowException: 403:Forbidden",
    "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://api.openai.com/v1/chat'",
    "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-***', 'type': 'invalid_request_error'}}",
    'airflow.exceptions.AirflowException: Response: b\'{"error_code":"403","message":"Invalid access token."}\', Status Code: 403',
    "google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT Signature.', {'error': 'invalid_grant'})",
    "google.api_core.exceptions.Forbidden: 403 POST https://bigquery.googleapis.com/bigquery/v2/projects/p/jobs: Access Denied: Project p: User does not have bigquery.jobs.create permission in project p.",
    'googleapiclient.errors.HttpError: <HttpError 403 when requesting https://sheets.googleapis.com/v4/x returned "The caller does not have permission">',
    "azure.core.exceptions.ClientAuthenticationError: Authentication failed: AADSTS7000215: Invalid client secret provided.",
    "azure.core.exceptions.HttpResponseError: This request is not authorized to perform this operation using this permission. ErrorCode:AuthorizationPermissionMismatch",
    "simple_salesforce.exceptions.SalesforceAuthenticationFailed: INVALID_LOGIN: Invalid username, password, security token; or user locked out.",
    "slack_sdk.errors.SlackApiError: The request to the Slack API failed. (url: https://slack.com/api/chat.postMessage)\nThe server responded with: {'ok': False, 'error': 'invalid_auth'}",
    'kubernetes.client.exceptions.ApiException: (401)\nReason: Unauthorized\nHTTP response headers: HTTPHeaderDict({})\nHTTP response body: {"kind":"Status","status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}',
    "pymongo.errors.OperationFailure: Authentication failed., full error: {'ok': 0.0, 'errmsg': 'Authentication failed.', 'code': 18}",
    "redis.exceptions.AuthenticationError: invalid username-password pair or user is disabled.",
    "kafka.errors.TopicAuthorizationFailedError: [Error 29] TopicAuthorizationFailedError: orders",
    "ftplib.error_perm: 530 Login incorrect.",
    "elasticsearch.AuthenticationException: AuthenticationException(401, 'security_exception', 'unable to authenticate user [x]')",
    "tableauserverclient.server.endpoint.exceptions.FailedSignInError: 401001: Signin Error\n\tError signing in to Tableau Server",
    "trino.exceptions.TrinoConnectionError: error 401: b'Unauthorized'",
    'redshift_connector.error.ProgrammingError: {\'S\': \'FATAL\', \'C\': \'28000\', \'M\': \'password authentication failed for user "etl"\'}',
    "ldap3.core.exceptions.LDAPBindError: automatic bind not successful - invalidCredentials",
    'github.GithubException.BadCredentialsException: 401 {"message": "Bad credentials"}',
    'github.GithubException.GithubException: 403 {"message": "Resource not accessible by integration"}',
    "azure.core.exceptions.HttpResponseError: This request is not authorized to perform this operation.\nRequestId:eac84bcc\nErrorCode:AuthorizationFailure",
    "azure.core.exceptions.ResourceExistsError: (AuthorizationResourceTypeMismatch) The resource type does not fit the signature.",
    'psycopg2.OperationalError: connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  role "etl" does not exist',
    "airflow.exceptions.AirflowException: SSH operator error: Authentication failed.",
]  # fmt: skip
LEFT_ALONE = [
    "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://api.example.com/v1/x",
    "requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://api.example.com/v1/x",
    "google.api_core.exceptions.Forbidden: 403 Exceeded rate limits: too many api requests per user",
    "airflow.exceptions.AirflowException: 500:Internal Server Error",
    'psycopg2.errors.UndefinedTable: relation "orders" does not exist',
    "KeyError: 'token'",
    "ValueError: 401 rows were expected, 403 came",
    "airflow.sdk.api.client.ServerResponseError: Invalid auth token: Signature verification failed",
    "httpx.HTTPStatusError: Client error '403 Forbidden' for url 'http://airflow-api-server:8080/execution/task-instances/1/run'",
]


def raised(text):
    name, _, message = text.partition(": ")
    return Raised(name, message, (Frame("/usr/local/lib/python3.11/site-packages/x/y.py", 1, "call"),))


@pytest.mark.parametrize("text", REFUSED)
def test_reads(text):
    assert read_login(text, raised(text)) is not None


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_leaves_alone(text):
    assert read_login(text, raised(text)) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    read_login(text, raised(text))
