"""What drivers, hooks and SDKs say when a connection's fields cannot be used: before, or instead of, connecting."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.knowledge.aws_regions import is_region


class Complaint(NamedTuple):
    """Where in the text it stands, and the host that cannot be one."""

    host: str | None
    start: int
    end: int


_WORDS = lazy(
    # PostgreSQL and kin
    r"(?i)invalid dsn|invalid connection option|invalid (?:sslmode|port|integer value|URI query parameter)|no password supplied|missing \"=\" after"
    r"|connection to server on socket \"|could not connect to server: No such file or directory|local MySQL server through socket"
    # Airflow and its hooks
    r"|Unknown hook type|No authentication methods available|Invalid connection(?: string| URI)|conn_type|(?<! or )missing (?:host|login|password|schema|port|extra)\b"
    r"|(?:host|login|password|token|account|user(?:name)?|schema|database|port|api[_ ]?key) (?:is |was |must be |cannot be |has not been )?(?:missing(?! (?:the )?(?:required |necessary )?(?:scope|permission|role|right|privilege))|empty|not (?:set|specified|provided|defined)|required|blank|specified in)"
    r"|(?:must|please|should) (?:provide|specify|supply|set) (?:an? |the |either |at least )?[`'\"]?(?:host|login|password|token|account|user|schema|database|port|region|credential|access key|extra|api)"
    r"|no (?:host|login|password|token|credentials?|api key|access key|region|webhook) (?:is |was |were |are |has been )?(?:provided|specified|supplied|given|configured|defined|found in)"
    r"|missing (?:required )?(?:field|parameter|key|value)s? .{0,40}(?:in|from) (?:the )?(?:connection|extra)|extra(?:__\w{1,80})? .{0,60}(?:not valid|invalid|malformed|json)|in connection'?s? extra"
    r"|encountered (?:RSA|DSA|EC|OPENSSH) key|not a valid (?:RSA|DSA|EC|OPENSSH|private) .{0,40}|private key (?:file )?is (?:encrypted|invalid)|Could not deserialize key data"
    r"|Password was given but private key is not encrypted|not found in known_hosts|Host key for server .{1,253} does not match|cannot be read by paramiko|does not contain (?:an? |the |any )?(?:host|login|password|token|account|user|schema|port|api|access|secret|key|extra)"
    r"|unable to load (?:pem|private key)|unpack requires a buffer|Invalid (?:private )?key|Could not parse (?:the )?(?:connection|private key)|Incorrect padding"
    # HTTP clients
    r"|Invalid URL|No scheme supplied|No connection adapters were found|MissingSchema|InvalidSchema|Failed to parse: |LocationParseError|UnsupportedProtocol"
    r"|Request URL is missing|nonnumeric port|Port could not be cast|unknown url type|label (?:empty or )?too long|Invalid endpoint: |Can't load plugin: sqlalchemy\.dialects:|Invalid host\w{0,8}:"
    # AWS
    r"|You must specify a region|Provided region_name .{1,80}? doesn't match|NoRegionError|InvalidRegionError|The config profile .{1,100} could not be found"
    r"|Partial credentials found|PartialCredentialsError|region .{1,40} is not (?:a )?valid"
    # others
    r"|Configuration validation failed|251001: |251005: |251006: |Account must be specified|ORA-12154|DPY-4027|DPY-4000|Invalid kube-config file|\bConfigException: |Invalid base64|No configuration found\. "
    r"|data source name (?:not found|too long)|Can't open lib|InvalidURI|ConfigurationError: (?!The DNS )|Invalid connection parameters|Could not (?:find|locate) (?:a )?credentials? (?:file|json)"
    r"|default credentials were not found|DefaultCredentialsError|Empty host|No host specified|unsupported (?:conn|connection)[ _]type|The hook_name|Bootstrap server.{0,40}(?:empty|invalid|missing)|Invalid service account"
)
# "Could not connect to the endpoint URL" with a region that there is not
_ENDPOINT = lazy(r"(?i)endpoint URL: \"?https?://(?P<host>[\w.-]{1,253})")
# A host that holds what no host can: a scheme, a path, a placeholder
_HOST = lazy(
    r"host='(?P<host>https?|[^'\n]{0,200}(?:[<>{}$%/ ]|//)[^'\n]{0,200}|)', port=|(?:resolve|host name|connect to|server host) ['\"](?P<host2>(?:https?://|[a-z+]{3,12}://|<|\{|\$)[^'\"\n]{0,250})['\"]"
    r"|host='(?P<host3>(?:your|my|example|changeme|placeholder|todo|none|null|xxx+)[\w-]{0,60})', port="
)
_REGION_SHAPE = lazy(r"[a-z]{2,4}-[a-z-]{3,20}-?\d{1,2}")
# bucket.s3.amazonaws.com and such have no region
_GLOBAL_TAILS = frozenset({"s3", "s3-accelerate", "queue", "elb", "dualstack", "execute-api", "cloudfront"})
_WINDOW = 4_000


# Several causes ask about the same few texts of one failure
@lru_cache(maxsize=128)
def read_complaint(text: str) -> Complaint | None:
    """The complaint in a message, None where it holds none."""
    window = text[:_WINDOW]
    if "An error occurred (" in window:
        return None
    if found := _HOST.search(window):
        return Complaint(next(filter(None, found.groups()), None), found.start(), found.end())
    if found := _WORDS.search(window):
        return Complaint(None, found.start(), found.end())
    return _bad_region(window)


def _bad_region(window: str) -> Complaint | None:
    found = _ENDPOINT.search(window)
    if found is None or not found["host"].endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return None
    region = region_of(found["host"])
    return None if region is None or is_region(region) else Complaint(found["host"], found.start(), found.end())


def region_of(host: str) -> str | None:
    """What stands in the region's place of an endpoint's name; None for global endpoints such as iam.amazonaws.com."""
    parts = host.split(".amazonaws.com", maxsplit=1)[0].split(".")
    known = next((part for part in parts if is_region(part) or is_region(part.removeprefix("s3-"))), None)
    if known:
        return known.removeprefix("s3-")
    shaped = next((part for part in parts if _REGION_SHAPE.fullmatch(part)), None)
    two = len(parts) == 2 and parts[1] not in _GLOBAL_TAILS
    return shaped or (parts[1] if two else None)
