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

    def wheel(self, name, version, requires=(), *, tag="py3-none-any", python=None, yanked=False, uploaded="2024-01-01T00:00:00Z", metadata=None):
        text = metadata or _metadata(name, version, requires, python)
        module = name.replace("-", "_")
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr(f"{module}/__init__.py", "")
            info = f"{module}-{version}.dist-info"
            archive.writestr(f"{info}/METADATA", text)
            archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n")
            archive.writestr(f"{info}/RECORD", "")
        return self._put(name, f"{module}-{version}-{tag}.whl", data.getvalue(), python, yanked, uploaded)

    def source(self, name, version, requires=(), *, files=None, python=None, yanked=False, uploaded="2024-01-01T00:00:00Z"):
        module = name.replace("-", "_")
        members = {"PKG-INFO": _metadata(name, version, requires, python), "setup.py": "from setuptools import setup\nsetup()\n"} | (files or {})
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as archive:
            for path, text in members.items():
                member = tarfile.TarInfo(f"{module}-{version}/{path}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        return self._put(name, f"{module}-{version}.tar.gz", data.getvalue(), python, yanked, uploaded)

    def _put(self, name, filename, data, python, yanked, uploaded):
        entry = {"filename": filename, "data": data, "requires-python": python, "yanked": yanked, "upload-time": uploaded}
        self.files.setdefault(name, []).append(entry)
        return self


def _metadata(name, version, requires, python):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {python}"] if python else []
    return "\n".join(lines + [f"Requires-Dist: {each}" for each in requires]) + "\n\n"


@contextmanager
def serving(shelf: Shelf, *, as_html=False, status=None, login=None, body=None) -> Iterator[str]:
    """The address of its Simple API. `status`: what every page is answered with; `login`: (user, password) that it wants."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            shelf.asked.append(self.path)
            wanted = base64.b64encode(":".join(login).encode()).decode() if login else None
            if wanted and self.headers.get("Authorization") != f"Basic {wanted}":
                return self.answer(401, "text/plain", b"no")
            if status:
                return self.answer(status, "text/plain", body or b"no")
            kind, *rest = self.path.strip("/").split("/")
            name, entries = rest[0] if rest else "", shelf.files.get(rest[0] if rest else "", [])
            if kind == "files":
                return self.content(next(each["data"] for each in entries if each["filename"] == rest[1]))
            if kind != "simple" or not entries:
                return self.answer(404, "text/plain", b"no")
            return self.answer(200, *(_html(name, entries) if as_html else _json(name, entries)))

        def content(self, data):
            bounds = self.headers.get("Range", "")
            if bounds.startswith("bytes=-"):
                return self.answer(206, "application/octet-stream", data[-int(bounds[7:]) :])
            return self.answer(200, "application/octet-stream", data)

        do_HEAD = do_GET

        def answer(self, code, kind, data):
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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
        return f'<a href="../../files/{name}/{each["filename"]}#sha256=0"{python}{yanked}>{each["filename"]}</a>'

    return "text/html", ("<html><body>" + "".join(map(link, entries)) + "</body></html>").encode()
