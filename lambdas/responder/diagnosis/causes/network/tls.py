"""The connection is there, but its encryption or the trust in it fails.

Seen as: CERTIFICATE_VERIFY_FAILED, SSLError, "handshake failure", "WRONG_VERSION_NUMBER", "PKIX path building failed".
Comes from: an own or expired certificate, a proxy that breaks TLS open, plain text on a TLS port, outdated protocol versions.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, STARTUP_DOCS, STARTUP_SCRIPT
from responder.diagnosis.network_match import Peer, by_obstacle, called
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import Obstacle
from responder.inquiry.question import Answers
from responder.model import Category, Remedy

# The words that show what is wrong, the end of a sentence, what to do; the first that fits decides, the last fits always
_LACKS = (
    (
        lazy(r"(?i)expired|not yet valid"),
        "its certificate has expired or is not valid yet",
        "Look at the certificate's dates: whoever runs that host has to renew it; nothing in the environment needs to change.",
    ),
    (
        lazy(r"(?i)mismatch|doesn't match|not valid for"),
        "its certificate is for another name",
        "The certificate is for another name: connect by the name that it holds, not by an address or alias (Airflow UI > Admin > Connections).",
    ),
    (
        lazy(r"(?i)wrong.version.number|does not support ssl|refused ssl|record layer"),
        "one side speaks TLS and the other does not",
        "One side speaks TLS and the other does not: compare the port and scheme (https or http, sslmode, ssl in the connection's Extra) with what the server offers.",
    ),
    (
        lazy(r"(?i)self.signed|local issuer|unknown ca|unknown authority|pkix|CA certificate bundle|root certificate"),
        "its certificate is not trusted here",
        (
            "The certificate is signed by an authority that the worker does not know. Ship its root certificate (in dags/ or plugins.zip) and name the file "
            "in the connection's Extra (verify, sslrootcert, ca …). For all clients at once, export REQUESTS_CA_BUNDLE and SSL_CERT_FILE with one file that holds "
            f"this certificate and the public ones (those of certifi): the two replace the public ones, and without them nothing else works. {STARTUP_SCRIPT}"
        ),
    ),
    (
        lazy(""),
        "the handshake failed",
        "Compare the protocol versions and ciphers of both sides; a proxy that opens TLS connections needs its own root certificate on the workers.",
    ),
)


def remedy(match: Match[Peer], _answers: Answers) -> Remedy:
    """One step for what this certificate or handshake is said to lack."""
    said, step = next((said, step) for words, said, step in _LACKS if words.search(match.because[0]))
    return Remedy(
        summary=f"No trusted TLS connection to {called(match.facts)}: {said}.",
        explanation="The other side was reached, then the TLS handshake failed: the network is in order, the trust is not.",
        steps=(
            step,
            "Do not switch verification off: whoever stands between could then read the credentials that the task sends.",
        ),
        proof=FROM_TEXT,
        links=(STARTUP_DOCS,),
    )


RULE = Rule(
    category=Category.NETWORK,
    cause="tls",
    may_heal=False,
    recognise=by_obstacle(Obstacle.TLS),
    remedy=remedy,
    yields_to=("connection-invalid", "metadata-database", "secrets-backend"),
)
