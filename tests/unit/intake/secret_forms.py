"""Further secrets: what issuers give out, and how programs, files and protocols write what has no form of its own.

`«»` is where the secret stands. Tokens are put together at run time so that no scanner takes this file for a leak.
"""

from __future__ import annotations

import base64
import random
import string
import zlib
from urllib.parse import quote_plus

HOLE = "«»"
_HEX = "0123456789abcdef"
_ALNUM = string.ascii_letters + string.digits
_URL = _ALNUM + "-_"
_UPPER = string.ascii_uppercase + string.digits
_LOWER = string.ascii_lowercase + string.digits
_BASE64 = _ALNUM + "+/"


def _random(name: str, alphabet: str, length: int) -> str:
    dice = random.Random(zlib.crc32(name.encode()))
    return "".join(dice.choice(alphabet) for _ in range(length))


# issuer -> the parts of its token: fixed text, or an alphabet with a length.
_ISSUED: dict[str, tuple[str | tuple[str, int], ...]] = {
    "Databricks OAuth": ("dose", (_HEX, 32)),
    "dbt Cloud user": ("dbtu", "_", (_URL, 40)),
    "Slack user": ("xoxp", "-", ("0123456789", 12), "-", ("0123456789", 12), "-", (_HEX, 32)),
    "Slack rotating": ("xoxe", ".xoxp-1-", (_ALNUM, 146)),
    "GitHub app": ("ghs", "_", (_ALNUM, 36)),
    "GitLab deploy": ("gldt", "-", (_URL, 20)),
    "GitLab routable": ("glpat", "-", (_URL, 27), ".01.", (_LOWER, 9)),
    "Bitbucket": ("ATBB", (_ALNUM, 32)),
    "Atlassian": ("ATATT3", "xFfGF0", (_URL, 160), "=", (_UPPER, 8)),
    "Stripe webhook": ("whsec", "_", (_ALNUM, 32)),
    "Stripe restricted": ("rk", "_live_", (_ALNUM, 90)),
    "Mailgun": ("key", "-", (_HEX, 32)),
    "Mailchimp": ((_HEX, 32), "-us", "12"),
    "Sendinblue": ("xkeysib", "-", (_HEX, 64), "-", (_ALNUM, 16)),
    "New Relic user": ("NRAK", "-", (_UPPER, 27)),
    "New Relic licence": ((_HEX, 36), "NRAL"),
    "OpenAI old": ("sk", "-", (_ALNUM, 48)),
    "Groq": ("gsk", "_", (_ALNUM, 52)),
    "Perplexity": ("pplx", "-", (_ALNUM, 48)),
    "Pinecone": ("pcsk", "_", (_ALNUM, 6), "_", (_ALNUM, 62)),
    "LangSmith": ("lsv2", "_pt_", (_HEX, 32), "_", (_HEX, 10)),
    "Replicate": ("r8", "_", (_ALNUM, 37)),
    "Vault batch": ("hvb", ".", (_URL, 140)),
    "Vault of old": ("s", ".", (_ALNUM, 24)),
    "Okta": ("00", (_URL, 40)),
    "Salesforce session": ("00D", (_ALNUM, 12), "!AQ", (_ALNUM + "._", 94)),
    "Telegram": (("0123456789", 10), ":AA", (_URL, 33)),
    "Discord bot": ("MTA", (_ALNUM, 23), ".", (_URL, 6), ".", (_URL, 38)),
    "Grafana": ("glsa", "_", (_ALNUM, 32), "_", (_HEX, 8)),
    "Grafana Cloud": ("glc", "_eyJ", (_BASE64, 100)),
    "Sentry": ("sntrys", "_eyJ", (_BASE64, 120)),
    "Linear": ("lin", "_api_", (_ALNUM, 40)),
    "Notion": ("ntn", "_", (_ALNUM, 46)),
    "Notion of old": ("secret", "_", (_ALNUM, 43)),
    "Airtable": ("pat", (_ALNUM, 14), ".", (_HEX, 64)),
    "Postman": ("PMAK", "-", (_HEX, 24), "-", (_HEX, 34)),
    "Doppler": ("dp", ".pt.", (_ALNUM, 43)),
    "Pulumi": ("pul", "-", (_HEX, 40)),
    "Terraform": ((_ALNUM, 14), ".atlasv1.", (_ALNUM, 67)),
    "Artifactory": ("AKCp", "8", (_ALNUM, 68)),
    "SonarQube": ("squ", "_", (_HEX, 40)),
    "Dynatrace": ("dt0c01", ".", (_UPPER, 24), ".", (_UPPER, 64)),
    "CircleCI": ("CCIPAT", "_", (_ALNUM, 22), "_", (_HEX, 40)),
    "Prefect": ("pnu", "_", (_ALNUM, 36)),
    "Supabase": ("sbp", "_", (_HEX, 40)),
    "HubSpot": ("pat", "-na1-", (_HEX, 8), "-", (_HEX, 4), "-", (_HEX, 4), "-", (_HEX, 4), "-", (_HEX, 12)),
    "PlanetScale": ("pscale", "_tkn_", (_URL, 43)),
    "1Password": ("ops", "_eyJ", (_URL, 250)),
    "Figma": ("figd", "_", (_URL, 40)),
    "Plaid": ("access", "-production-", (_HEX, 8), "-", (_HEX, 4), "-", (_HEX, 4), "-", (_HEX, 4), "-", (_HEX, 12)),
    "Cloudflare origin": ("v1.0", "-", (_HEX, 24), "-", (_HEX, 146)),
    "NuGet": ("oy2", (_LOWER, 43)),
    "RubyGems": ("rubygems", "_", (_HEX, 48)),
    "Shippo": ("shippo", "_live_", (_HEX, 40)),
    "Contentful": ("CFPAT", "-", (_URL, 43)),
    "Mapbox": ("sk", ".eyJ", (_ALNUM, 80), ".", (_URL, 22)),
    "Google refresh": ("1//0", (_URL, 60)),
    "Kubernetes for EKS": ("k8s-aws-v1", ".", (_URL, 300)),
    "Fernet's ciphertext": ("gAAAAAB", (_URL, 113)),
    "nobody known, base64 of 64 bytes": ((_BASE64, 86), "=="),
}

ISSUED: dict[str, tuple[str, str]] = {
    name: (
        f"request with {HOLE} was refused",
        "".join(part if isinstance(part, str) else _random(name, *part) for part in parts),
    )
    for name, parts in _ISSUED.items()
}

_PEM = "\n".join(_random(f"pem{line}", _BASE64, 64) for line in range(6)) + "\n" + _random("pem", _BASE64, 22) + "=="
_WORD, _ODD, _PHRASE, _PLAIN = "hunter2hunter", "Sommer#2024!xq", "my pass word 9", "correcthorsebattery"
_AWS_ID = "AKIA" + _random("id", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
_AWS_KEY = _random("key", _BASE64, 40)
_SLASHED = "/U1SE0t/g1Q+Xw5E/" + _random("slashed", _ALNUM, 23)
_SHA = _random("sha", _HEX, 64)

PLACED: dict[str, tuple[str, str]] = {
    # AWS
    "pair of arguments": (f"Session('{_AWS_ID}', '{HOLE}')", _SLASHED),
    "pair in a line of CSV": (f"{_AWS_ID},{HOLE}", _AWS_KEY),
    "key alone, with slashes": (f"got {HOLE} back", _SLASHED),
    "AWS address of a connection": (f"aws://{_AWS_ID}:{HOLE}@/?region_name=eu-west-1", quote_plus(_AWS_KEY)),
    "signed address of old": (f"https://b.s3.amazonaws.com/k?AWSAccessKeyId={_AWS_ID}&Signature={HOLE}&Expires=1", _random("v2", _ALNUM, 26) + "%3D"),
    "SigV4 header": (f"Authorization: AWS4-HMAC-SHA256 Credential=x/20240501/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature={HOLE}", _SHA),
    "CodeArtifact's index": (f"Looking in indexes: https://aws:{HOLE}@acme-123456789012.d.codeartifact.eu-west-1.amazonaws.com/pypi/a/simple/", "eyJ2ZXIi" + _random("ca", _URL, 90) + "." + _random("ca2", _URL, 60) + "." + _random("ca3", _URL, 80)),
    "token of RDS": (f"db.eu-west-1.rds.amazonaws.com:3306/?Action=connect&DBUser=jane&X-Amz-Expires=900&X-Amz-Signature={HOLE}", _SHA),
    "login of ECR": (f"docker login -u AWS -p {HOLE} 123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eyJwYXlsb2FkIjoi" + _random("ecr", _BASE64, 300)),
    "SecretString, a repr": (f"{{'Name': 'db', 'SecretString': '{{\"username\":\"etl\",\"password\":\"{HOLE}\"}}'}}", "kangaroo-jam-71"),
    "SecureString of SSM": (f'{{"Parameter": {{"Name": "/etl/db", "Type": "SecureString", "Value": "{HOLE}"}}}}', "kangaroo-jam-71"),
    "data key of KMS": (f'{{"Plaintext": "{HOLE}", "KeyId": "alias/etl"}}', _random("kms", _BASE64, 43) + "="),
    "environment for ECS": (f"{{'environment': [{{'name': 'DB_PASSWORD', 'value': '{HOLE}'}}, {{'name': 'STAGE', 'value': 'prod'}}]}}", _WORD),
    "environment for ECS, value first": (f'[{{"value": "{HOLE}", "name": "DB_PASSWORD"}}]', _WORD),
    "tag": (f'{{"Key": "db_password", "Value": "{HOLE}"}}', _WORD),
    "arguments of Glue": (f"{{'--JOB_NAME': 'x', '--db_password': '{HOLE}'}}", _WORD),
    "step of EMR": (f"{{'Args': ['spark-submit', '--password', '{HOLE}']}}", _WORD),
    "COPY of Redshift": (f"COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=x;aws_secret_access_key={HOLE}' CSV", _AWS_KEY),
    "COPY of Redshift, keys": (f"COPY t FROM 's3://b/k' ACCESS_KEY_ID 'x' SECRET_ACCESS_KEY '{HOLE}' CSV", _AWS_KEY),
    "Spark's S3": (f"spark-submit --conf spark.hadoop.fs.s3a.secret.key={HOLE} job.py", _AWS_KEY),
    # Airflow
    "Fernet key of the configuration": (f"AIRFLOW__CORE__FERNET_KEY={HOLE}", _random("fernet", _URL, 43) + "="),
    "metadata database": (f"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://airflow:{HOLE}@db:5432/airflow", "pa%40ss%2Fw0rd"),
    "web server's key": (f"AIRFLOW__WEBSERVER__SECRET_KEY={HOLE}", "temporary_key_9"),
    "connection of the environment": (f"AIRFLOW_CONN_DB='postgres://etl:{HOLE}@db:5432/sales?sslmode=require'", "p%2Fw%40rd%3A1"),
    "connection as JSON": (f"AIRFLOW_CONN_DB='{{\"login\": \"etl\", \"password\": \"{HOLE}\", \"host\": \"db\"}}'", "Tr0ub4dor&3zz"),
    "extra in an address": (f"http://api.acme.example/?__extra__=%7B%22token%22%3A+%22{HOLE}%22%2C+%22verify%22%3A+true%7D", "kangaroo-jam-71"),
    "repr of a connection": (f"Connection(conn_id='x', login='etl', password='{HOLE}', port=5432)", _ODD),
    "airflow connections add": (f"airflow connections add x --conn-login etl --conn-password {HOLE} --conn-host db", _WORD),
    "os.environ": (f"os.environ['DB_PASSWORD'] = '{HOLE}'", _WORD),
    "default of os.environ": (f"os.environ.get('DB_PASSWORD', '{HOLE}')", "S3cretDefault"),
    # Databases
    "address with an @ in the password": (f"postgresql://etl:{HOLE}@db:5432/x", "P@ss:w0rd"),
    "address encoded as a whole": (f"conn=postgresql%3A%2F%2Fetl%3A{HOLE}%40db%3A5432%2Fx", _WORD),
    "libpq, quoted": (f"host=db user=etl password='{HOLE}' dbname=x", _PHRASE),
    "ODBC": (f"Driver={{ODBC Driver 17}};Server=db;UID=sa;PWD={HOLE};Encrypt=yes", _ODD),
    "ODBC with braces": (f"Server=db;UID=sa;PWD={{{HOLE}}};Encrypt=yes", "p;w9x=abc"),
    "pgpass": (f"db.acme.example:5432:sales:etl:{HOLE}", "Tr0ub4dorzz"),
    "netrc": (f"machine api.acme.example login etl password {HOLE}", _PLAIN),
    "CREATE USER": (f"CREATE USER etl PASSWORD '{HOLE}'", _ODD),
    "IDENTIFIED BY": (f"CREATE USER 'etl'@'%' IDENTIFIED BY '{HOLE}'", _PLAIN),
    "identified by, in small letters": (f'alter user scott identified by "{HOLE}"', "Tigerlily9"),
    "SET PASSWORD": (f"SET PASSWORD FOR 'etl'@'%' = '{HOLE}'", _ODD),
    "INSERT": (f"INSERT INTO users (name, password, age) VALUES ('etl', '{HOLE}', 3)", _WORD),
    "UPDATE": (f"UPDATE users SET password = '{HOLE}' WHERE id = 3", _WORD),
    "Kafka's JAAS": (f'sasl.jaas.config=org.apache.kafka.PlainLoginModule required username="u" password="{HOLE}";', _ODD),
    "cx_Oracle": (f"cx_Oracle.connect('scott/{HOLE}@db:1521/svc')", "Tigerlily9"),
    # Headers and calls
    "requests' auth": (f"requests.get(url, auth=('etl', '{HOLE}'))", "Tr0ub4dor&3zz"),
    "class for authentication": (f"HTTPBasicAuth('etl', '{HOLE}')", _WORD),
    "ApiKey": (f"Authorization: ApiKey {HOLE}", base64.b64encode(_random("api", _URL, 42).encode()).decode()),
    "Okta's scheme": (f"Authorization: SSWS {HOLE}", "00" + _random("ssws", _URL, 40)),
    "PagerDuty's scheme": (f"Authorization: Token token={HOLE}", "u+" + _random("pd", _ALNUM, 18)),
    "Digest": (f'Authorization: Digest username="u", realm="r", uri="/", response="{HOLE}", qop=auth', _random("digest", _HEX, 32)),
    "SMTP": (f"send: 'AUTH PLAIN {HOLE}\\r\\n'", base64.b64encode(b"\0etl\0mailpw99").decode()),
    "cookies of a dict": (f"cookies={{'session': '{HOLE}'}}", _random("cookie", _LOWER, 26)),
    "Twilio's pair": (f"Client('AC{_random('ac', _HEX, 32)}', '{HOLE}')", _random("twilio", _HEX, 32)),
    "docker's file": (f'{{"auths": {{"reg.acme.example": {{"auth": "{HOLE}"}}}}}}', base64.b64encode(b"etl:regpw99x").decode()),
    "kubeconfig": (f"user:\n    client-key-data: {HOLE}\n    x: y", "LS0tLS1C" + _random("kube", _BASE64, 400)),
    "header of two words": (f"X-Auth-Token: {HOLE}", "zebra99lake"),
    # Command lines
    **{
        f"{command.partition(HOLE)[0].strip()} …": (command, _WORD)
        for command in (
            f"redis-cli -h redis -a {HOLE} ping",
            f"ldapsearch -D cn=admin -w {HOLE} -b dc=x",
            f"unzip -P {HOLE} a.zip",
            f"7z x -p{HOLE} a.7z",
            f"docker login -u etl -p {HOLE} reg.acme.example",
            f"az login --service-principal -u app -p {HOLE} --tenant t",
            f"twine upload -u __token__ -p {HOLE} dist/*",
            f"sshpass -p {HOLE} ssh etl@host",
            f"smbclient //srv/share -U etl%{HOLE}",
            f"lftp -u etl,{HOLE} sftp://host",
            f"echo {HOLE} | kinit etl@ACME",
            f"wget --user=etl --password={HOLE} https://x.example",
            f"gpg --batch --passphrase {HOLE} -d a.gpg",
            f"export DB_PASS={HOLE} && python x.py",
            f"docker run -e DB_PASSWORD={HOLE} img",
        )
    },
    "mysql in a list": (f"Command '['mysql', '-u', 'root', '-p{HOLE}', 'sales']' returned 1.", _WORD),
    "curl in a list": (f"Command '['curl', '-u', 'etl:{HOLE}', 'https://x.example']' returned 22.", _WORD),
    "java's property": (f"-Djavax.net.ssl.keyStorePassword={HOLE} -Dx=y", _WORD),
    # Files
    "YAML's block": (f"private_key: |\n  {HOLE}\nnext: 1", _random("block", _LOWER, 20)),
    "YAML's folded text": (f"password: >-\n  {HOLE}\nport: 1", _PLAIN),
    "Kubernetes' YAML": (f"- name: DB_PASSWORD\n  value: {HOLE}", _WORD),
    "attribute of XML": (f'<add key="DbPassword" value="{HOLE}"/>', _WORD),
    "property of Hadoop": (f"<property><name>javax.jdo.option.ConnectionPassword</name><value>{HOLE}</value></property>", _WORD),
    "PuTTY's key": (f"PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 7\n{HOLE}\nPrivate-MAC: x", _PEM),
    "key without its frame": (HOLE, _PEM),
    "key on one line": (f"-----BEGIN PRIVATE KEY----- {HOLE} -----END PRIVATE KEY-----", _PEM.replace("\n", " ")),
    "key with escaped lines": (f"-----BEGIN PRIVATE KEY-----\\n{HOLE}\\n-----END PRIVATE KEY-----", _PEM.replace("\n", "\\n")),
    "key without an end": (f"-----BEGIN RSA PRIVATE KEY-----\n{HOLE}", _PEM),
    "key of a service account": (f'{{"private_key": "-----BEGIN PRIVATE KEY-----\\n{HOLE}\\n-----END PRIVATE KEY-----\\n"}}', _PEM.replace("\n", "\\n")),
    "what pydantic refuses": (f"1 validation error for Settings\ndb_password\n  Input is wrong [type=value_error, input_value='{HOLE}', input_type=str]", _WORD),
    # Quotation
    "quotes of JSON's escapes": (f"{{\\u0022password\\u0022: \\u0022{HOLE}\\u0022}}", _WORD),
    "quotes of HTML": (f"{{&quot;password&quot;: &quot;{HOLE}&quot;}}", _WORD),
    "quotes of an address": (f"%7B%22password%22%3A%22{HOLE}%22%7D", _WORD),
    "typographer's quotes": (f"password = “{HOLE}”", _WORD),
    "a quote in the password": (f'{{"password": "{HOLE}"}}', 'ab\\"cd99xy'),
    "list of two": (f'["password", "{HOLE}"]', _WORD),
    # Names
    **{
        f"name {name}": (f"{name}={HOLE}", "zebra99lake")
        for name in (
            "PASSWORD_PROD", "password2", "db_password_old", "bind_pw", "Ocp-Apim-Subscription-Key", "shared_key", "deploy_key", "passcode", "otp",
            "sftp_pass", "spring.datasource.password", "private-token", "access_token_secret", "webhook_secret", "sdk_key",
        )
    },
    **{
        f"name {name}": (f"{name} = {HOLE}", _WORD)
        for name in (
            "contraseña", "Passwort", "mot_de_passe", "senha", "пароль", "密码", "パスワード", "wachtwoord", "lösenord", "hasło", "Kennwort", "parola",
            "비밀번호",
        )
    },
    "colon of full width": (f"密码：{HOLE}", _WORD),
    **{
        f"digits of {said}": (said.replace("#", HOLE), digits)
        for said, digits in (
            ("pin=#", "7294"), ('{"card": "x", "pin": #}', "729415"), ("SIM_PIN=#", "7294"), ("card PIN: # rejected", "7294"), ("tool --totp #", "729415"),
            ("mfa_code=#", "729415"), ("verification_code=#", "729415"), ("'securityCode': '#'", "7294"), ("'cvv': '#'", "794"), ("Your verification code is #", "729415"), ("password=#", "7294"),
        )
    },
    # Arguments of calls that no name stands before
    **{
        f"call {call.partition(HOLE)[0]}": (f"    {call}", secret)
        for call, secret in (
            (f'conn = pymysql.connect("db1.acme.example", "etl_reader", "{HOLE}", "sales")', _ODD),
            (f"conn = cx_Oracle.connect('scott', '{HOLE}', 'db1.acme.example/orcl')", _ODD),
            (f'ftp.login("batch", "{HOLE}")', _PLAIN),
            (f'auth = TSC.TableauAuth("etl", "{HOLE}", "marketing")', _ODD),
            (f'credentials = pika.PlainCredentials("etl", "{HOLE}")', _PLAIN),
            (f'ssh.connect("sftp.acme.example", 22, "batch", "{HOLE}")', _ODD),
            (f'conn = jaydebeapi.connect(driver, url, ["etl", "{HOLE}"], jar)', _ODD),
            (f'con.simple_bind_s("cn=etl,dc=acme,dc=example", "{HOLE}")', _PLAIN),
            (f'cache = redis.Redis("cache.acme.example", 6379, 0, "{HOLE}")', _ODD),
            (f'key = load_pem_private_key(data, b"{HOLE}")', _ODD),
            (f'mgr.add_password(None, "https://api.acme.example", "etl", "{HOLE}")', _PLAIN),
            (f'user.set_password("{HOLE}")', _PLAIN),
            (f'pool = SimpleConnectionPool(1, 5, "db1", "etl", "{HOLE}")', _ODD),
            (f'auth_provider = PlainTextAuthProvider("cassandra", "{HOLE}")', _ODD),
            (f'token = jwt.encode(payload, "{HOLE}", algorithm="HS256")', _ODD),
        )
    },
    "PAT": (f"azure_devops_pat={HOLE}", _random("pat", _LOWER, 52)),
    "key of two halves": (f"https://{HOLE}:***@o1.ingest.sentry.example/6", _random("dsn", _HEX, 32)),
    "compared": (f'if password != "{HOLE}":', _ODD),
    "token that is a UUID": (f"CONSUL_HTTP_TOKEN={HOLE}", "8d1a6a52-6f2b-4b2e-9d7a-2f1c3b4a5d6e"),
    # Assignments
    "aligned": (f"password             : {HOLE}", _WORD),
    "Terraform's": (f'+ password                 = "{HOLE}"', _WORD),
    "typed": (f"password: str = '{HOLE}'", _WORD),
    "in parentheses": (f"password = ('{HOLE}')", _WORD),
    "in brackets": (f"password=[{HOLE}]", _WORD),
    "list of them": (f"api_keys=['{HOLE}']", "zebra99lake"),
    "arrow of Scala": (f"Map(sfURL -> a, sfPassword -> {HOLE}, sfRole -> r)", _WORD),
    "struct of Go": (f"{{Host:h Password:{HOLE} Port:1}}", _WORD),
    "symbol of Ruby": (f'{{:user=>"u", :password=>"{HOLE}"}}', _WORD),
    "define of PHP": (f"define('DB_PASSWORD', '{HOLE}');", _WORD),
    "option of Spark": (f'.option("password", "{HOLE}")', _WORD),
    "session in a path": (f"https://x.example/a;jsessionid={HOLE}?x=1", _random("jsession", _UPPER, 32)),
    "Flower's": (f"AIRFLOW__CELERY__FLOWER_BASIC_AUTH=admin:{HOLE}", _WORD),
    "XML of STS": (f"<Credentials><SecretAccessKey>{HOLE}</SecretAccessKey></Credentials>", _AWS_KEY),
    # Prose
    "secret key is": (f"the secret key is {HOLE}", "zebra99lake"),
    "password is": (f"the password is {HOLE}", _WORD),
    "with password": (f"Login with password {HOLE} failed", _WORD),
    "wrong password, quoted": (f"wrong password '{HOLE}' for user etl", _WORD),
    "API key in prose": (f"Invalid API key: {HOLE}", _WORD),
    "token in prose": (f"Token {HOLE} is not valid", "a1b2c3d4e5f6a7b8"),
}  # fmt: skip

# Tables as programs print them, line by line; the secret is the last thing in the last row that has one.
TABLES: dict[str, tuple[str, str]] = {
    "mysql": (f"+----+------+---------------------+\n| id | user | password            |\n+----+------+---------------------+\n|  1 | etl  | {HOLE} |\n+----+------+---------------------+", _PLAIN),
    "psql": (f" client   | api_key | created_at\n----------+---------+------------\n crm-sync | {HOLE} | 2026-01-01\n(1 row)", _random("psql", _HEX, 32)),
    "psql, one column": (f"     password\n---------------------\n {HOLE}\n(1 row)", _PLAIN),
    "psql, expanded": (f"-[ RECORD 1 ]---\nid       | 7\npassword | {HOLE}\nemail    | a@acme.example", "Winter2024"),
    "pandas": (f"         user            password  port\n0  etl_reader  {HOLE}  5432", _PLAIN),
    "pandas without an index": (f" login             pwd  schema\nreader  {HOLE}  public", _ODD),
    "a Series of pandas": (f"user            etl_reader\npassword      {HOLE}\nhost          db1.acme.example", _ODD),
    "polars": (f"┌──────┬────────────────┬──────┐\\n│ user ┆ password       ┆ port │\\n│ ---  ┆ ---            ┆ ---  │\\n│ str  ┆ str            ┆ i64  │\\n╞══════╪════════════════╪══════╡\\n│ etl  ┆ {HOLE} ┆ 5432 │\\n└──────┴────────────────┴──────┘", _ODD),
    "Airflow's connections": (f"conn_id   | login | password       | port\n==========+=======+================+=====\nwarehouse | etl   | {HOLE} | 5432", _PLAIN),
    "Airflow's variables": (f"key           | val\n==============+=====\ncrm_api_token | {HOLE}", _random("val", _ALNUM, 30)),
    "Markdown": (f"| user | password | until |\n|---|---|---|\n| etl | {HOLE} | 2026 |", _PLAIN),
    "columns of two words": (f"Name        API Key\n----------  --------------------\ncrm         {HOLE}", _random("two", _HEX, 32)),
    "CSV": (f"username,password,email\nanna,{HOLE},anna@acme.example", _ODD),
    "CSV with quotation marks": (f'"username","password","email"\n"anna","{HOLE}","anna@acme.example"', _ODD),
    "tabs": (f"id\tsecret\tname\n1\t{HOLE}\tfirst", _random("tab", _ALNUM, 24)),
}  # fmt: skip

FORMS = ISSUED | PLACED
