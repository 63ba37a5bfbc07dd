"""Secrets that only their place gives away: in a header, on a command line, in SQL, in a call.

Read by `scrub.py` like `kinds.py`; here the anchors are looked for in the whole text, in lower case.
"""

from __future__ import annotations

from responder.intake.secrets.kinds import Format
from responder.intake.secrets.quotation import QUOTE

_TEXT = r"([^\"'\\\r\n]{1,256}?)"  # inside quotation marks
_PIPED_INTO = r"(?:kinit|chpasswd|sudo[ ]-S|[^|\r\n]{0,80}?--password-stdin)"

PLACES: tuple[Format, ...] = (
    Format("echo ", rf"(?i:echo)[ ]['\"]?(?:[\w.-]{{1,64}}:)?([^\s'\"|$]{{1,256}})['\"]?[ ]?\|[ ]?{_PIPED_INTO}", 1),
    Format("sqlplus ", r"sqlplus[ ][^/\r\n]{1,120}/([^\s\"'@]{1,256})@", 1),
    Format(".logon ", r"(?i:\.logon)[ ][^\s,]{1,128},([^\s;\"'\\]{1,128})", 1),
    Format("login ", r"login[ ]{1,4}[^\s|]{1,128}\s{1,8}password[ ]{1,4}([^\s\"'\\,)<]{1,256})", 1),  # .netrc
    # Headers and protocols.
    Format("bearer ", r"(?i:bearer)[ ]([A-Za-z0-9+/=_.~:-]{16,8192})", 1),
    Format("basic ", r"Basic[ ](?=[a-z]{0,24}[A-Z0-9+/=])([A-Za-z0-9+/_-]{8,2048}={0,2})(?![A-Za-z])", 1),
    Format("digest ", rf"(?i:digest)[ ][^\r\n]{{0,400}}?response=(?:{QUOTE})?([0-9a-f]{{32,128}})", 1),
    Format("aws4-hmac-sha256", r"AWS4-HMAC-SHA256[ \w]{0,40}Credential=([^\r\n\"']{1,2048})", 1),
    Format("auth ", r"AUTH[ ](?:PLAIN[ ]|LOGIN[ ]|default[ ])?(?=[A-Za-z+/]{0,64}\d)([A-Za-z0-9+/=!#$%^&*_.-]{6,512})", 1),  # SMTP, Redis
    Format("!aq", r"(?<![A-Za-z0-9])00D[A-Za-z0-9]{12}!AQ[A-Za-z0-9._]{40,160}", before=15),  # Salesforce's sessions
    Format("&amp;", r"&amp;(?:sig|code|Signature|AWSAccessKeyId)=([^&\s\"'<>\\;]{1,4096})", 1),
    # SQL.
    Format("identified by", rf"(?i:identified by)[ ]{{1,4}}(?i:values[ ]|password[ ])?{QUOTE}{_TEXT}(?={QUOTE})", 1),
    Format("set password for", rf"(?i:set password for)[ ][^=\r\n]{{1,128}}=[ ]?(?i:password\()?{QUOTE}{_TEXT}(?={QUOTE})", 1),
    # A name and a password.
    Format(
        "auth",
        rf"(?i:auth(?:entication)?)(?:{QUOTE})?[ ]?[=:][ ]?[(\[][ ]?{QUOTE}[^\"'\\\r\n]{{0,128}}?{QUOTE},[ ]?{QUOTE}{_TEXT}{QUOTE}[ ]?[)\]]",
        1,
    ),
    Format("connect(", rf"connect\({QUOTE}[\w$#]{{1,64}}/([^\s\"'@/]{{1,128}})@", 1),
    Format("jdbc:oracle:thin:", r"jdbc:oracle:thin:[^/\s\"'@]{1,128}/([^\s\"'@]{1,256})@", 1),
    Format("%3a%2f%2f", r"%3[Aa]%2[Ff]%2[Ff][\w.%-]{0,128}?%3[Aa]([\w.~%!*()-]{1,256}?)%40", 1),
)  # fmt: skip
