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
from collections.abc import Iterator
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


_ALSO_NAMES = ("key-", "dose", "dkea", "npm_")  # how other things begin too

_WORD = r"[A-Za-z0-9_-]"
_BASE64 = r"[A-Za-z0-9+/=_-]"
_PARAMETER = r"(?:=|%3[Dd])([^&\s\"'<>\\;]{1,4096})"

# What follows the fixed text, and the fixed texts that it follows.
_TOKENS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # AWS: access key ids, session tokens (base64 of a fixed head), Bedrock API keys.
    (r"[A-Z2-7]{16}(?![A-Za-z0-9])", ("AKIA", "ASIA", "ABIA", "ACCA")),
    (r"[A-Za-z0-9+/=%_-]{80,4096}", ("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "AgoJb3JpZ2lu", "ABSK")),
    (_BASE64 + r"{20,4096}", ("bedrock-api-key-",)),
    # JSON Web Tokens and what is built like them.
    (r"[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,4096})?", ("eyJ",)),
    # Source control.
    (r"[A-Za-z0-9_]{30,255}", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")),
    (
        _WORD + r"{18,255}(?:\.[A-Za-z0-9_-]{1,64}){0,2}",
        ("glpat-", "gldt-", "glrt-", "glsoat-", "glptt-", "glft-", "glcbt-", "glimt-", "glagent-", "glffct-", "GR1348941"),
    ),
    (r"[A-Za-z0-9]{28,64}", ("ATBB",)),
    (r"[A-Za-z0-9_=-]{60,512}", ("ATATT3",)),
    # Chat.
    (r"[A-Za-z0-9-]{10,512}", (*(f"xox{kind}-" for kind in "abceoprsd"), "xapp-")),
    (r"[bp]-[A-Za-z0-9-]{10,512}", ("xoxe.xox",)),
    # Data platforms.
    (r"[0-9a-f]{32}(?:-\d)?(?![0-9A-Za-z])", ("dapi", "dose", "dkea", "dsapi")),
    (r"[A-Za-z0-9_=-]{20,255}", ("dbtc_", "dbtu_")),
    (r"[A-Za-z0-9+/=:_-]{20,4096}", ("ver:1-hint:",)),
    # Package indexes and registries.
    (r"[A-Za-z0-9]{30,64}", ("npm_",)),
    (_WORD + r"{40,512}", ("pypi-AgE",)),
    (_WORD + r"{20,128}", ("dckr_pat_", "dckr_oat_")),
    (r"[A-Za-z0-9]{60,128}", ("AKCp",)),
    # Google.
    (_WORD + r"{35}", ("AIza",)),
    (r"[A-Za-z0-9_.-]{20,2048}", ("ya29.",)),
    (_WORD + r"{20,64}", ("GOCSPX-",)),
    (_WORD + r"{40,256}", ("1//0",)),
    (_WORD + r"{40,128}", ("4/0A",)),
    # Payment, mail, telephony.
    (r"[A-Za-z0-9]{16,255}", tuple(f"{kind}_{mode}_" for kind in ("sk", "rk", "pk") for mode in ("live", "test"))),
    (r"[A-Za-z0-9+/=]{20,128}", ("whsec_",)),
    (_WORD + r"{16,64}\." + _WORD + r"{16,128}", ("SG.",)),
    (r"[0-9a-f]{32}(?![0-9A-Za-z])", ("SK",)),
    (r"[0-9a-z]{32}(?![0-9A-Za-z-])", ("key-",)),
    (_WORD + r"{20,255}", ("sq0atp-", "sq0csp-", "EAAAE", "shpat_", "shpss_", "shpca_", "shppa_")),
    # Everything else that begins with what its issuer chose for scanners to find: letters, digits, `_` and `-`, …
    (
        _WORD + r"{20,1024}",
        (
            "sk-proj-", "sk-ant-", "sk-svcacct-", "sk-admin-", "hf_", "r8_", "gsk_", "pplx-", "xai-", "pcsk_", "nvapi-", "lsv2_pt_", "lsv2_sk_",
            "hvs.", "hvb.", "hvr.", "glsa_", "sntryu_", "lin_api_", "lin_oauth_", "ntn_", "dop_v1_", "doo_v1_", "dor_v1_", "dp.pt.", "dp.st.",
            "dp.ct.", "pscale_tkn_", "pscale_pw_", "pscale_oauth_", "PMAK-", "NRAK-", "NRII-", "NRJS-", "HRKU-", "tskey-", "CLOJARS_", "CFPAT-",
            "figd_", "tfp_", "xkeysib-", "xsmtpsib-", "pnu_", "pnb_", "sbp_", "squ_", "sqp_", "sqa_", "shippo_live_", "shippo_test_", "rubygems_",
            "dpat_", "fo1_", "rdme_", "bkua_", "CCIPAT_", "CCIPRJ_", "nfp_", "sgp_", "phx_", "mlsn.", "ATCTT3", "BBDC-", "SWMTKN-1-",
            "access-production-", "access-sandbox-", "wandb_v1_", "u-s4t2ud-", "tk_live_", "duffel_live_", "fio-u-", "patch_live_", "ntfy_",
            "vault:v1:",
        ),
    ),
    # … base64 of the plain kind, …
    (_BASE64 + r"{20,2048}", ("glc_eyJ", "sntrys_eyJ", "ops_eyJ", "essu_", "cflt", "FlyV1", "fm1a_", "fm2_")),
    # … two or three parts, …
    (r"[A-Za-z0-9_-]{20,512}\.[A-Za-z0-9_-]{16,64}", ("sk.eyJ",)),
    (r"[A-Z0-9]{24}\.[A-Z0-9]{64}", ("dt0c01.", "dt0s01.")),
    (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", ("pat-na1-", "pat-na2-", "pat-eu1-")),
    (r"[A-Za-z0-9]{14}\.[0-9a-f]{64}", ("pat",)),
    (r"[0-9a-f]{24}-[0-9a-f]{146}", ("v1.0-",)),
    (r"[0-9a-f]{8}\.[A-Za-z0-9_-]{20,512}", ("snyk_uat.",)),
    # … or so many characters of one kind.
    (r"[0-9a-f]{40}", ("pul-",)),
    (r"[a-z0-9]{43}(?![a-z0-9])", ("oy2",)),
    (r"[A-Za-z0-9]{43}(?![A-Za-z0-9])", ("secret_",)),
    (r"(?=[A-Za-z]{0,23}\d)(?=[a-z0-9]{0,23}[A-Z])[A-Za-z0-9]{24}(?![A-Za-z0-9.])", ("s.",)),  # Vault's before 1.10
    (r"[A-Za-z0-9]{32,255}", ("sk-",)),
    (r"[0-9A-Z]{40,80}", ("AGE-SECRET-KEY-1",)),
)  # fmt: skip

# What names the secret that follows and may stay; only the first group is hidden.
_BEHIND: tuple[tuple[str, tuple[str, ...]], ...] = (
    # AWS, Google and Azure signed addresses; the object's address itself may stay.
    (
        _PARAMETER,
        (
            *(f"X-Amz-{name}" for name in ("Signature", "Credential", "Security-Token")),
            *(f"x-amz-{name}" for name in ("signature", "credential", "security-token")),
            *(f"X-Goog-{name}" for name in ("Signature", "Credential")),
            *(f"{mark}{name}" for mark in "?&" for name in ("Signature", "AWSAccessKeyId", "sig", "code")),
        ),
    ),
    (r"((?:services|workflows|triggers)/[A-Za-z0-9_/+-]{8,256})", ("hooks.slack.com/",)),
    (r"(\d{5,32}/[A-Za-z0-9_-]{20,128})", ("discord.com/api/webhooks/",)),
    (r"([A-Za-z0-9@/_-]{20,512})", ("webhook.office.com/webhookb2/",)),
    (r"(\d{5,12}:[A-Za-z0-9_-]{30,64})", ("api.telegram.org/bot",)),
    (r"\\?[\"']([^\"'\\\s]{8,4096})", ("Snowflake Token=",)),
    (r"([0-9a-f]{32})(?![0-9a-z])", ("/v1/input/",)),
    (r"[^\s:]{1,64}:[^\s:]{1,64}:([^\s\"'\\,)]{1,128})", (":5432:", ":5439:")),  # .pgpass
)

_OTHERS = (
    # Pairs: what follows an id is its secret.
    *(
        Format(id_, id_ + r"[A-Z2-7]{16}[^A-Za-z0-9/+\r\n]{1,16}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", 1, begins_word=True)
        for id_ in ("AKIA", "ASIA")
    ),
    Format("AC", r"AC[0-9a-f]{32}(?:&#x27;|[^\w\r\n]){1,16}([0-9a-f]{32})(?![0-9a-z])", 1, begins_word=True),
    # A part of fixed length before the anchor is a secret too.
    Format("-us", r"(?<![A-Za-z0-9])[0-9a-f]{32}\-us\d{1,2}(?!\w)", before=32),
    Format("NRAL", r"(?<![A-Za-z0-9])[0-9a-f]{36}NRAL(?![A-Za-z0-9])", before=36),
    Format(".atlasv1.", r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,128}", before=14),
    Format("Q~", r"Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])"),  # Azure, in the middle of one
)  # fmt: skip


def formats() -> Iterator[Format]:
    """All of them. Made when they are first asked for: a function's start does not wait for them."""
    for tail, anchors in _TOKENS:
        for anchor in anchors:
            telling = len(anchor) >= _TELLING_ANCHOR and anchor not in _ALSO_NAMES
            either = f"(?:{tail}|{_CUT})" if telling else tail
            yield Format(anchor, _START + re.escape(anchor) + either, begins_word=True)
    for tail, anchors in _BEHIND:
        for anchor in anchors:
            yield Format(anchor, re.escape(anchor) + tail, 1)
    yield from _OTHERS


# Random-looking words after these are identifiers or checksums, not secrets.
INNOCENT_LABELS = (
    "hostid", "host id", "x-amz-id-2", "extended request id", "versionid", "version id", "version_id", "version-id", "sha256", "sha384", "sha512", "sha1", "md5",
    "digest", "checksum", "crc32", "etag", "requestid", "request id", "request_id", "nexttoken", "next_token", "continuationtoken", "blake2",
    "begin public key-----", "begin certificate-----", "integrity", "fingerprint", "trace id", "traceid", "log-events/", "log-group/", "-cf-id", "apigw-id",
)  # fmt: skip
