"""The requirements that a wheel on the index states, read without fetching the wheel.

A wheel is a zip: its list of members stands at the end, the metadata wherever its builder put it, first with maturin
and last with most (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from responder.inquiry.question import CouldNot
from responder.requirements.core_metadata import headers
from responder.requirements.project import Distributed
from responder.requirements.sdist import DAMAGED
from responder.requirements.sources import Index

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

AT_ONCE = 65_536  # bytes of one request; the end of most wheels, with list and metadata
MOST_METADATA = 1_048_576  # bytes; what is longer is a description, which follows the requirements
REQUIRES = "Requires-Dist"
METADATA = ".dist-info/METADATA"


def requires(index: Index, name: str, wheel: Distributed) -> tuple[str, ...]:
    """The requirements of a wheel. Raises CouldNot."""
    size = index.size(name, wheel)
    remote = Remote(size, lambda part: index.content(name, wheel, part))
    try:
        with zipfile.ZipFile(io.BufferedReader(remote, AT_ONCE)) as archive:
            member = next(each for each in archive.infolist() if _is_own(each.filename))
            text = archive.open(member).read(MOST_METADATA).decode("utf-8", "replace")
    except (*DAMAGED, ValueError, StopIteration) as error:
        raise CouldNot(f"{wheel.filename} on the package index has no metadata that can be read") from error
    return tuple(value for field, value in headers(text) if field == REQUIRES)


def _is_own(filename: str) -> bool:
    """Whether it is the wheel's own metadata, and not that of a distribution that was copied into its packages."""
    return filename.endswith(METADATA) and filename.count("/") == 1


class Remote(io.RawIOBase):
    """A file of `size` bytes that is elsewhere: its end is fetched once, of the rest what is read."""

    def __init__(self, size: int, fetch: Callable[[slice], bytes]) -> None:
        self.size, self.fetch, self.at = size, fetch, 0
        self.end_from = max(0, size - AT_ONCE)
        self.end = fetch(slice(self.end_from, size))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence])
        return self.at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        stop = min(self.at + len(view), self.size)
        part = self.end[self.at - self.end_from :] if self.at >= self.end_from else self.fetch(slice(self.at, stop))
        part = part[: max(0, stop - self.at)]
        view[: len(part)] = part
        self.at += len(part)
        return len(part)
