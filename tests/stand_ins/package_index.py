"""A small package index on loopback, with wheels and source archives that are made when a test asks for them."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Shelf:
    """What the index has."""

    files: dict[str, list[dict]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # paths, in order
    advisories: dict[str, list[dict]] = field(default_factory=dict)  # "name/version" -> as the JSON API tells them

    def wheel(
        self,
        name,
        version,
        requires=(),
        *,
        tag="py3-none-any",
        python=None,
        yanked=False,
        uploaded="2024-01-01T00:00:00Z",
        metadata=None,
    ):
        text = metadata or _metadata(name, version, requires, python)
        module = name.replace("-", "_")
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(f"{module}/__init__.py", "")
            info = f"{module}-{version}.dist-info"
            archive.writestr(f"{info}/METADATA", text)
            archive.writestr(
                f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n"
            )
            archive.writestr(f"{info}/RECORD", "")
        return self._put(
            name, f"{module}-{version}-{tag}.whl", data.getvalue(), python=python, yanked=yanked, uploaded=uploaded
        )

    def source(
        self, name, version, requires=(), *, files=None, python=None, yanked=False, uploaded="2024-01-01T00:00:00Z"
    ):
        module = name.replace("-", "_")
        members = {
            "PKG-INFO": _metadata(name, version, requires, python),
            "setup.py": "from setuptools import setup\nsetup()\n",
        } | (files or {})
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as archive:
            for path, text in members.items():
                member = tarfile.TarInfo(f"{module}-{version}/{path}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        return self._put(
            name, f"{module}-{version}.tar.gz", data.getvalue(), python=python, yanked=yanked, uploaded=uploaded
        )

    def _put(self, name, filename, data, *, python, yanked, uploaded):
        entry = {
            "filename": filename,
            "data": data,
            "requires-python": python,
            "yanked": yanked,
            "upload-time": uploaded,
        }
        self.files.setdefault(name, []).append(entry)
        return self


def _metadata(name, version, requires, python):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {python}"] if python else []
    return "\n".join(lines + [f"Requires-Dist: {each}" for each in requires]) + "\n\n"


@dataclass
class Manners:
    """How the index behaves."""

    as_html: bool = False
    whole_files: bool = False  # knows no ranges
    status: int | None = None  # what everything is answered with
    body: bytes = b"no"
    login: tuple[str, str] | None = None  # user and password that it wants


class Handler(BaseHTTPRequestHandler):
    """Serves `/simple/<name>/` and `/files/<name>/<file>`."""

    shelf: Shelf
    manners: Manners

    def do_GET(self):
        self.shelf.asked.append(self.path)
        wanted = base64.b64encode(":".join(self.manners.login).encode()).decode() if self.manners.login else None
        if wanted and self.headers.get("Authorization") != f"Basic {wanted}":
            self.answer(401, "text/plain", b"no")
        elif self.manners.status:
            self.answer(self.manners.status, "text/plain", self.manners.body)
        else:
            self.serve(*self.path.strip("/").split("/"))

    def do_HEAD(self):
        self.do_GET()

    def serve(self, kind, name="", filename="", *_deeper):
        entries = self.shelf.files.get(name, [])
        if kind == "pypi" and f"{name}/{filename}" in self.shelf.advisories:
            told = {"vulnerabilities": self.shelf.advisories[f"{name}/{filename}"]}
            self.answer(200, "application/json", json.dumps(told).encode())
        elif kind == "files":
            self.content(next(each["data"] for each in entries if each["filename"] == filename))
        elif kind != "simple" or not entries:
            self.answer(404, "text/plain", b"no")
        else:
            self.answer(200, *(_html if self.manners.as_html else _json)(name, entries))

    def content(self, data):
        bounds = self.headers.get("Range", "").removeprefix("bytes=")
        if not bounds or self.manners.whole_files:
            self.answer(200, "application/octet-stream", data)
        else:
            start, _, last = bounds.partition("-")
            first = int(start) if start else max(0, len(data) - int(last))
            part = data[first : int(last) + 1] if start and last else data[first:]
            told = {"Content-Range": f"bytes {first}-{first + len(part) - 1}/{len(data)}"}
            self.answer(206, "application/octet-stream", part, told)

    def answer(self, code, kind, data, headers=None):
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_args):
        """Quiet."""


@contextmanager
def serving(shelf: Shelf, **manners) -> Iterator[str]:
    """The address of its Simple API; `manners`: the fields of Manners."""
    handler = type("OneIndex", (Handler,), {"shelf": shelf, "manners": Manners(**manners)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        server.server_close()


def _json(name, entries):
    files = [
        {"filename": each["filename"], "url": f"/files/{name}/{each['filename']}", "hashes": {"sha256": hashlib.sha256(each["data"]).hexdigest()},
         "requires-python": each["requires-python"], "yanked": each["yanked"], "upload-time": each["upload-time"], "size": len(each["data"])}
        for each in entries
    ]  # fmt: skip
    page = {"meta": {"api-version": "1.1"}, "name": name, "files": files, "versions": []}
    return "application/vnd.pypi.simple.v1+json", json.dumps(page).encode()


def _html(name, entries):
    def link(each):
        python = f' data-requires-python="{html.escape(each["requires-python"])}"' if each["requires-python"] else ""
        yanked = f' data-yanked="{html.escape(str(each["yanked"]))}"' if each["yanked"] is not False else ""
        return f'<a href="../../files/{name}/{each["filename"]}#sha256={hashlib.sha256(each["data"]).hexdigest()}"{python}{yanked}>{each["filename"]}</a>'

    return "text/html", ("<html><body>" + "".join(map(link, entries)) + "</body></html>").encode()
