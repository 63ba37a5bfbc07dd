"""One file on trial: solves sets of its lines and keeps what was learnt (stubs, sources, pages) for the next set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from packaging.utils import canonicalize_name
from packaging.version import Version

from responder.inquiry.question import CouldNot
from responder.knowledge.images import Stub
from responder.requirements.builds import PREBUILT
from responder.requirements.known import Known
from responder.requirements.names import looks_own
from responder.requirements.project import Distributed, Project, Target
from responder.requirements.query import NotProven, Outcome, Query
from responder.requirements.sdist import Source, read_source
from responder.requirements.sources import Sources
from responder.requirements.spelling import parsed
from responder.requirements.uv_text import Unsolved, source_only

AT_ONCE = 8  # look-ups
# bytes of an archive, from its start: all of numpy or scikit-learn, and the metadata of larger ones
MOST_OF_SOURCE = 12_000_000
MOST_SOURCES = 3  # releases of one distribution that stubs are made for, where none is named
MOST_ROUNDS = 8  # of stubs and pre-releases that one question may need
ONE_RUN = 60.0  # seconds
PRERELEASES = re.compile(
    r"Pre-releases are available for `([\w.-]{1,100})`|`([\w.-]{1,100})` was requested with a pre-release marker"
)


@dataclass(slots=True)
class Trial:
    """The environment, what may be asked, and what was learnt so far."""

    known: Known
    sources: Sources
    pre: bool = False  # the file says --pre
    stubs: dict[tuple[str, str], Stub] = field(default_factory=dict)
    built: dict[tuple[str, str], Source] = field(default_factory=dict)  # releases that exist only as source
    betas: set[str] = field(default_factory=set)  # distributions that have nothing but pre-releases
    excluded: set[str] = field(default_factory=set)  # "name!=version": uv would take it, pip would not

    def __post_init__(self) -> None:
        image = self.known.image
        given = [
            *image.stubs,
            *(Stub(name, image.preinstalled[name]) for name in PREBUILT if name in image.preinstalled),
        ]
        self.stubs = {(stub.name, stub.version): stub for stub in given}

    @property
    def prerelease(self) -> str:
        """uv's mode that comes closest to pip: a dependency may pin a beta only where the constraints do not rule."""
        if self.pre:
            return "allow"
        return "explicit" if self.known.effective.of_image else "if-necessary"

    @property
    def target(self) -> Target:
        return Target(self.known.image.python_full)

    def solve(
        self, requirements: Iterable[str], *, lowest: bool = False, preferred: Mapping[str, str] | None = None
    ) -> Outcome:
        """Whether these fit together under the constraints in force, as pip would find it on the image.

        `preferred`: versions to keep to where they fit; those of the image, if not given.
        """
        if self.sources.resolver is None:
            return NotProven(self.sources.why_not)
        wanted = tuple(requirements)
        for _ in range(MOST_ROUNDS):
            outcome = self._once(wanted, preferred or self.known.image.preinstalled, lowest=lowest)
            if not isinstance(outcome, Unsolved) or not self._learn(outcome.whole, wanted):
                return outcome
        return outcome

    def _once(self, requirements: tuple[str, ...], preferred: Mapping[str, str], *, lowest: bool) -> Outcome:
        image = self.known.image
        seconds = min(ONE_RUN, self.sources.left())
        if self.sources.resolver is None or seconds <= 0:
            return NotProven("no time was left for the resolver")
        betas = (f"{name}>=0a0" for name in sorted(self.betas))
        constraints = (*self.known.effective.lines(image), *sorted(self.excluded), *betas)
        query = Query(requirements, constraints, image.python_full, self.prerelease, tuple(preferred.items()), lowest)
        return self.sources.resolver.solve(query, self.stubs.values(), seconds)

    def _learn(self, text: str, requirements: tuple[str, ...]) -> bool:
        """Makes stubs for what uv would have had to build, and lets pre-releases in where there is nothing else."""
        before = len(self.stubs) + len(self.betas)
        for name, versions in source_only(text).items():
            self._stub(name, versions, requirements)
        for name in (match[1] or match[2] for match in PRERELEASES.finditer(text)):
            project = self.project(name)
            if project and project.files and all(each.is_prerelease for each in project.versions()):
                self.betas.add(name)
        return len(self.stubs) + len(self.betas) > before

    def _stub(self, name: str, versions: frozenset[str], requirements: tuple[str, ...]) -> None:
        for version in versions or self._newest(name, requirements):
            source = None if self._withdrawn(name, version) else self.source(name, version)
            if source and source.broken is None:
                self.stubs[name, version] = source.stub

    def _withdrawn(self, name: str, version: str) -> bool:
        """Whether a release is yanked: as a stub uv would choose it, which pip does not."""
        project = self.project(name)
        return any(each.yanked is not None for each in project.of(Version(version))) if project else False

    def _newest(self, name: str, requirements: tuple[str, ...]) -> frozenset[str]:
        """The newest releases without wheels that pip could take; one of them, where the constraints or a line say which."""
        project = self.project(name)
        bound = self.known.bound(name)
        if bound or project is None:
            return frozenset({bound} if bound else ())
        wanted = [each for text in requirements if (each := parsed(text)) and canonicalize_name(each.name) == name]
        fitting = (
            v for v in project.versions() if not v.is_prerelease and all(each.specifier.contains(v) for each in wanted)
        )
        bare = (str(v) for v in fitting if self._is_source(project, v))
        return frozenset(islice(bare, MOST_SOURCES))

    def _is_source(self, project: Project, version: Version) -> bool:
        """Whether a release that is not yanked has source and no wheel that fits here."""
        files = [each for each in self.usable(project, version) if each.yanked is None]
        return bool(files) and not any(each.wheel for each in files)

    def source(self, name: str, version: str) -> Source | None:
        """What the source archive of a release tells; None where there is none or it was not to be had."""
        if (name, version) not in self.built:
            found = self._read_source(name, version)
            if found is None:
                return None
            self.built[name, version] = found
        return self.built[name, version]

    def _read_source(self, name: str, version: str) -> Source | None:
        index, project = self.sources.index, self.project(name)
        if index is None or project is None:
            return None
        try:
            archive = next((each for each in self.usable(project, Version(version)) if not each.wheel), None)
            data = index.content(name, archive, slice(0, MOST_OF_SOURCE)) if archive else b""
            return read_source(name, version, data, self._python()) if archive else None
        except (CouldNot, ValueError):
            return None

    def _python(self) -> tuple[int, ...]:
        return tuple(int(each) for each in self.known.image.python.split("."))

    def fetch(self, names: Sequence[str]) -> None:
        """All pages at once; what fails is asked again, and reported, by who needs it."""
        if self.sources.index is not None and names:
            with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
                list(pool.map(self.project, names))

    def project(self, name: str) -> Project | None:
        """The index's page, None where it has none or did not answer."""
        try:
            return self.sources.index.project(name) if self.sources.index else None
        except CouldNot:
            return None

    def is_own(self, name: str) -> bool:
        """Whether a distribution's name may be that of the user's own code: then no other release of it is proposed."""
        modules = self.sources.own_modules
        return name in modules or name.replace("-", "_") in modules or looks_own(name)

    def own(self, path: str) -> str | None:
        """A file of the DAGs folder, None where it is not there or cannot be read."""
        try:
            return self.sources.read_own(path)
        except CouldNot:
            return None

    def usable(self, project: Project, version: Version) -> tuple[Distributed, ...]:
        """The files of a release that pip would consider here."""
        return tuple(each for each in project.of(version) if self.target.takes(each))
