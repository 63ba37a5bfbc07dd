"""What kept a connection from being made, and which host it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.network_error import Obstacle, host_in, read_network


@pytest.mark.parametrize(
    ("text", "obstacle", "host"),
    [
        pytest.param('could not translate host name "db.example.com" to address: Name or service not known', Obstacle.NAME, "db.example.com", id="PostgreSQL's resolver"),
        pytest.param("Failed to resolve 'api.example.com' ([Errno -2] Name or service not known)", Obstacle.NAME, "api.example.com", id="urllib3's resolver"),
        pytest.param("(2005, \"Unknown MySQL server host 'db.example.com' (-2)\")", Obstacle.NAME, "db.example.com", id="MySQL's resolver"),
        pytest.param("curl: (6) Could not resolve host: git.example.com", Obstacle.NAME, "git.example.com", id="curl"),
        pytest.param('connection to server at "10.0.0.7", port 5432 failed: Connection refused', Obstacle.CONNECTION, "10.0.0.7", id="refused"),
        pytest.param("Response ended prematurely", Obstacle.CONNECTION, None, id="requests, in the middle of a body"),
        pytest.param("peer closed connection without sending complete message body", Obstacle.CONNECTION, None, id="httpx, in the middle of a body"),
        pytest.param("[Errno None] Unable to connect to port 22 on 10.0.8.21", Obstacle.CONNECTION, "10.0.8.21", id="paramiko"),
        pytest.param("('communication error', TimeoutError(110, 'Connection timed out'))", Obstacle.CONNECTION, None, id="redshift_connector"),
        pytest.param("ORA-12170: TNS:Connect timeout occurred", Obstacle.CONNECTION, None, id="Oracle"),
        pytest.param("Cannot connect to host h.example.com:443 ssl:default [Connect call failed ('10.0.0.1', 443)]", Obstacle.CONNECTION, "h.example.com", id="aiohttp"),
        pytest.param("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate", Obstacle.TLS, None, id="an own certificate"),
        pytest.param("server does not support SSL, but SSL was required", Obstacle.TLS, None, id="plain text against TLS"),
    ],
)  # fmt: skip
def test_reads(text, obstacle, host):
    error = read_network(text)
    assert error is not None
    assert (error.obstacle, error.host) == (obstacle, host)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('FATAL:  password authentication failed for user "etl"', id="a login"),
        pytest.param("FATAL:  remaining connection slots are reserved", id="a number of sessions"),
        pytest.param(
            "failed to resolve ref 123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:v9: not found", id="an image"
        ),
        pytest.param("division by zero", id="arithmetic"),
        pytest.param("", id="nothing"),
    ],
)
def test_leaves_alone(text):
    assert read_network(text) is None


@given(st.text(max_size=400))
def test_a_host_has_only_letters_of_a_host(text):
    host = host_in(text + " host='" + text + "', port=1")
    assert host is None or (len(host) <= 253 and not set(host) & set(" '\"<>/\n"))
