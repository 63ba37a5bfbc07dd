"""What kept two machines from talking, and which host it was: words of resolvers, sockets, TLS libraries and drivers."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy


class Obstacle(StrEnum):
    """How far the connection came."""

    NAME = "name"  # the name did not resolve
    CONNECTION = "connection"  # refused, no route, timed out, broken off
    TLS = "tls"  # connected, but no trust


class NetworkError(NamedTuple):
    """One obstacle; `start` and `end` delimit the telling words in the text."""

    obstacle: Obstacle
    host: str | None
    start: int
    end: int


_NAME = lazy(
    r"(?i)name or service not known|name resolution|\bDNS (?:failure|error|lookup failed)|nodename nor servname|no address associated with hostname"
    r"|could not translate host name|failed to resolve (?:host )?['\"]|could ?n[o']t resolve host|failed to resolve \S{1,250}:\d|unknownhostexception|unknown host"
    r"|unknown (?:mysql )?server host|getaddrinfo|no such host|gaierror|nxdomain|name does not resolve"
    r"|host (?:name )?(?:was |could )?not (?:be )?(?:found|resolved)|temporary failure in name|dns (?:lookup|resolution|operation|query)"
    r"|ORA-12545|DPY-4001|\bnot resolvable\b|unresolved ?address|unable to resolve (?:host|the host|address)"
)
_TLS = lazy(
    r"(?i)certificate.?verify.?failed|\[SSL[:\]]|SSLCertVerification|ssl handshake|tls handshake|sslhandshake"
    r"|certificate (?:has expired|is not valid|is not trusted|signed by|unknown|required|revoked)|self.signed certificate|unable to get local issuer|unable to verify the first certificate"
    r"|hostname mismatch|doesn't match either of|pkix path|wrong.version.number|unsafe.legacy.renegotiation"
    r"|eof occurred in violation of protocol|alert (?:handshake failure|protocol version|unknown ca|bad certificate)"
    r"|server does not support ssl|server refused ssl|ssl connection is required|TLS CA certificate bundle|x509: |ssl routines|ssl provider: "
    r"|root certificate file .{1,200} does not exist|ORA-29024|ORA-28759|DPY-6005: .{0,80}(?:ssl|tls|certificate)"
)
_CONNECTION = lazy(
    r"(?i)connection refused|connectionrefused|actively refused|no route to host|network is unreachable|host is unreachable"
    r"|connection (?:attempt )?(?:has )?timed ?out|connecttimeout|connect timeout|read timed out|readtimeout|read timeout"
    r"|timed out while (?:connecting|reading|waiting)|timeout expired|connection reset|broken pipe|connection aborted|remote end closed connection"
    r"|could not connect to (?:the )?(?:any|endpoint|server|backend|snowflake|host)|failed to establish a new connection|unable to connect"
    r"|can(?:no|')t connect to|cannot connect to host|failed to connect to|connect call failed|all connection attempts failed"
    r"|communications? link failure|communication error|connection was closed|server closed the connection|connection (?:already |unexpectedly )?closed"
    r"|lost connection to|server has gone away|connection terminated|terminating connection|connection (?:to \S{1,200} )?failed"
    r"|nobrokersavailable|unable to bootstrap from|broker transport failure|serverselectiontimeout|no servers? (?:found|available)|login timeout expired"
    r"|adaptive server is unavailable|error reading ssh protocol banner|novalidconnections|timeout opening channel|i/o timeout"
    r"|endpointconnectionerror|noroutetohost|sockettimeout|java\.net\.connectexception|proxyerror|unable to connect to proxy"
    r"|ORA-12(?:170|203|514|516|520|541|543|547|560|571|606|637)\b|ORA-0(?:3113|3114|3135)\b|DPY-(?:4011|6005)|SSL SYSCALL|ssl connection has been closed"
    r"|\[Errno (?:32|101|104|110|111|112|113)\]|os error 11[013]|handshake read failed|(?:socket|ssh) (?:operation )?timed? ?out|08001|08S01|HYT00"
    r"|the read operation timed out|timed out\. \(connect|readtimeouterror|pool timeout|operation timed out|ssh command timed out|connection timeout|timeout connecting to|unable to open socket|socket connection error|connection broken: |connection (?:was |is )?(?:dropped|lost)\b|\bE(?:CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b|server disconnected without|(?<!upstream )request timed out\b|\bconnect timed out|: timed out$|ssh session not active|DBPROCESS is dead"
    r"|response ended prematurely|peer closed connection|response payload is not completed|incompleteread(?:error)?\b|invalidchunklength"
)
# A refused login is not a network matter, whatever words stand around it
_LOGIN = lazy(
    r"(?i)authentication failed|access denied for user|login failed|incorrect username or password|invalid (?:username|password|credentials)"
    r"|password authentication|no pg_hba\.conf entry|not allowed to connect|ORA-01017|ORA-28000|ORA-28001|authenticationexception"
    r"|is locked|role .{1,80} does not exist|database .{1,80} does not exist|too many (?:connections|clients)|remaining connection slots"
)

_HOST = r"(?P<host>[A-Za-z0-9_](?:[\w.-]{0,251}\w)?)"
_HOSTS = tuple(
    lazy(pattern)
    for pattern in (
        rf"Pool\(host='{_HOST}'",
        rf"(?i)could not translate host name \"{_HOST}\"",
        rf"(?i)failed to resolve '{_HOST}[':]",
        rf"(?i)connection to server at \"{_HOST}\"",
        rf"(?i)could not connect to server: .{{0,80}}\n\s{{0,8}}Is the server running on host \"{_HOST}\"",
        rf"(?i)endpoint url: \"?https?://{_HOST}",
        rf"(?i)cannot connect to host {_HOST}:\d",
        rf"'Connection to {_HOST} timed out",
        rf"(?i)server on '{_HOST}'",
        rf"(?i)server host '{_HOST}'",
        rf"(?i)could ?n[o']t resolve host(?:name)?:? {_HOST}",
        rf"(?i)unknownhostexception: {_HOST}",
        rf"(?i)lookup {_HOST}(?: on|:)",
        rf"(?i)(?:failed|unable|cannot) to connect to (?:DB: |host |server |port \d{{1,5}} on )?{_HOST}",
        rf"(?i)connect to (?:host )?{_HOST}(?: port|:)\d?",
        rf"(?i)server is unavailable or does not exist \({_HOST}\)",
        rf"(?i)(?:unable|failed) to resolve (?:host |the host |address )?['\"]?{_HOST}",
        rf"(?i)\b(?:enotfound|eai_again) {_HOST}",
        rf"(?i)dial tcp {_HOST}:\d",
        rf"(?i)for url:? '?https?://{_HOST}",
        rf"https?://{_HOST}",
        r"\b(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}):\d{2,5}\b",
        r"\('(?P<host>[A-Za-z0-9.-]{3,253})', \d{2,5}\)",
        r"\b(?P<host>\d{1,3}(?:\.\d{1,3}){3}):\d{2,5}\b",
        r"(?i)\bserver: (?P<host>(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b",
    )
)
_WINDOW = 4_000  # characters of one text that are looked at: drivers say it at once
_NOT_A_HOST = frozenset({"any", "the", "server", "host", "proxy", "endpoint", "all", "db", "backend", "a", "an"})


# Several causes ask about the same few texts of one failure
@lru_cache(maxsize=128)
def read_network(text: str) -> NetworkError | None:
    """What the text says kept the connection from being made or kept."""
    window = text[:_WINDOW]
    if _LOGIN.search(window):
        return None
    for obstacle, words in ((Obstacle.NAME, _NAME), (Obstacle.TLS, _TLS), (Obstacle.CONNECTION, _CONNECTION)):
        if match := words.search(window):
            return NetworkError(obstacle, host_in(window), match.start(), match.end())
    return None


@lru_cache(maxsize=128)
def host_in(text: str) -> str | None:
    """The host that a message names, most certain shape first."""
    for shape in _HOSTS:
        for match in shape.finditer(text[:_WINDOW]):
            if match["host"].lower() not in _NOT_A_HOST:
                return match["host"]
    return None
