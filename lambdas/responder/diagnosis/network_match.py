"""How the causes of the network recognise what kept a connection from being made, and what they state of it."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from responder.diagnosis.facts import connection_used
from responder.diagnosis.recognise import Recogniser, resting_on, strength_of
from responder.diagnosis.rule import Match
from responder.evidence.database_error import DatabaseError, class_of_database
from responder.evidence.http_status import read_status
from responder.evidence.network_error import NetworkError, Obstacle, host_in, read_network
from responder.evidence.remote_job import read_job
from responder.model import Evidence, Said

# Classes that say it by their name alone
_CLASSES = {
    "gaierror": Obstacle.NAME,
    "NameResolutionError": Obstacle.NAME,
    "ClientConnectorDNSError": Obstacle.NAME,
    "SSLError": Obstacle.TLS,
    "SSLCertVerificationError": Obstacle.TLS,
    "CertificateError": Obstacle.TLS,
    "ClientConnectorCertificateError": Obstacle.TLS,
    "ConnectionRefusedError": Obstacle.CONNECTION,
    "ConnectionResetError": Obstacle.CONNECTION,
    "ConnectionAbortedError": Obstacle.CONNECTION,
    "BrokenPipeError": Obstacle.CONNECTION,
    "ConnectTimeout": Obstacle.CONNECTION,
    "ReadTimeout": Obstacle.CONNECTION,
    "ConnectTimeoutError": Obstacle.CONNECTION,
    "ReadTimeoutError": Obstacle.CONNECTION,
    "ConnectionTimeout": Obstacle.CONNECTION,
    "EndpointConnectionError": Obstacle.CONNECTION,
    "ConnectionClosedError": Obstacle.CONNECTION,
    "ServerDisconnectedError": Obstacle.CONNECTION,
    "RemoteDisconnected": Obstacle.CONNECTION,
    "IncompleteRead": Obstacle.CONNECTION,
    "NoValidConnectionsError": Obstacle.CONNECTION,
    "NoBrokersAvailable": Obstacle.CONNECTION,
    "ServerSelectionTimeoutError": Obstacle.CONNECTION,
    "AutoReconnect": Obstacle.CONNECTION,
    "NetworkTimeout": Obstacle.CONNECTION,
    "SSHException": None,  # by its words only
}
# Also raised where the name does not resolve; on MWAA it is a route or a VPC endpoint that is missing
_ENDPOINT = "Could not connect to the endpoint URL"
_SOCKETS = (
    "socket.py",
    "ssl.py",
    "/http/client.py",
    "/urllib3/",
    "/paramiko/",
    "/ftplib.py",
    "/smtplib.py",
)
# Over asyncio; asyncio itself also times out what is no connection
_CLIENTS = (
    "/aiohttp/",
    "/asyncpg/",
    "/aiobotocore/",
    "/httpcore/",
    "/anyio/_backends/",
    "/redis/",
    "/aiomysql/",
    "/websockets/",
)
_NOT_THE_NETWORK = frozenset(
    {
        DatabaseError.STATEMENT,
        DatabaseError.SESSIONS,
        DatabaseError.NO_DATABASE,
        DatabaseError.LOGIN,
        DatabaseError.SERVER,
    }
)


class Peer(NamedTuple):
    """Whom the task talked to."""

    host: str | None
    connection: str | None


def by_obstacle(wanted: Obstacle) -> Recogniser[Peer]:
    """Recognises the obstacle that stands nearest to the root of the failure."""

    def recognise(evidence: Evidence) -> Match[Peer] | None:
        found = first_obstacle(evidence)
        if found is None or found[0].obstacle is not wanted:
            return None
        error, said = found
        return resting_on(evidence, said, peer(evidence), strength_of(said), (error.start, error.end))

    return recognise


def first_obstacle(evidence: Evidence) -> tuple[NetworkError, Said] | None:
    """What kept the connection from being made, by the first text that says it; botocore's own sentence before all."""
    texts = evidence.decisive
    endpoint = next((said for said in texts if said.raised and _ENDPOINT in said.text), None)
    if endpoint:
        start = endpoint.text.index(_ENDPOINT)
        return NetworkError(Obstacle.CONNECTION, host_in(endpoint.text), start, start + len(_ENDPOINT)), endpoint
    return next(((error, said) for said in texts if (error := _read(said))), None)


def _read(said: Said) -> NetworkError | None:
    if "An error occurred (" in said.text or read_status(said.text):
        return None  # the service answered
    if said.raised and class_of_database(said.raised) in _NOT_THE_NETWORK:
        return None
    error = read_network(said.text) or _by_class(said)
    return None if error and _is_of_a_job(said) else error


def _is_of_a_job(said: Said) -> bool:
    """A service that tells why a job stopped there: it was reached, and what the job did not reach is the job's matter."""
    job = read_job(said.text)
    return job is not None and job.service is not None


def _by_class(said: Said) -> NetworkError | None:
    if said.raised is None:
        return None
    obstacle = _CLASSES.get(said.raised.name)
    if said.raised.name in {"timeout", "TimeoutError"} and _in_a_socket(said):
        obstacle = Obstacle.CONNECTION
    return NetworkError(obstacle, host_in(said.text), 0, len(said.raised.type)) if obstacle else None


def _in_a_socket(said: Said) -> bool:
    frames = said.raised.frames if said.raised else ()
    if not frames:
        return False
    if "/asyncio/" in frames[-1].file:
        return any(part in frame.file for frame in frames for part in _CLIENTS)
    return any(part in frames[-1].file for part in _SOCKETS)


def peer(evidence: Evidence) -> Peer:
    """The host and the connection, from all that the failure says."""
    hosts = (host_in(said.text) for said in evidence.decisive)
    return Peer(next(filter(None, hosts), None), connection_used(evidence))


def is_aws(host: str | None) -> bool:
    """Whether the host is an endpoint of AWS."""
    return bool(host) and str(host).endswith((".amazonaws.com", ".amazonaws.com.cn", ".aws", ".api.aws"))


def is_local(host: str | None) -> bool:
    """Whether the host is the worker itself."""
    return host in {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - compared, not bound


def is_private(host: str | None) -> bool:
    """Whether the host is an address inside a private network."""
    try:
        return ipaddress.ip_address(host or "").is_private
    except ValueError:
        return False


def called(found: Peer) -> str:
    """The host in words, with the connection that names it."""
    if found.host is None:
        return f"the host of the connection {found.connection}" if found.connection else "the other side"
    through = f" (connection {found.connection})" if found.connection else ""
    return f"{found.host}{through}"
