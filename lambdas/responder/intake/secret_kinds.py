r"""What secrets look like: a table of knowledge, read by `scrub.py`.

A format is found by its fixed text (`anchor`, a plain substring search) and then matched on a bounded window, so
that a hostile log costs no more than an ordinary one. No pattern holds a quantifier inside a quantifier.

Sources: the issuers' own pages on token prefixes, among them
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (AKIA, ASIA),
https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github,
https://docs.gitlab.com/security/tokens/, https://api.slack.com/concepts/token-types,
https://docs.databricks.com/en/dev-tools/auth/pat.html, https://docs.stripe.com/keys,
https://docs.pypi.org/api/secrets/, https://learn.microsoft.com/azure/storage/common/storage-sas-overview.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A token starts where a word starts, also after an escape of JSON ("\n") or of a URL ("%3D").
_START = r"(?:(?<![A-Za-z0-9_])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))"


class Format(NamedTuple):
    """One known shape. `secret` is the number of the group to hide, 0 for the whole match."""

    anchor: str
    pattern: str  # compiled by `scrub` when its anchor is first met: most never are
    secret: int = 0


def _token(anchor: str, tail: str) -> Format:
    return Format(anchor, _START + re.escape(anchor) + tail)


def _after(anchor: str, tail: str) -> Format:
    """The anchor names what follows and may stay; only the first group is hidden."""
    return Format(anchor, re.escape(anchor) + tail, 1)


_WORD = r"[A-Za-z0-9_-]"
_PARAMETER = r"(?:=|%3[Dd])([^&\s\"'<>\\;]{1,4096})"

FORMATS: tuple[Format, ...] = (
    # AWS: access key ids, session tokens (base64 of a fixed head), Bedrock API keys.
    *(_token(prefix, r"[A-Z2-7]{16}(?![A-Za-z0-9])") for prefix in ("AKIA", "ASIA", "ABIA", "ACCA")),
    *(
        _token(head, r"[A-Za-z0-9+/=%_-]{80,4096}")
        for head in ("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "AgoJb3JpZ2lu", "ABSK")
    ),
    _token("bedrock-api-key-", r"[A-Za-z0-9+/=_-]{20,4096}"),
    # AWS, Google and Azure signed addresses; the object's address itself may stay.
    *(_after(f"X-Amz-{name}", _PARAMETER) for name in ("Signature", "Credential", "Security-Token")),
    *(_after(f"x-amz-{name}", _PARAMETER) for name in ("signature", "credential", "security-token")),
    *(_after(f"X-Goog-{name}", _PARAMETER) for name in ("Signature", "Credential")),
    *(_after(f"{mark}{name}", _PARAMETER) for mark in "?&" for name in ("Signature", "AWSAccessKeyId", "sig", "code")),
    Format("AWS4-HMAC-SHA256", (r"AWS4-HMAC-SHA256[ \w]{0,40}Credential=([^\r\n\"']{1,2048})"), 1),
    # JSON Web Tokens and what is built like them.
    _token("eyJ", r"[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,4096})?"),
    # Source control.
    *(_token(prefix, r"[A-Za-z0-9_]{30,255}") for prefix in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")),
    *(
        _token(prefix, _WORD + r"{18,255}(?:\.[A-Za-z0-9_-]{1,64}){0,2}")
        for prefix in (
            "glpat-",
            "gldt-",
            "glrt-",
            "glsoat-",
            "glptt-",
            "glft-",
            "glcbt-",
            "glimt-",
            "glagent-",
            "glffct-",
            "GR1348941",
        )
    ),
    _token("ATBB", r"[A-Za-z0-9]{28,64}"),
    _token("ATATT3", r"[A-Za-z0-9_=-]{60,512}"),
    # Chat.
    *(_token(f"xox{kind}-", r"[A-Za-z0-9-]{10,512}") for kind in "abceoprsd"),
    _token("xoxe.xox", r"[bp]-[A-Za-z0-9-]{10,512}"),
    _token("xapp-", r"[A-Za-z0-9-]{10,512}"),
    _after("hooks.slack.com/", r"((?:services|workflows|triggers)/[A-Za-z0-9_/+-]{8,256})"),
    _after("discord.com/api/webhooks/", r"(\d{5,32}/[A-Za-z0-9_-]{20,128})"),
    _after("webhook.office.com/webhookb2/", r"([A-Za-z0-9@/_-]{20,512})"),
    Format("api.telegram.org/bot", (r"api\.telegram\.org/bot(\d{5,12}:[A-Za-z0-9_-]{30,64})"), 1),
    # Data platforms.
    *(_token(prefix, r"[0-9a-f]{32}(?:-\d)?(?![0-9A-Za-z])") for prefix in ("dapi", "dose", "dkea", "dsapi")),
    *(_token(prefix, r"[A-Za-z0-9_=-]{20,255}") for prefix in ("dbtc_", "dbtu_")),
    _after("Snowflake Token=", r"\\?[\"']([^\"'\\\s]{8,4096})"),
    _token("ver:1-hint:", r"[A-Za-z0-9+/=:_-]{20,4096}"),
    # Package indexes and registries.
    _token("npm_", r"[A-Za-z0-9]{30,64}"),
    _token("pypi-AgE", _WORD + r"{40,512}"),
    _token("dckr_pat_", _WORD + r"{20,128}"),
    _token("dckr_oat_", _WORD + r"{20,128}"),
    _token("rubygems_", r"[0-9a-f]{40,64}"),
    _token("AKCp", r"[A-Za-z0-9]{60,128}"),
    # Google, Azure.
    _token("AIza", _WORD + r"{35}"),
    _token("ya29.", r"[A-Za-z0-9_.-]{20,2048}"),
    _token("GOCSPX-", _WORD + r"{20,64}"),
    _token("1//0", _WORD + r"{40,256}"),
    Format("Q~", (r"Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])")),
    # Payment, mail, telephony.
    *(_token(f"{kind}_{mode}_", r"[A-Za-z0-9]{16,255}") for kind in ("sk", "rk", "pk") for mode in ("live", "test")),
    _token("whsec_", r"[A-Za-z0-9+/=]{20,128}"),
    _token("SG.", _WORD + r"{16,64}\." + _WORD + r"{16,128}"),
    _token("SK", r"[0-9a-f]{32}(?![0-9A-Za-z])"),
    _token("key-", r"[0-9a-z]{32}(?![0-9A-Za-z-])"),
    Format("-us", (r"(?<=[0-9a-f]{32})-us\d{1,2}(?!\w)")),
    *(
        _token(prefix, _WORD + r"{20,255}")
        for prefix in ("sq0atp-", "sq0csp-", "EAAAE", "shpat_", "shpss_", "shpca_", "shppa_")
    ),
    # Models.
    *(_token(prefix, _WORD + r"{20,255}") for prefix in ("sk-proj-", "sk-ant-", "sk-svcacct-", "hf_", "r8_", "gsk_")),
    _token("sk-", r"[A-Za-z0-9]{32,255}"),
    # Operations.
    *(
        _token(prefix, _WORD + r"{20,1024}")
        for prefix in ("hvs.", "hvb.", "hvr.", "glsa_", "glc_", "sntrys_", "sntryu_", "lin_api_", "ntn_")
    ),
    *(
        _token(prefix, _WORD + r"{20,255}")
        for prefix in (
            "dop_v1_",
            "doo_v1_",
            "dor_v1_",
            "dp.pt.",
            "dp.st.",
            "pscale_tkn_",
            "pscale_pw_",
            "PMAK-",
            "NRAK-",
            "HRKU-",
            "tskey-",
            "CLOJARS_",
        )
    ),
    _token("AGE-SECRET-KEY-1", r"[0-9A-Z]{40,80}"),
    Format(".atlasv1.", (r"\.atlasv1\.[A-Za-z0-9_=-]{40,128}")),
    # Headers and command lines.
    _after("Bearer ", r"([A-Za-z0-9+/=_.~:-]{16,8192})"),
    _after("bearer ", r"([A-Za-z0-9+/=_.~:-]{16,8192})"),
    _after("Basic ", r"(?=[a-z]{0,24}[A-Z0-9+/=])([A-Za-z0-9+/_-]{8,2048}={0,2})(?![A-Za-z])"),
    Format("--user ", (r"--user[ ]{1,4}['\"]?[^\s:'\"]{1,128}:([^\s'\"]{1,256})"), 1),
    Format("-u ", (r"(?<=\s)-u[ ]{1,4}['\"]?[^\s:'\"/]{1,128}:([^\s'\"/]{1,256})"), 1),
    *(
        Format(f"{program} ", (program + r"[ ][^\r\n|;]{0,80}?(?<=[ ])-p([^\s'\"-]{1,128})"), 1)
        for program in ("mysql", "mysqldump", "mysqladmin")
    ),
    Format("sshpass ", (r"sshpass[ ]{1,4}-p[ ]{0,4}['\"]?([^\s'\"]{1,256})"), 1),
    Format("jdbc:oracle:thin:", (r"jdbc:oracle:thin:[^/\s\"'@]{1,128}/([^\s\"'@]{1,256})@"), 1),
    Format("sqlplus ", (r"sqlplus[ ][^/\r\n]{1,120}/([^\s\"'@]{1,256})@"), 1),
)

# The last word(s) of a name, without separators and in lower case, of what is secret whatever it looks like …
STRONG = (
    "password", "passwd", "passwort", "passphrase", "pwd", "userpass", "dbpass", "mysqlpass", "secretkey", "secretaccesskey", "clientsecret",
    "secretstring", "secretbinary", "appsecret", "appsecretkey", "sharedsecret", "apisecret", "oauthsecret", "webhooksecret", "jwtsecret", "sessiontoken",
    "securitytoken", "accesstoken", "refreshtoken", "authtoken", "idtoken", "bottoken", "apitoken", "bearertoken", "csrftoken",
    "personalaccesstoken", "webtoken", "clitoken", "privatekey", "privatekeycontent", "apikey", "xapikey", "accountkey", "sharedaccesskey",
    "sharedaccesssignature", "storagekey", "encryptionkey", "decryptionkey", "signingkey", "masterkey", "fernetkey", "fernet", "hmackey",
    "integrationkey", "routingkey", "licensekey", "appkey", "ingestkey", "authkey", "proxyauthorization", "authorization", "connectionstring",
    "connstring", "connstr", "setcookie", "cookie", "tasktoken", "keytabcontent", "credentialsjson", "keyfiledict", "pgpassword",
)  # fmt: skip
# … and of what is secret when it also looks random.
WEAK = (
    "token",
    "secret",
    "pass",
    "credential",
    "credentials",
    "signature",
    "accesskey",
    "secrets",
    "jwt",
    "hmac",
    "creds",
    "nonce",
)

# Names that end like a secret's and are none.
INNOCENT_KEYS = (
    "nexttoken", "starttoken", "continuationtoken", "paginationtoken", "pagetoken", "nextpagetoken", "clientrequesttoken", "clienttoken",
    "idempotencytoken", "requesttoken", "unexpectedtoken", "expiredtoken", "invalidtoken", "maxtoken", "eventtoken", "bypass", "compass",
    "monkey", "primarykey", "foreignkey", "publickey", "methodsignature", "functionsignature",
)  # fmt: skip

# Substrings by which a name's place is found in the lower-cased text; every entry above contains one.
KEY_HINTS = ("pass", "pwd", "secret", "token", "key", "fernet", "credential", "creds", "authorization", "signature", "cookie", "string", "connstr", "jwt", "hmac", "nonce")  # fmt: skip

# Values that are no secrets: types, nothings, what Airflow and AWS print in a secret's place.
EMPTY_VALUES = frozenset({
    "none", "null", "nil", "true", "false", "yes", "no", "on", "off", "str", "string", "int", "bytes", "bool", "any", "optional", "object", "type",
    "class", "self", "required", "missing", "invalid", "empty", "undefined", "default", "not", "n/a", "na", "hidden", "masked", "redacted", "removed",
    "secret", "password", "token", "unset", "expired",
})  # fmt: skip

# Random-looking words after these are identifiers or checksums, not secrets.
INNOCENT_LABELS = (
    "hostid", "host id", "x-amz-id-2", "extended request id", "versionid", "version id", "version_id", "sha256", "sha384", "sha512", "sha1", "md5",
    "digest", "checksum", "crc32", "etag", "requestid", "request id", "request_id", "nexttoken", "next_token", "continuationtoken", "blake2",
    "integrity", "fingerprint", "trace id", "traceid", "log-events/", "log-group/",
)  # fmt: skip
