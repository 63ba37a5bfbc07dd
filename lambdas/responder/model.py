"""The nouns of the program, in the order in which a failure passes through them.

    event -> Failure -> Evidence -> Diagnosis -> Answers -> Remedy -> Message -> Delivery

Whoever reads this file and `pipeline.py` knows the program. Everything here is frozen and holds no client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from responder.inquiry.question import Answers, Question

# ---------------------------------------------------------------------------------------------- Failure


class Kind(StrEnum):
    """What failed."""

    TASK = "task"
    DAG_FILE = "dag-file"
    REQUIREMENTS = "requirements"
    ENVIRONMENT = "environment"
    PROCESS = "process"


class Source(StrEnum):
    """Who told us."""

    LOG = "log"
    ENVIRONMENT_EVENT = "environment-event"
    SERVERLESS_EVENT = "serverless-event"
    LISTENER_EVENT = "listener-event"


class LogEvent(NamedTuple):
    """One CloudWatch Logs event: a record of Airflow's, or one line of a component's output."""

    timestamp: int  # epoch milliseconds; 0 where the source has none
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it failed. What the event does not say is None."""

    environment: str | None = None
    account: str | None = None
    region: str | None = None
    partition: str = "aws"
    log_group: str | None = None
    log_stream: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one task instance."""

    dag_id: str | None = None
    run_id: str | None = None  # with ':' restored where the stream name had lost it
    task_id: str | None = None
    map_index: int | None = None
    try_number: int | None = None
    final: bool | None = None  # None: nobody said whether another try follows


@dataclass(frozen=True, slots=True)
class EnvironmentStatus:
    """What MWAA itself says of an environment."""

    status: str  # an EnvironmentStatus of the MWAA API, e.g. UPDATE_FAILED
    error_code: str | None = None
    error_message: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One sighting of one thing that failed: what, where, when, and the text that came with it.

    `events` is scrubbed of secrets and bounded by `intake`; later stages never see more.
    """

    kind: Kind
    place: Place
    events: tuple[LogEvent, ...]
    source: Source = Source.LOG
    attempt: Attempt = Attempt()
    dag_file: str | None = None
    status: EnvironmentStatus | None = None
    seen_at: int = 0  # epoch milliseconds of the first event
    complete: bool = False  # True: `events` is the whole log, there is no more to read


# --------------------------------------------------------------------------------------------- Evidence


class Level(IntEnum):
    """Of a log record, as its own text says (CloudWatch's and MWAA's prefixes prove nothing)."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40
    CRITICAL = 50


class Verdict(StrEnum):
    """How Airflow says the attempt ended; the last one in the log counts."""

    FAILED = "failed"
    UP_FOR_RETRY = "up-for-retry"
    SUCCESS = "success"
    SKIPPED = "skipped"
    DEFERRED = "deferred"
    UNSEEN = "unseen"


class Frame(NamedTuple):
    """One level of a traceback."""

    file: str
    line: int
    function: str
    code: str | None = None  # the source line; Airflow 3 prints none


class SyntaxDetail(NamedTuple):
    """Where a file does not parse."""

    file: str
    line: int
    text: str
    message: str


class Raised(NamedTuple):
    """One exception as it was printed."""

    type: str  # dotted name as printed; Airflow 3 prints no module
    message: str  # whole, newlines kept, bounded
    frames: tuple[Frame, ...] = ()  # outermost first: the last one raised it
    is_cause: bool = False  # True: the next one in the chain was raised `from` this one
    syntax: SyntaxDetail | None = None

    @property
    def name(self) -> str:
        """The class name without its module."""
        return self.type.rpartition(".")[2]


class Chain(NamedTuple):
    """Exceptions that hang together, the first raised first: the last one is what ended the work."""

    links: tuple[Raised, ...]

    @property
    def root(self) -> Raised:
        return self.links[0]

    @property
    def last(self) -> Raised:
        return self.links[-1]


@dataclass(frozen=True, slots=True)
class Record:
    """One log record: what CloudWatch holds in one event, or what was spread over many."""

    timestamp: int
    level: Level
    logger: str  # "taskinstance.py:3313" in Airflow 2, the logger's name in Airflow 3, "" where unknown
    text: str  # without prefix and without the traceback
    chain: Chain | None = None
    fields: Mapping[str, str] = field(default_factory=dict)  # Airflow 3's further keys, as text
    output: bool = False  # True: printed by the user's code or by a child process, not logged by Airflow


class AwsError(NamedTuple):
    """One refusal or fault of AWS as an SDK prints it."""

    code: str
    message: str
    operation: str | None = None  # as botocore prints it; None from waiters and other SDKs
    service: str | None = None  # boto3's client name where the traceback or the text tells
    line: str = ""  # the verbatim line


class ProcessExit(NamedTuple):
    """How a process ended."""

    code: int | None = None
    signal: int | None = None  # 9 for SIGKILL, positive
    of_task: bool = True  # False: a child process (BashOperator, container) said so, not the task itself
    line: str = ""


class PipProblem(NamedTuple):
    """One thing that pip complained of. `kind` is one of the classes of `evidence/pip_output.py`."""

    kind: str
    requirement: str | None  # as pip prints it
    lines: tuple[str, ...]  # verbatim, most telling first
    distribution: str | None = None  # canonical name, where the text tells
    detail: str | None = None  # what it lacks or hits: a header, a tool, a Python, the other side of a conflict


class PipReport(NamedTuple):
    """What one run of pip printed."""

    problems: tuple[PipProblem, ...]
    failed: bool  # pip ended with a non-zero code, or MWAA's closing line says so


class Said(NamedTuple):
    """One text that counts for the failure, and whom it comes from. Rules look for words in these."""

    text: str  # of an exception "Type: message", of a record its own text; bounded
    raised: Raised | None = None  # None: the text is a record's own
    record: Record | None = None  # None: the exception came with an event, not with a log


@dataclass(frozen=True, slots=True)
class Evidence:
    """A failure's text, parsed once. Rules see this and nothing else."""

    failure: Failure
    records: tuple[Record, ...]
    verdict: Verdict
    failing: Record | None = None  # the record that reports the failure of the attempt, None if nothing does
    chain: Chain | None = None  # its exceptions (or the only ones there are)
    aws_errors: tuple[AwsError, ...] = ()  # those of the failure first, then those logged before it
    exits: tuple[ProcessExit, ...] = ()
    pip: PipReport | None = None
    airflow_major: int | None = None  # told from the shape of the log
    said: tuple[Said, ...] = ()  # every text that counts, the most telling first: `evidence/said.py`
    decisive: tuple[Said, ...] = ()  # those of them that say why it failed: `evidence/decisive.py`
    failed: bool = True  # False: the log shows no failure


# -------------------------------------------------------------------------------------------- Diagnosis


class Category(StrEnum):
    """The first word of a diagnosis; the folders below `diagnosis/causes` have the same names."""

    ENVIRONMENT = "environment"
    PERMISSIONS = "permissions"
    DAG_CODE = "dag-code"
    CONFIGURATION = "configuration"
    NETWORK = "network"
    CAPACITY = "capacity"
    DEPENDENCY = "dependency"
    UNKNOWN = "unknown"


class Strength(IntEnum):
    """What a match rests on; the higher one wins."""

    FALLBACK = 0  # nothing more special is known
    MESSAGE = 1  # words in a message
    EXCEPTION = 2  # the class of an exception
    STRUCTURED = 3  # an error code, an exit status, a field, a fixed line of Airflow's, pip's or MWAA's


Fact = str | int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The one root cause, what it rests on, and what to ask before a remedy is worded."""

    category: Category
    cause: str  # kebab-case, the name of the file below `diagnosis/causes`
    facts: Mapping[str, Fact]  # keys: README, "Facts"
    evidence: tuple[str, ...]  # verbatim lines, the most telling first
    strength: Strength
    may_heal: bool  # another try can help
    questions: tuple[Question[Any], ...]
    propose: Callable[[Answers], Remedy]
    gives_way: bool = False  # to a more special cause, of which other lines of the log may tell
    broken_rules: tuple[str, ...] = ()  # rules that raised: "cause: error"; the others still answered


# ----------------------------------------------------------------------------------------------- Remedy


class ProofLevel(StrEnum):
    """How far a remedy was checked before it is posted."""

    PROVEN = "PROVEN"  # simulator or resolver said so, no blind spot applies
    CHECKED = "CHECKED"  # looked at, but a named blind spot remains
    SUSPECTED = "SUSPECTED"  # from the text alone


class Proof(NamedTuple):
    """The level, and in one sentence how it was reached."""

    level: ProofLevel
    how: str


class Artifact(NamedTuple):
    """Something to paste. Kinds: iam-statement, requirements-diff, cdk, cli, source, companion-statement."""

    kind: str
    text: str
    title: str = ""


class Link(NamedTuple):
    """A label and an https address that we built ourselves."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person should know and do. Plain words; layout and markup are the channels' business."""

    summary: str  # what broke and why, one sentence
    explanation: str  # a few sentences; why it looks the way it does
    steps: tuple[str, ...]  # what to change, and where in MWAA, in order
    proof: Proof
    artifacts: tuple[Artifact, ...] = ()
    not_checked: tuple[str, ...] = ()  # "what: why not"
    links: tuple[Link, ...] = ()  # documentation and console pages special to this remedy
    owner: str | None = None  # who has to act, where it is not the platform team


# ---------------------------------------------------------------------------------------------- Message


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often an incident was seen. `tasks` is bounded; `more_tasks` says how many it leaves out."""

    count: int = 1
    first_seen: int = 0  # epoch milliseconds
    last_seen: int = 0
    tasks: tuple[str, ...] = ()
    more_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to people, without any channel's markup or limits."""

    fingerprint: str
    failure: Failure
    diagnosis: Diagnosis
    remedy: Remedy
    links: tuple[Link, ...]
    occurrences: Occurrences
    follow_up: int = 0  # 0: the first message of an incident; n: its nth follow-up
    notes: tuple[str, ...] = ()  # about the message itself, e.g. that another channel refused it
