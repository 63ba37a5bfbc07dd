"""What secrets are called: a table of knowledge, read by `named.py`.

Names are compared without separators and in lower case: `DB_PASSWORD`, `db-password` and `dbPassword` end alike.
"""

from __future__ import annotations

import json

# Other languages' words for password, where English does not contain them: as they are written with and without accents.
FOREIGN = (
    "contraseña", "contrasena", "clave", "senha", "wachtwoord", "kennwort", "lösenord", "adgangskode", "salasana", "hasło", "heslo", "lozinka",
    "parola", "jelszó", "şifre", "пароль", "секрет", "токен", "κωδικός", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",
)  # fmt: skip


def _escaped(word: str) -> str:
    """As JSON writes it for readers of ASCII."""
    return json.dumps(word)[1:-1].lower()


# What of them is looked for in a text: of an escaped one the end, which stays the same however often it was escaped.
FOREIGN_HINTS = tuple(word for word in FOREIGN if word.isascii())
FOREIGN_HINTS_BEYOND_ASCII = tuple(word for word in FOREIGN if not word.isascii())
FOREIGN_HINTS_ESCAPED = tuple(_escaped(word).rpartition("\\")[2] for word in FOREIGN_HINTS_BEYOND_ASCII)
FOREIGN_PATTERNS = tuple(
    dict.fromkeys(form for word in FOREIGN for form in (word, _escaped(word).replace("\\", r"\\{1,32}")))
)

# "<one of these> key" is a secret …
_KEYS = (
    "account", "admin", "api", "app", "application", "auth", "consumer", "decryption", "deploy", "encryption", "fernet", "hmac", "ingest",
    "integration", "jwt", "license", "master", "private", "routing", "salt", "secret", "secretaccess", "secure", "shared", "sharedaccess", "sign",
    "signing", "ssh", "storage", "subscription", "symmetric", "webhook", "proxy", "root", "storageaccount", "bot", "vault", "unseal", "recovery", "sdk",
)  # fmt: skip
# … and "<one of these> key" often a column or an object's key, and a secret only where its value looks like one.
_DOUBTFUL_KEYS = ("data", "host", "project", "customer", "user", "client", "server", "team", "tenant", "session", "write", "backup", "service")  # fmt: skip
PASSWORDS = ("password", "passwd", "passwort", "passphrase", "passcode", "pwd", "bindpw", "rootpw")

# The last word(s) of a name of what is secret whatever it looks like …
STRONG = (
    *PASSWORDS, "userpass", "dbpass", "mysqlpass", "clientsecret", "secretstring", "secretbinary", "appsecret", "sharedsecret", "apisecret", "oauthsecret",
    "webhooksecret", "jwtsecret", "sessiontoken", "securitytoken", "accesstoken", "refreshtoken", "authtoken", "idtoken", "bottoken", "apitoken", "bearertoken", "csrftoken", "personalaccesstoken", "webtoken",
    "clitoken", "privatekeycontent", "sharedaccesssignature", "clientkeydata", "authorization", "connectionstring", "connstring", "connstr",
    "setcookie", "cookie", "basicauth", "tasktoken", "keytabcontent", "credentialsjson", "keyfiledict", "motdepasse",
    *(f"{word}key" for word in _KEYS), "fernet",
    *(word for word in FOREIGN if word != "clave"), *("".join(filter(str.isalnum, _escaped(word))) for word in FOREIGN if word != "clave"),
)  # fmt: skip
# … and of what is secret when it also looks random.
WEAK = (
    "token", "secret", "pass", "credential", "credentials", "signature", "accesskey", "secrets", "jwt", "hmac", "creds", "nonce", "clave",
    "plaintext", *(f"{word}key" for word in _DOUBTFUL_KEYS),
    *(f"{issuer}pat" for issuer in ("devops", "azure", "ado", "github", "gitlab", "git", "databricks", "snowflake")),
)  # fmt: skip
# Secret when the value looks random, but only as a whole name …
WHOLE = frozenset({"auth", "session", "sessionid", "jsessionid", "phpsessid", "sid"})
# … or as a whole word of it: as the end of a longer one they are too common.
WHOLE_WORDS = frozenset({"pw", "psw"})
# What people type or are sent, `pin` and `otp`: a few digits are a secret, too.
CODE_WORDS = frozenset({"pin", "otp", "totp", "cvv", "cvc"})
CODES = ("mfacode", "verificationcode", "securitycode", "pincode")

# Words behind a secret's name that leave it one: `PASSWORD_PROD`, `db_password_old`, `api_key_2`.
QUALIFIERS = frozenset({
    "prod", "prd", "production", "dev", "development", "test", "tst", "qa", "uat", "int", "stage", "staging", "stg", "sandbox", "live", "old", "new",
    "current", "previous", "primary", "secondary", "backup", "value", "val", "text", "txt", "plain", "raw", "str", "string", "data", "content",
    "contents", "base64", "b64", "encoded", "eu", "us", "x",
})  # fmt: skip

# Names that end like a secret's and are none.
INNOCENT_KEYS = (
    "nexttoken", "starttoken", "continuationtoken", "paginationtoken", "pagetoken", "nextpagetoken", "clientrequesttoken", "clienttoken",
    "idempotencytoken", "requesttoken", "unexpectedtoken", "expiredtoken", "invalidtoken", "maxtoken", "eventtoken", "bypass", "compass",
    "monkey", "primarykey", "foreignkey", "publickey", "methodsignature", "functionsignature", "enclave", "conclave",
)  # fmt: skip

# Substrings by which a name's place is found in the lower-cased text; every entry above contains one.
KEY_HINTS = (
    "pass", "pwd", "secret", "token", "key", "fernet", "credential", "creds", "authorization", "signature", "cookie", "string", "connstr", "jwt",
    "hmac", "nonce", "plaintext", "pin", "auth", "session", "sid", "pw", "psw", "otp",
    "pat", "mfa", "cvv", "cvc",
    "verification code", "verification_code", "verification-code", "verificationcode",
    "security code", "security_code", "security-code", "securitycode",
)  # fmt: skip
# Values that are no secrets: types, nothings, what Airflow and AWS print in a secret's place.
EMPTY_VALUES = frozenset({
    "none", "null", "nil", "true", "false", "yes", "no", "on", "off", "str", "string", "int", "bytes", "bool", "any", "optional", "object", "type",
    "class", "self", "required", "missing", "invalid", "empty", "undefined", "default", "not", "n/a", "na", "hidden", "masked", "redacted", "removed",
    "secret", "password", "token", "unset", "expired", "header", "authentication", "scheme", "value",
})  # fmt: skip
