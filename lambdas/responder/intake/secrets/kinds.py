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
_START = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))"
# One that is too short was cut off, if nothing but a sign of that stands behind it.
_CUT = r"(?=[^\d\s]{0,32}\d)[A-Za-z0-9_=-]{10,255}(?=\Z|\.{3}|…)"
_TELLING_ANCHOR = 4  # characters, for a token that was cut off


class Format(NamedTuple):
    """One known shape. `secret` is the number of the group to hide, 0 for the whole match."""

    anchor: str
    pattern: str  # compiled by `scrub` when its anchor is first met: most never are
    secret: int = 0
    before: int = 0  # characters of it that stand before the anchor
    begins_word: bool = False  # nothing but a mark or an escape stands before the anchor


def _token(anchor: str, tail: str) -> Format:
    either = f"(?:{tail}|{_CUT})" if len(anchor) >= _TELLING_ANCHOR and anchor not in _ALSO_NAMES else tail
    return Format(anchor, _START + re.escape(anchor) + either, begins_word=True)


_ALSO_NAMES = ("key-", "dose", "dkea", "npm_", "pat-")  # how other things begin too


def _before(anchor: str, head: str, length: int, tail: str) -> Format:
    """The part before the anchor is a secret too; it has a fixed length."""
    return Format(anchor, rf"(?<![A-Za-z0-9]){head}{re.escape(anchor)}{tail}", before=length)


def _after(anchor: str, tail: str) -> Format:
    """The anchor names what follows and may stay; only the first group is hidden."""
    return Format(anchor, re.escape(anchor) + tail, 1)


_WORD = r"[A-Za-z0-9_-]"
_PARAMETER = r"(?:=|%3[Dd])([^&\s\"'<>\\;]{1,4096})"


def formats() -> tuple[Format, ...]:
    """All of them. Built when they are first asked for: a function's start does not wait for them."""
    return (
        # AWS: access key ids, session tokens (base64 of a fixed head), Bedrock API keys.
        *(_token(prefix, r"[A-Z2-7]{16}(?![A-Za-z0-9])") for prefix in ("AKIA", "ASIA", "ABIA", "ACCA")),
        *(
            _token(head, r"[A-Za-z0-9+/=%_-]{80,4096}")
            for head in ("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "AgoJb3JpZ2lu", "ABSK")
        ),
        _token("bedrock-api-key-", r"[A-Za-z0-9+/=_-]{20,4096}"),
        # Pairs: what follows an id is its secret.
        *(
            Format(
                prefix,
                prefix + r"[A-Z2-7]{16}[^A-Za-z0-9/+\r\n]{1,16}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
                1,
                begins_word=True,
            )
            for prefix in ("AKIA", "ASIA")
        ),
        Format("AC", r"AC[0-9a-f]{32}(?:&#x27;|[^\w\r\n]){1,16}([0-9a-f]{32})(?![0-9a-z])", 1, begins_word=True),
        *(
            Format(f":{port}:", rf":{port}:[^\s:]{{1,64}}:[^\s:]{{1,64}}:([^\s\"'\\,)]{{1,128}})", 1)
            for port in ("5432", "5439")
        ),  # .pgpass
        # AWS, Google and Azure signed addresses; the object's address itself may stay.
        *(_after(f"X-Amz-{name}", _PARAMETER) for name in ("Signature", "Credential", "Security-Token")),
        *(_after(f"x-amz-{name}", _PARAMETER) for name in ("signature", "credential", "security-token")),
        *(_after(f"X-Goog-{name}", _PARAMETER) for name in ("Signature", "Credential")),
        *(
            _after(f"{mark}{name}", _PARAMETER)
            for mark in "?&"
            for name in ("Signature", "AWSAccessKeyId", "sig", "code")
        ),
        Format("AWS4-HMAC-SHA256", (r"AWS4-HMAC-SHA256[ \w]{0,40}Credential=([^\r\n\"']{1,2048})"), 1),
        # JSON Web Tokens and what is built like them.
        _token("eyJ", r"[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,4096})?"),
        # Source control.
        *(
            _token(prefix, r"[A-Za-z0-9_]{30,255}")
            for prefix in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")
        ),
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
        _token("AKCp", r"[A-Za-z0-9]{60,128}"),
        # Google, Azure.
        _token("AIza", _WORD + r"{35}"),
        _token("ya29.", r"[A-Za-z0-9_.-]{20,2048}"),
        _token("GOCSPX-", _WORD + r"{20,64}"),
        _token("1//0", _WORD + r"{40,256}"),
        Format("Q~", r"Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])"),
        # Payment, mail, telephony.
        *(
            _token(f"{kind}_{mode}_", r"[A-Za-z0-9]{16,255}")
            for kind in ("sk", "rk", "pk")
            for mode in ("live", "test")
        ),
        _token("whsec_", r"[A-Za-z0-9+/=]{20,128}"),
        _token("SG.", _WORD + r"{16,64}\." + _WORD + r"{16,128}"),
        _token("SK", r"[0-9a-f]{32}(?![0-9A-Za-z])"),
        _token("key-", r"[0-9a-z]{32}(?![0-9A-Za-z-])"),
        _before("-us", "[0-9a-f]{32}", 32, r"\d{1,2}(?!\w)"),
        *(
            _token(prefix, _WORD + r"{20,255}")
            for prefix in ("sq0atp-", "sq0csp-", "EAAAE", "shpat_", "shpss_", "shpca_", "shppa_")
        ),
        # Everything else that begins with what its issuer chose for scanners to find: letters, digits, `_` and `-`, …
        *(
            _token(prefix, _WORD + r"{20,1024}")
            for prefix in (
                "sk-proj-",
                "sk-ant-",
                "sk-svcacct-",
                "sk-admin-",
                "hf_",
                "r8_",
                "gsk_",
                "pplx-",
                "xai-",
                "pcsk_",
                "nvapi-",
                "lsv2_pt_",
                "lsv2_sk_",
                "hvs.",
                "hvb.",
                "hvr.",
                "glsa_",
                "sntryu_",
                "lin_api_",
                "lin_oauth_",
                "ntn_",
                "dop_v1_",
                "doo_v1_",
                "dor_v1_",
                "dp.pt.",
                "dp.st.",
                "dp.ct.",
                "pscale_tkn_",
                "pscale_pw_",
                "pscale_oauth_",
                "PMAK-",
                "NRAK-",
                "NRII-",
                "NRJS-",
                "HRKU-",
                "tskey-",
                "CLOJARS_",
                "CFPAT-",
                "figd_",
                "tfp_",
                "xkeysib-",
                "xsmtpsib-",
                "pnu_",
                "pnb_",
                "sbp_",
                "squ_",
                "sqp_",
                "sqa_",
                "shippo_live_",
                "shippo_test_",
                "rubygems_",
                "dpat_",
                "fo1_",
                "rdme_",
                "bkua_",
                "CCIPAT_",
                "CCIPRJ_",
                "nfp_",
                "sgp_",
                "phx_",
                "mlsn.",
                "ATCTT3",
                "BBDC-",
                "SWMTKN-1-",
                "access-production-",
                "access-sandbox-",
                "wandb_v1_",
                "u-s4t2ud-",
                "tk_live_",
                "duffel_live_",
                "fio-u-",
                "patch_live_",
                "ntfy_",
                "vault:v1:",
            )
        ),
        # … base64 of the plain kind, …
        *(
            _token(prefix, r"[A-Za-z0-9+/=_-]{20,2048}")
            for prefix in ("glc_eyJ", "sntrys_eyJ", "ops_eyJ", "essu_", "cflt", "FlyV1", "fm1a_", "fm2_")
        ),
        # … two or three parts, or a part before what can be searched for.
        _token("sk.eyJ", r"[A-Za-z0-9_-]{20,512}\.[A-Za-z0-9_-]{16,64}"),
        *(_token(f"dt0{kind}01.", r"[A-Z0-9]{24}\.[A-Z0-9]{64}") for kind in "cs"),
        *(_token(f"pat-{region}-", r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}") for region in ("na1", "na2", "eu1")),
        *(
            _token("pat", r"[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
            _token("pul-", "[0-9a-f]{40}"),
            _token("oy2", "[a-z0-9]{43}(?![a-z0-9])"),
        ),
        *(
            _token("v1.0-", "[0-9a-f]{24}-[0-9a-f]{146}"),
            _token("secret_", r"[A-Za-z0-9]{43}(?![A-Za-z0-9])"),
            _token("4/0A", _WORD + "{40,128}"),
        ),
        _token(
            "s.", r"(?=[A-Za-z]{0,23}\d)(?=[a-z0-9]{0,23}[A-Z])[A-Za-z0-9]{24}(?![A-Za-z0-9.])"
        ),  # Vault's before 1.10
        _token("sk-", r"[A-Za-z0-9]{32,255}"),
        _token("AGE-SECRET-KEY-1", r"[0-9A-Z]{40,80}"),
        _before("NRAL", "[0-9a-f]{36}", 36, r"(?![A-Za-z0-9])"),
        _before(".atlasv1.", "[A-Za-z0-9]{14}", 14, r"[A-Za-z0-9_=-]{40,128}"),
        _token("snyk_uat.", r"[0-9a-f]{8}\.[A-Za-z0-9_-]{20,512}"),
        _after("/v1/input/", r"([0-9a-f]{32})(?![0-9a-z])"),
    )


# Random-looking words after these are identifiers or checksums, not secrets.
INNOCENT_LABELS = (
    "hostid", "host id", "x-amz-id-2", "extended request id", "versionid", "version id", "version_id", "sha256", "sha384", "sha512", "sha1", "md5",
    "digest", "checksum", "crc32", "etag", "requestid", "request id", "request_id", "nexttoken", "next_token", "continuationtoken", "blake2",
    "integrity", "fingerprint", "trace id", "traceid", "log-events/", "log-group/", "-cf-id", "apigw-id",
)  # fmt: skip
