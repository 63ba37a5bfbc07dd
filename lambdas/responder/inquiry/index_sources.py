"""Ties the package index and the resolver together into what judging a file may ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from responder.inquiry.package_index import PackageIndex, with_login
from responder.inquiry.question import CouldNot
from responder.requirements.project import Distributed, Project
from responder.requirements.prove import Resolver
from responder.requirements.sources import Index, Sources, nothing_own

FOLDER = "mwaa-responder-uv"  # of its own, in whatever temporary folder is given
ONE_LOOK_UP = 10.0  # seconds, where more is left


def sources(
    index: PackageIndex,
    *,
    uv: str | None,
    folder: Path,
    left: Callable[[], float],
    read_own: Callable[[str], str | None] = nothing_own,
    own_modules: frozenset[str] = frozenset(),
    wheels: frozenset[str] | None = None,
) -> Sources:
    """With what there is: without a binary the index alone, without an address neither."""
    if not index.url:
        return Sources(why_not="no package index is configured", read_own=read_own, own_modules=own_modules, left=left)
    resolver = Resolver(uv, with_login(index.url, index.login()), folder / FOLDER) if uv else None
    return Sources(
        index=_index(index, left),
        resolver=resolver,
        why_not="the resolver is not there",
        read_own=read_own,
        own_modules=own_modules,
        wheels=wheels,
        left=left,
    )


def _index(index: PackageIndex, left: Callable[[], float]) -> Index:
    def seconds() -> float:
        return min(ONE_LOOK_UP, left())

    def project(name: str) -> Project | None:
        return index.project(name, seconds())

    def size(name: str, file: Distributed) -> int:
        return index.size(name, file, seconds())

    def content(name: str, file: Distributed, part: slice) -> bytes:
        return index.content(name, file, part, seconds())

    def advisories(name: str, version: str) -> tuple[str, ...]:
        try:
            return index.advisories(name, version, seconds())
        except CouldNot:
            return ()  # most indexes do not offer it; a version is then neither praised nor passed over

    return Index(project, size, content, advisories, index.url)
