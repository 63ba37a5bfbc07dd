"""The way to the web: a proxy on loopback that stands in for known hosts and, unless allowed to, lets nothing else out.

The function is told by HTTPS_PROXY and SSL_CERT_FILE, as behind any company's proxy; it calls the real names.
"""

from __future__ import annotations

import base64
import selectors
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from cli.sandbox.certificates import Authority
from cli.sandbox.faults import HangUp

CHUNK = 65_536
CONNECT_SECONDS = 10
HTTP_PORT = 80


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What a stand-in is asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    caller: str  # the access key of the process that asks


@dataclass(frozen=True, slots=True)
class WebResponse:
    """What it answers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Site = Callable[[WebRequest], WebResponse]


class Web:
    """`sites` by host name. Attributes: `refused` and `tunnelled`, the hosts that were asked for besides."""

    def __init__(self, sites: Mapping[str, Site], *, scratch: Path, internet: bool) -> None:
        self.sites, self.internet = dict(sites), internet
        self.refused: list[str] = []
        self.tunnelled: list[str] = []
        self.authority = Authority(scratch)
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def environ(self, caller: str) -> dict[str, str]:
        """Each process is told apart by its user name at the proxy."""
        proxy = f"http://{caller}:sandbox@127.0.0.1:{self._server.server_port}"
        return {
            "HTTPS_PROXY": proxy,
            "NO_PROXY": "localhost,127.0.0.1",
            "SSL_CERT_FILE": str(self.authority.bundle),
        }

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, web: Web) -> None:
        self.web = web
        super().__init__(("127.0.0.1", 0), _Proxy)


class _Proxy(BaseHTTPRequestHandler):
    @property
    def _web(self) -> Web:
        server = self.server
        assert isinstance(server, _Server)  # noqa: S101 # nobody else uses this handler
        return server.web

    def do_CONNECT(self) -> None:
        host, _, port = self.path.partition(":")
        if host in self._web.sites:
            self._established()
            self._stand_in(host)
        elif self._web.internet:
            self._web.tunnelled.append(host)
            self._tunnel(host, int(port))
        else:
            self._web.refused.append(host)
            self.send_error(502, f"the sandbox does not let anybody call {host}")

    def _caller(self) -> str:
        credentials = self.headers.get("Proxy-Authorization", "").removeprefix("Basic ")
        return base64.b64decode(credentials).decode(errors="replace").partition(":")[0]

    def _established(self) -> None:
        self.send_response_only(200, "Connection established")
        self.end_headers()

    def _stand_in(self, host: str) -> None:
        try:
            secure = self._web.authority.server_context(host).wrap_socket(self.connection, server_side=True)
        except OSError:
            return  # the client did not like the certificate, or has gone
        _site(self._web.sites[host], self._caller())(secure, self.client_address, self.server)
        self.close_connection = True

    def _tunnel(self, host: str, port: int) -> None:
        try:
            upstream = _connect(host, port)
        except OSError as error:
            self.send_error(502, str(error))
            return
        self._established()
        with upstream:
            _relay(self.connection, upstream)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nobody reads an access log of this."""


def _connect(host: str, port: int) -> socket.socket:
    """Straight, or through the proxy that this machine itself has to use. Raises OSError."""
    proxy = urlsplit(getproxies().get("https", ""))
    if not proxy.hostname or proxy_bypass(host):
        return socket.create_connection((host, port), timeout=CONNECT_SECONDS)
    through = HTTPConnection(proxy.hostname, proxy.port or HTTP_PORT, timeout=CONNECT_SECONDS)
    login = f"{proxy.username}:{proxy.password or ''}".encode() if proxy.username else b""
    through.set_tunnel(
        host, port, {"Proxy-Authorization": f"Basic {base64.b64encode(login).decode()}"} if login else {}
    )
    through.connect()
    return through.sock


def _relay(one: socket.socket, other: socket.socket) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for ready, _ in selector.select():
                source, target = ready.fileobj, ready.data
                try:
                    data = source.recv(CHUNK)  # type: ignore[union-attr]
                    target.sendall(data)
                except OSError:
                    return
                if not data:
                    return


def _site(site: Site, caller: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                response = site(WebRequest(self.command, self.path, dict(self.headers.items()), body, caller))
            except HangUp:
                self.close_connection = True
                return
            self.send_response(response.status)
            for name, value in {"Content-Length": str(len(response.body)), **response.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.body)

        do_GET = do_POST = do_HEAD = _answer  # noqa: N815 # http.server finds them by these names

        def log_message(self, *_: Any) -> None:
            """Nobody reads an access log of this."""

    return Handler
