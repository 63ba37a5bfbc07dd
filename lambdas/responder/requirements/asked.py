"""What the causes want to know about an environment's requirements, as questions; `inquiry/` answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from responder.inquiry.question import Question
from responder.model import PipReport
from responder.requirements.problem import Verdict


class Deployed(NamedTuple):
    """The requirements.txt that the environment is set to use."""

    key: str  # in the environment's bucket
    version: str | None  # the object version selected in the environment
    data: bytes
    newer: bytes | None = None  # the object's latest version, where that is another one

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    @property
    def newer_text(self) -> str:
        """Empty where the selected version is the latest one."""
        return (self.newer or b"").decode("utf-8", "replace")


@dataclass(frozen=True)
class DeployedRequirements(Question[Deployed | None]):
    """The deployed file; None: the environment has none."""


class Installation(NamedTuple):
    """What the newest installation of the requirements printed."""

    log_group: str
    log_stream: str
    failed: bool
    report: PipReport | None
    at: int = 0  # epoch milliseconds of its last line
    worked_at: int | None = None  # of the latest one before it that worked, None where none was found


@dataclass(frozen=True)
class LastInstallation(Question[Installation]):
    """Whether the environment's last installation of its requirements worked."""


class OwnModules(NamedTuple):
    """What the user's own code is called: the files and folders at the top of dags/ and of plugins.zip."""

    in_dags: frozenset[str]
    in_plugins: frozenset[str]
    deeper: frozenset[str] = frozenset()  # modules in folders below dags/, as "folder/module"
    wheels: frozenset[str] = frozenset()  # names of the wheels in plugins.zip


@dataclass(frozen=True)
class OwnCode(Question[OwnModules]):
    """The names of the modules that the user ships."""


@dataclass(frozen=True)
class CorrectedFile(Question[Verdict]):
    """The deployed file, corrected and proven; `add` is a distribution that it lacks."""

    add: str | None = None


class Release(NamedTuple):
    """One release on the index."""

    version: str
    uploaded: str | None  # ISO 8601 of its first file
    yanked: bool
    requires_python: str | None


class Releases(NamedTuple):
    """A distribution on the index; the newest releases first."""

    name: str
    releases: tuple[Release, ...]
    first_upload: str | None


@dataclass(frozen=True)
class OnIndex(Question[Releases | None]):
    """The releases of a distribution (canonical name); None: the index has no such name."""

    distribution: str
