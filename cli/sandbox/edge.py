"""The one address at which the sandbox's AWS answers: faults, permissions, then MWAA or moto."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from cli.sandbox.aws_request import AwsRequest
from cli.sandbox.callers import Callers
from cli.sandbox.faults import Faults, HangUp, Kind
from cli.sandbox.mwaa import SERVICES, Mwaa

StartResponse = Callable[..., Any]
# moto reads buckets from paths only where this word is in the address.
HOST = "localhost"


class Edge:
    """A WSGI application in front of everything."""

    def __init__(self, *, callers: Callers, mwaa: Mwaa, faults: Faults) -> None:
        self._callers, self._mwaa, self._faults = callers, mwaa, faults
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.calls: list[tuple[str, str]] = []  # (service, operation) of every call that a role made

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = AwsRequest.read(environ)
        if request is None or not self._callers.knows(request.access_key):
            return self._serve(environ, start_response, request)
        self.calls.append((request.service, request.operation))
        try:
            fault = self._faults.before(request.service, request.operation, request.access_key)
            if fault and fault.kind is Kind.STATUS:
                return fault.refusal().answer(request.service, start_response)
            if refused := self._callers.refusal(request):
                return refused.answer(request.service, start_response)
            answer = self._serve(environ, start_response, request)
            self._faults.after(fault, request.access_key)
        except HangUp as hangs_up:
            _hang_up(environ)
            raise ConnectionAbortedError from hangs_up  # which the server takes for a caller that has gone
        return answer

    def _serve(
        self, environ: dict[str, Any], start_response: StartResponse, request: AwsRequest | None
    ) -> Iterable[bytes]:
        application = self._mwaa if request and request.service in SERVICES else self._moto
        return application(environ, start_response)


def _hang_up(environ: dict[str, Any]) -> None:
    connection: socket.socket = environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()


class EdgeServer:
    """The application on a port of loopback that nobody else uses."""

    def __init__(self, edge: Edge) -> None:
        self._server = make_server("127.0.0.1", 0, edge, threaded=True, request_handler=_QuietHandler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _QuietHandler(MotoRequestHandler):
    def log(self, *_: Any) -> None:
        """Nobody reads an access log of this."""
