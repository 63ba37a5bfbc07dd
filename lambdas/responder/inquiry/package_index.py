"""The configured package index, and no other: one page a distribution, and files of it.

https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from responder.inquiry.question import CouldNot
from responder.requirements.project import Distributed, Project, from_html, from_json, open_advisories

if TYPE_CHECKING:
    import urllib3

# JSON where the index has it, HTML where it has not (CodeArtifact and others)
ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01"
AGENT = "mwaa-failure-responder/1.0"
MOST_BYTES = 13_000_000  # of one answer; the longest page of the public index has 2 MB, the sources of numpy 11
CHUNK = 65_536
ABSENT, FORBIDDEN = 404, (401, 403)
WHOLE, PART = 200, 206
SHORTEST = 0.2  # seconds: with less left there is no point in asking


class Answer(NamedTuple):
    """What the index said."""

    status: int
    headers: Mapping[str, str]  # whatever the spelling of their names
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "")


@dataclass(slots=True)
class PackageIndex:
    """Asks one index; remembers what it was told, so that a page is fetched once a failure."""

    url: str  # of the Simple API, without login
    login: Callable[[], tuple[str, str] | None] = lambda: None
    pages: dict[str, Project | None] = field(default_factory=dict)
    _pool: urllib3.PoolManager | None = None
    _whole: tuple[str, bytes] = ("", b"")  # address and bytes of the last file that was given whole

    def project(self, name: str, seconds: float) -> Project | None:
        """The distribution's releases, None where the index has no such name. Raises CouldNot."""
        if name not in self.pages:
            self.pages[name] = self._page(name, seconds)
        return self.pages[name]

    def _page(self, name: str, seconds: float) -> Project | None:
        if not self.url:
            raise CouldNot("no package index is configured")
        address = f"{self.url.rstrip('/')}/{name}/"
        answer = self._get(address, seconds, {"Accept": ACCEPT})
        if answer.status == ABSENT:
            return None
        try:
            return _project(name, answer.kind, answer.body)
        except (ValueError, RecursionError) as error:
            raise CouldNot(f"the package index answered with something else than a page about {name}") from error

    def size(self, project: str, file: Distributed, seconds: float) -> int:
        """Bytes of a file of a release; pages in HTML do not tell, its first byte does. Raises CouldNot."""
        return self._part(project, file, slice(0, 1), seconds)[1] if file.size is None else file.size

    def content(self, project: str, file: Distributed, part: slice, seconds: float) -> bytes:
        """These bytes of a file of a release, or fewer where it ends before. Raises CouldNot."""
        return self._part(project, file, part, seconds)[0]

    def _part(self, project: str, file: Distributed, part: slice, seconds: float) -> tuple[bytes, int]:
        """The bytes, and of how many; an index that knows no ranges gives the whole file, once.

        https://www.rfc-editor.org/rfc/rfc9110#field.content-range
        """
        address = urljoin(f"{self.url.rstrip('/')}/{project}/", file.url)
        fetched, data = self._whole
        if fetched == address:
            return data[part], len(data)
        answer = self._get(address, seconds, {"Range": f"bytes={part.start}-{part.stop - 1}"})
        if answer.status == WHOLE:
            self._whole = (address, answer.body)
            return answer.body[part], len(answer.body)
        whole = answer.headers.get("Content-Range", "").rpartition("/")[2]
        if answer.status != PART or not whole.isdecimal():
            raise CouldNot(f"the package index has no file {file.filename}")
        return answer.body, int(whole)

    def advisories(self, name: str, version: str, seconds: float) -> tuple[str, ...]:
        """Open advisories of a release, where the index has the JSON API that tells them. Raises CouldNot.

        https://warehouse.pypa.io/api-reference/json.html#known-vulnerabilities
        """
        base = self.url.rstrip("/").removesuffix("/simple")
        if base == self.url.rstrip("/"):
            raise CouldNot("the package index does not tell of advisories")
        answer = self._get(f"{base}/pypi/{name}/{version}/json", seconds, {})
        if answer.status == ABSENT or "json" not in answer.kind:
            raise CouldNot("the package index does not tell of advisories")
        return open_advisories(answer.body)

    def _get(self, address: str, seconds: float, headers: dict[str, str]) -> Answer:
        import urllib3

        if seconds < SHORTEST:
            raise CouldNot("no time was left to ask the package index")
        try:
            return self._read(address, seconds, headers)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise CouldNot(f"the package index could not be reached ({type(error).__name__})") from error

    def _read(self, address: str, seconds: float, headers: dict[str, str]) -> Answer:
        response = self._pooled().request(
            "GET",
            address,
            headers={"User-Agent": AGENT, **headers, **self._authorization(address)},
            timeout=seconds,
            retries=1,
            preload_content=False,
        )
        try:
            if response.status in FORBIDDEN:
                raise CouldNot(f"the package index refuses access ({response.status})")
            if response.status not in (WHOLE, PART, ABSENT):
                raise CouldNot(f"the package index answered {response.status}")
            return Answer(response.status, response.headers, _bounded(response))
        finally:
            response.release_conn()

    def _authorization(self, address: str) -> dict[str, str]:
        """The login goes to the index's own host only."""
        login = self.login()
        if login is None or urlsplit(address).netloc != urlsplit(self.url).netloc:
            return {}
        return {"Authorization": "Basic " + base64.b64encode(":".join(login).encode()).decode()}

    def _pooled(self) -> urllib3.PoolManager:
        import ssl

        import urllib3

        if self._pool is None:
            self._pool = urllib3.PoolManager(maxsize=8, ssl_context=ssl.create_default_context())
        return self._pool


def _project(name: str, kind: str, body: bytes) -> Project:
    """A page of the Simple API. Raises ValueError for anything else, such as a page to log in."""
    if "json" in kind:
        return from_json(name, body)
    found = from_html(name, body) if "html" in kind else Project(name, ())
    if not found.files:
        raise ValueError("no links to files")
    return found


def _bounded(response: urllib3.BaseHTTPResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.stream(CHUNK):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise CouldNot("the package index answered with more than 13 MB")
    return b"".join(parts)


def without_login(address: str) -> tuple[str, tuple[str, str] | None]:
    """An index address apart from the user and password in it."""
    parts = urlsplit(address)
    if parts.username is None:
        return address, None
    host = parts.netloc.rpartition("@")[2]
    login = (unquote(parts.username), unquote(parts.password or ""))
    return urlunsplit((parts.scheme, host, parts.path, parts.query, parts.fragment)), login


def with_login(address: str, login: tuple[str, str] | None) -> str:
    """For uv, which takes the login from the address: it goes into a private file, never into arguments."""
    from urllib.parse import quote

    if login is None:
        return address
    parts = urlsplit(address)
    user, password = (quote(each, safe="") for each in login)
    return urlunsplit((parts.scheme, f"{user}:{password}@{parts.netloc}", parts.path, parts.query, parts.fragment))
