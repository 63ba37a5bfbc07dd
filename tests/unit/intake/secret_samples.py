"""Planted secrets, put together at run time so that no scanner takes this file for a leak, and look-alikes."""

from __future__ import annotations

import base64
import hashlib
import random
import string
import uuid

_LETTERS = string.ascii_letters + string.digits


def _random(seed: int, length: int, letters: str = _LETTERS) -> str:
    dice = random.Random(seed)
    return "".join(dice.choice(letters) for _ in range(length))


def _base64(seed: int, length: int) -> str:
    return base64.b64encode(random.Random(seed).randbytes(length)).decode()


_HEX = "0123456789abcdef"
_JWT = ".".join(("ey" + "JhbGciOiJIUzI1NiJ9", "ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0", _random(1, 43)))
_PEM_BODY = "\n".join(_base64(seed, 48) for seed in range(3))

# name -> (text around, the secret in it). `{}` is where the secret stands; the text around must survive.
PLANTED: dict[str, tuple[str, str]] = {
    "AWS access key id": ("using {} for this", "AKIA" + _random(2, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
    "AWS temporary key id": ("using {} for this", "ASIA" + _random(3, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
    "AWS secret key by name": ("aws_secret_access_key = {}", _base64(4, 30)),
    "AWS secret key alone": ("found {} in the file", _base64(5, 30)),
    "AWS session token by name": ("aws_session_token={}", "IQoJb3JpZ2lu" + _random(6, 300)),
    "AWS session token alone": ("sent {} along", "FwoGZXIvYXdz" + _random(7, 300)),
    "AWS Bedrock key": ("sent {} along", "ABSK" + _random(8, 120)),
    "JSON web token": ("decoded {} now", _JWT),
    "bearer header": ("Authorization: Bearer {}", _random(9, 40)),
    "basic header": ("Authorization: Basic {}", base64.b64encode(b"airflow:hunter2hunter2").decode()),
    "custom header": ("X-Api-Key: {}", _random(10, 24)),
    "cookie header": ("Cookie: {}", "session=" + _random(11, 24)),
    "postgres address": ("postgresql+psycopg2://airflow:{}@db.example.com:5432/airflow", "s3cr3t!pw"),
    "address whose password has a slash": ("postgresql://airflow:{}@db.example.com/airflow", "pa/ss+wo=rd9"),
    "redis address without a user": ("redis://:{}@cache.example.com:6379/0", "h4nterr2"),
    "token in an index address": ("--extra-index-url https://{}@packages.example.com/simple", _random(12, 32)),
    "jdbc parameter": ("jdbc:sqlserver://db.example.com;user=sa;password={};encrypt=true", "Str0ng.Pass"),
    "oracle jdbc": ("jdbc:oracle:thin:scott/{}@db.example.com:1521/orcl", "t1gerT1ger"),
    "password=": ("connect(host=db, password={}, port=5432)", "hunter2"),
    "password with a space": ("psql --password {} -h db", "hunter2"),
    "option with an equals sign": ("tool --db-password={} --verbose", "correcthorse"),
    "environment variable": ("PGPASSWORD={} psql", "correcthorse"),
    "yaml": ("password: {}", "changeme"),
    "curl user": ("curl -u admin:{} https://example.com", "hunter22"),
    "mysql option": ("mysql -h db -u root -p{} sales", "hunter22"),
    "passphrase": ("ssh_passphrase={}", "open-sesame-42"),
    "client secret": ("client_secret={}", _random(13, 32)),
    "api key": ("api_key={}", _random(14, 32, _HEX)),
    "fernet key by name": ("fernet_key = {}", base64.urlsafe_b64encode(random.Random(15).randbytes(32)).decode()),
    "fernet key alone": ("loaded {} from disk", base64.urlsafe_b64encode(random.Random(16).randbytes(32)).decode()),
    "private key": ("-----BEGIN RSA PRIVATE KEY-----{}-----END RSA PRIVATE KEY-----", "\n" + _PEM_BODY + "\n"),
    "openssh key": ("-----BEGIN OPENSSH PRIVATE KEY-----{}-----END OPENSSH PRIVATE KEY-----", "\n" + _PEM_BODY + "\n"),
    "Slack bot token": ("posting with {} now", "xoxb" + "-123456789012-1234567890123-" + _random(17, 24)),
    "Slack app token": ("posting with {} now", "xapp" + "-1-A0123456789-1234567890123-" + _random(18, 64, _HEX)),
    "Slack webhook": ("post to https://hooks.slack.com/{} failed", "services/T00000000/B00000000/" + _random(19, 24)),
    "GitHub token": ("cloning with {} now", "ghp" + "_" + _random(20, 36)),
    "GitHub fine-grained token": ("cloning with {} now", "github" + "_pat_" + _random(21, 82)),
    "GitLab token": ("cloning with {} now", "glpat" + "-" + _random(22, 20)),
    "Databricks token": ("cluster says {} expired", "dapi" + _random(23, 32, _HEX)),
    "Snowflake token": ('Snowflake Token="{}"', _random(24, 60)),
    "Snowflake password": ("snowflake://etl:{}@acme-eu.snowflakecomputing.com/db", "Fr0sty#Pass"),
    "npm token": ("registry {} refused", "npm" + "_" + _random(25, 36)),
    "PyPI token": ("upload {} refused", "pypi" + "-AgEIcHlwaS5vcmc" + _random(26, 80)),
    "Google API key": ("maps?key={} refused", "AIza" + _random(27, 35)),
    "Google access token": ("sheet {} refused", "ya29" + "." + _random(28, 60)),
    "Google client secret": ("oauth {} refused", "GOCSPX" + "-" + _random(29, 28)),
    "Azure account key": ("AccountName=acme;AccountKey={};EndpointSuffix=core.windows.net", _base64(30, 64)),
    "Azure signature": ("https://acme.blob.core.windows.net/c/f?sv=2024-01-01&sig={}&se=2026", _random(31, 40) + "%3D"),
    "Azure client secret": ("login abC8{} refused", "Q~" + _random(32, 34)),
    "Azure bus key": ("Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKey={}", _base64(33, 32)),
    "Stripe key": ("charge {} refused", "sk" + "_live_" + _random(34, 24)),
    "SendGrid key": ("mail {} refused", "SG" + "." + _random(35, 22) + "." + _random(36, 43)),
    "Twilio key": ("sms {} refused", "SK" + _random(37, 32, _HEX)),
    "OpenAI key": ("model {} refused", "sk" + "-proj-" + _random(38, 48)),
    "Anthropic key": ("model {} refused", "sk" + "-ant-api03-" + _random(39, 90)),
    "Hugging Face token": ("model {} refused", "hf" + "_" + _random(40, 34)),
    "Vault token": ("vault {} refused", "hvs" + "." + _random(41, 90)),
    "Docker token": ("pull {} refused", "dckr" + "_pat_" + _random(42, 27)),
    "dbt Cloud token": ("job {} refused", "dbtc" + "_" + _random(43, 40)),
    "signed S3 address": ("https://b.s3.amazonaws.com/k?X-Amz-Signature={}&X-Amz-Expires=60", _random(44, 64, _HEX)),
    "signed S3 credential": ("https://b.s3.amazonaws.com/k?X-Amz-Credential={}&X-Amz-Expires=60", "A" + _random(45, 19) + "%2F20260101%2Faws4_request"),
    "signed S3 token": ("https://b.s3.amazonaws.com/k?X-Amz-Security-Token={}&X-Amz-Expires=60", _random(46, 200)),
    "Teams webhook": ("https://acme.webhook.office.com/webhookb2/{} refused", str(uuid.UUID(int=47)) + "@" + _random(48, 32)),
    "Telegram bot": ("https://api.telegram.org/bot{}/sendMessage", "123456789:" + _random(49, 35)),
    "secret string": ("SecretString={}", _random(50, 20)),
    "token by name": ("api_token={}", _random(51, 20)),
}  # fmt: skip

# Contexts in which each of the above must be found.
CONTEXTS: dict[str, str] = {
    "in a log line": "[2026-01-01T00:00:00.000+0000] {{x.py:1}} ERROR - {}",
    "in an Airflow 3 record": '{{"event": "{}", "level": "error", "logger": "task"}}',
    "in the middle of a traceback": 'Traceback (most recent call last):\n  File "a.py", line 1, in b\nValueError: {}\nmore text',
    "in an exception's repr": "ConnectionError('{}')",
}

# name -> forms of a mapping or an argument that show a value by its name.
NAMED_FORMS: dict[str, str] = {
    "JSON": '{{"user": "etl", "{key}": "{value}", "port": 5}}',
    "repr of a dict": "{{'user': 'etl', '{key}': '{value}', 'port': 5}}",
    "keyword": "connect(user='etl', {key}='{value}', port=5)",
    "keyword of bytes": "connect(user='etl', {key}=b'{value}', port=5)",
    "JSON in JSON": '{{"extra": "{{\\"{key}\\": \\"{value}\\", \\"port\\": 5}}"}}',
    "JSON in JSON in JSON": '"{{\\\\\\"{key}\\\\\\": \\\\\\"{value}\\\\\\"}}"',
    "pair of a list": "[('user', 'etl'), ('{key}', '{value}')]",
    "XML": "<{key}>{value}</{key}>",
    "assignment": '{key} = "{value}"',
    "YAML": "user: etl\n{key}: {value}\nport: 5",
    "YAML with quotes": "user: etl\n{key}: '{value}'\nport: 5",
    "option": "tool --{key} {value} --port 5",
    "arguments of a process": "['tool', '--{key}', '{value}', '--port', '5']",
    "address": "https://example.com/?user=etl&{key}={value}&port=5",
    "escaped address": "https%3A%2F%2Fexample.com%3F{key}%3D{value}",
    "upper case": "DB_{key}={value}",
}
SECRET_NAMES = (
    "password",
    "passwd",
    "db_password",
    "client_secret",
    "api_key",
    "access_token",
    "private_key",
    "session_token",
    "secret_key",
)


def _hash(seed: int, kind: str) -> str:
    return hashlib.new(kind, str(seed).encode()).hexdigest()


def _uuid(seed: int) -> str:
    return str(uuid.UUID(int=random.Random(seed).getrandbits(128), version=4))


def look_alikes() -> list[str]:
    """More than 200 texts that look like secrets and are none."""
    run_ids = [
        f"{kind}__2026-0{month}-0{month}T0{month}:00:00+00:00"
        for kind in ("manual", "scheduled", "backfill", "asset_triggered")
        for month in range(1, 6)
    ]
    streams = [
        f"dag_id={dag}/run_id={run.replace(':', '_')}/task_id=load.{dag}_x/attempt=1.log"
        for dag in ("sales", "a_b-c")
        for run in run_ids[:8]
    ]
    hashes = (
        [f"commit {_hash(seed, 'sha1')}" for seed in range(10)]
        + [f"image sha256:{_hash(seed, 'sha256')}" for seed in range(10)]
        + [f'ETag: "{_hash(seed, "md5")}"' for seed in range(5)]
    )
    pins = [f"pandas==2.{seed}.1 --hash=sha256:{_hash(seed, 'sha256')}" for seed in range(10)] + [
        f"wheel.py,sha256={_base64(seed, 32).rstrip('=')},120" for seed in range(5)
    ]
    ids = [
        f"(Service: S3, Request ID: {_random(seed, 16, string.ascii_uppercase + string.digits)}, Extended Request ID: {_base64(seed, 56)})"
        for seed in range(10)
    ]
    uuids = [f"execution {_uuid(seed)} failed" for seed in range(10)] + [
        f"{{'QueryExecutionId': '{_uuid(seed)}'}}" for seed in range(5)
    ]
    return [*_FIXED, *run_ids, *streams, *hashes, *pins, *ids, *uuids, *_aws_names(), *_sentences()]


def _aws_names() -> list[str]:
    arns = [
        "arn:aws:iam::123456789012:role/service-role/AmazonMWAA-analytics-AbCdEf",
        "arn:aws:sts::123456789012:assumed-role/AirflowStack-ExecutionRole605A040B-XbCdEfGhIjKl/AmazonMWAA-airflow",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:airflow/connections/warehouse-a1B2c3",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-db-password-a1B2c3",
        "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:s3:::acme-data-lake/raw/2026/01/01/part-00000-3f2504e0-4f89-11d3-9a0c-0305e82c3301-c000.snappy.parquet",
        "arn:aws:states:eu-west-1:123456789012:execution:Etl:0b2c1d3e-aaaa-bbbb-cccc-1234567890ab",
        "arn:aws-cn:glue:cn-north-1:123456789012:job/dedupe",
        "arn:aws:lambda:eu-west-1:123456789012:function:MyStack-HandlerFunction9C0FA1B2-aB3dE5fG7hI9",
        "arn:aws:ecs:eu-west-1:123456789012:task/etl/0123456789abcdef0123456789abcdef",
    ]
    denials = [
        f"User: {arns[1]} is not authorized to perform: s3:PutObject on resource: {arn} because no identity-based policy allows the action"
        for arn in arns[2:]
    ]
    things = [
        "AirflowStack-ExecutionRole605A040B-XbCdEfGhIjKl",
        "MyStack-ProcessorFunctionServiceRole4D2B1A7E-1A2B3C4D5E6F",
        "jr_" + _hash(1, "sha256"),
        "j-2AXXXXXXGAPLF",
        "subnet-0123456789abcdef0",
        "AROAEXAMPLEEXAMPLEEXAM:session",
        "Root=1-5759e988-bd862e3fe1be46a994272793",
    ]
    keys = [
        f"s3://acme-data-lake/raw/dt=2026-01-0{day}/EventStream20260101T0000{day}Z/part-0000{day}-{_uuid(day)}.c000.snappy.parquet"
        for day in range(1, 9)
    ]
    return [*arns, *denials, *things, *keys]


def _sentences() -> list[str]:
    service = ["GetSecretValue", "GetSessionToken", "AssumeRole", "GetAuthorizationToken", "CreateWebLoginToken"]
    called = [
        f"An error occurred (AccessDeniedException) when calling the {name} operation: User is not authorized to perform: secretsmanager:{name}"
        for name in service
    ]
    names = [
        f"Variable {name} does not exist"
        for name in ("db_password", "api_token", "CLIENT_SECRET", "aws_secret_access_key", "private_key")
    ]
    wanted = [
        f"KeyError: '{name}'" for name in ("password", "token", "DB_PASSWORD", "secret", "api_key", "Authorization")
    ]
    code = [
        "    conn = psycopg2.connect(host=host, password=password, user=user)",
        "    conn = connect(host=host, password=conn.password)",
        "    client = Client(token=get_token(), secret=self._secret)",
        "    api_key = os.environ['API_KEY']",
        "    api_key=Variable.get('api_key')",
        '    url = f"postgresql://{user}:{password}@{host}:{port}/{name}"',
        "    def login(self, user: str, password: str | None = None) -> Token:",
        "    def login(self, user: str, token: Optional[str] = None):",
        "    password = '{{ var.value.db_password }}'",
        "    password=${DB_PASSWORD}",
        "    export PGPASSWORD=$DB_PASSWORD",
        "    password = None",
        "    response = client.get_secret_value(SecretId=secret_name)",
        "    token = response['NextToken']",
        "    response = table.query(KeyConditionExpression=Key('pk').eq(pk))",
        "    s3.put_object(Bucket=bucket, Key='exports/2026/01/01/report.csv')",
        "    hook.load_file(filename=path, key='exports/report.csv', bucket_name='acme')",
    ]
    return [*called, *names, *wanted, *code]


_FIXED: tuple[str, ...] = (
    'FATAL:  password authentication failed for user "etl"',
    "Access denied for user 'etl'@'10.0.0.1' (using password: YES)",
    "Access denied for user 'etl'@'10.0.0.1' (using password: NO)",
    "The security token included in the request is invalid.",
    "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.",
    "ExpiredToken: The security token included in the request is expired",
    "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
    "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided",
    "jwt.exceptions.InvalidSignatureError: Signature verification failed",
    "password: must be at least 12 characters long",
    "SyntaxError: invalid token (<unknown>, line 3)",
    "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    "Unexpected token: punc (.)",
    "AirflowException: The conn_id `warehouse` isn't defined",
    "max_tokens=4096",
    "'max_tokens': 4096, 'stop_token': None",
    "token_type: Bearer",
    "'token_type': 'Bearer', 'expires_in': 3600",
    "Bearer authentication is not supported here",
    "Basic authentication failed for user etl",
    "Basic usage of this operator is described in the documentation",
    "primary_key=id sort_key=created_at",
    "partition_key='customer_id'",
    'duplicate key value violates unique constraint "orders_pkey"',
    "Key (order_id)=(1234567) already exists.",
    "NoSuchKey: The specified key does not exist.",
    "The specified key does not exist: exports/2026/01/01/report.csv",
    "kms_key_id=1234abcd-12ab-34cd-56ef-1234567890ab",
    "secret_name=airflow/connections/warehouse",
    "secret_id: airflow/variables/environment",
    "secret: airflow/connections/warehouse",
    '"SecretId": "airflow/connections/warehouse"',
    "Secrets Manager can't find the specified secret.",
    "connections_prefix: airflow/connections",
    "password_file=/run/secrets/db",
    "private_key_path=/home/airflow/.ssh/id_rsa",
    "token_url=https://example.com/oauth/token",
    "Done. PASS=12 WARN=0 ERROR=1 SKIP=0 TOTAL=13",
    "pass: 12, fail: 1",
    "author: John Doe, authority: https://example.com",
    "auth_type=oauth2 authenticator=externalbrowser",
    "ClientRequestToken='0b2c1d3e-aaaa-4bbb-8ccc-1234567890ab'",
    "git+https://github.com/acme/tools.git@0123456789abcdef0123456789abcdef01234567#egg=tools",
    "https://github.com/acme/tools/blob/main/a.py:12",
    "http://localhost:8080/api/v1/dags?limit=5@2",
    'Could not connect to the endpoint URL: "https://sts.eu-west-1.amazonaws.com/"',
    "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/token",
    "<built-in method connect of object at 0x7f3c2a1b4d60>",
    "user etl@example.com on s3://acme@2x/a:b",
    "versionId=3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo",
    "x-amz-id-2: eftixk72aD6Ap51TnqcoF8eFidJG9Z/2mkiDFu8yU9AS1ed4OpIszj7UDNEHGran",
    "-----BEGIN CERTIFICATE-----\nMIIDdTCCAl2gAwIBAgILBAAAAAABFUtaw5QwDQYJKoZIhvcNAQEFBQAwVzELMAkG\n-----END CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n-----END PUBLIC KEY-----",
    "You are not authorized to perform this operation. Encoded authorization failure message: " + base64.urlsafe_b64encode(random.Random(60).randbytes(700)).decode().rstrip("="),
    "ModuleNotFoundError: No module named 'snowflake.connector.secret_detector'",
    "cannot import name 'SecretCache' from 'airflow.sdk.execution_time.secrets_masker'",
    'File "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/providers/amazon/aws/secrets/secrets_manager.py", line 263, in get_conn_value',
    "AIRFLOW__SECRETS__BACKEND=airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
    "AIRFLOW_CTX_DAG_OWNER='airflow' AIRFLOW_CTX_DAG_ID='sales'",
    "wave2-tokenizer==1.0.3 tokenizers==0.19.1 keyring==24.3 secretstorage==3.3.3",
    "Collecting SecretStorage>=3.2 (from keyring>=23.9->twine)",
    "etl-load-customers-2026-01-01t00-00-00-7xk2p9q1",
    "task-runner-8f6d7c9b5d-x7k2p",
    "Task exited with return code -9",
    "skipping 1,234 tokens: 5 left",
    "eyJ is how such tokens begin",
    "sk-learn, hf_transfer and npm_config are names",
)  # fmt: skip
