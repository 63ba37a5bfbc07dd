"""Messages to render and send: a usual one, and whatever hypothesis comes up with."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from responder.model import (
    Artifact,
    Attempt,
    Category,
    Diagnosis,
    Failure,
    Kind,
    Link,
    Message,
    Occurrences,
    Place,
    Proof,
    ProofLevel,
    Remedy,
    Strength,
)
from responder.report.compose import compose

SEEN = 1_767_225_600_000  # 2026-01-01 00:00 UTC
DENIED = (
    "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: User: "
    "arn:aws:sts::123456789012:assumed-role/AirflowExecution/AmazonMWAA-airflow is not authorized to perform: s3:PutObject on "
    'resource: "arn:aws:s3:::acme-lake/sales/2026.csv" because no identity-based policy allows the s3:PutObject action'
)
STATEMENT = """{
  "Effect": "Allow",
  "Action": "s3:PutObject",
  "Resource": "arn:aws:s3:::acme-lake/sales/*"
}"""
PLACE = Place(
    "analytics",
    "123456789012",
    "eu-west-1",
    "aws",
    "airflow-analytics-Task",
    "dag_id=sales/run_id=r/task_id=load/attempt=1.log",
)


def failure(**changes: Any) -> Failure:
    attempt = Attempt("sales", "manual__2026-01-01T00:00:00+00:00", "load", None, 1, True)
    return Failure(**({"kind": Kind.TASK, "place": PLACE, "events": (), "attempt": attempt, "seen_at": SEEN} | changes))


def remedy(**changes: Any) -> Remedy:
    usual = {
        "summary": "The execution role is not allowed to do s3:PutObject on arn:aws:s3:::acme-lake/sales/2026.csv.",
        "explanation": "No policy of the role allows the action, and none denies it.",
        "steps": ("Add the statement shown here to the role AirflowExecution.", "Clear the failed task."),
        "proof": Proof(ProofLevel.PROVEN, "the policy simulator denies it now and allows it with this statement."),
        "artifacts": (Artifact("iam-statement", STATEMENT),),
        "not_checked": ("bucket policy: the bucket belongs to another account",),
        "links": (
            Link(
                "The execution role of MWAA", "https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html"
            ),
        ),
    }
    return Remedy(**(usual | changes))


def diagnosis(said: Remedy | None = None, **changes: Any) -> Diagnosis:
    usual = {
        "category": Category.PERMISSIONS,
        "cause": "iam-denied",
        "facts": {"iam_action": "s3:PutObject", "resource": "arn:aws:s3:::acme-lake/sales/2026.csv"},
        "evidence": (DENIED,),
        "strength": Strength.STRUCTURED,
        "may_heal": False,
        "questions": (),
        "propose": lambda _answers: said or remedy(),
    }
    return Diagnosis(**(usual | changes))


def message(**changes: Any) -> Message:
    occurrences = changes.pop("occurrences", Occurrences(1, SEEN, SEEN, ("sales.load",), 0))
    number = changes.pop("follow_up", 0)
    return compose(
        changes.get("failure") or failure(),
        changes.get("diagnosis") or diagnosis(),
        changes.get("remedy") or remedy(),
        None,
        occurrences,
        follow_up=number,
    )


# What a log may hold that is more than text to somebody: mentions, markup, tags, control characters, long lines, emoji.
HOSTILE = st.sampled_from([
    "<!channel>", "<!here|here>", "<@U0123456789>", "<#C0123456789>", "@channel", "<https://evil.example|click>", "https://evil.example/x", "*bold*",
    "_it_", "~no~", "`code`", "```", "&amp;", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x00", "\u202e", "\r\n", "👩‍👩‍👧‍👦", "é" * 3,
    "e\u0301", "[a](https://evil.example)", "x" * 4000, "line\n" * 400, "www.evil.example", "\ud7ff", "{}", "%s",
])  # fmt: skip
TEXT = st.lists(st.one_of(HOSTILE, st.text(max_size=60)), max_size=12).map(" ".join)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Any message that a log could lead to."""
    said = Remedy(
        summary=draw(TEXT),
        explanation=draw(TEXT),
        steps=tuple(draw(st.lists(TEXT, max_size=12))),
        proof=Proof(draw(st.sampled_from(ProofLevel)), draw(TEXT)),
        artifacts=tuple(
            Artifact(draw(st.sampled_from(["iam-statement", "cli", "odd"])), draw(TEXT), draw(TEXT))
            for _ in range(draw(st.integers(0, 4)))
        ),
        not_checked=tuple(draw(st.lists(TEXT, max_size=8))),
        links=tuple(
            Link("Documentation", f"https://docs.aws.amazon.com/{'x' * draw(st.integers(0, 3500))}")
            for _ in range(draw(st.integers(0, 4)))
        ),
        owner=draw(st.none() | TEXT),
    )
    attempt = Attempt(
        *(draw(st.none() | TEXT) for _ in range(3)),
        draw(st.none() | st.integers(-1, 9)),
        draw(st.none() | st.integers(0, 9)),
        draw(st.none() | st.booleans()),
    )
    place = Place(
        draw(st.none() | TEXT),
        None,
        draw(st.sampled_from(["eu-west-1", None, "<x>"])),
        "aws",
        draw(st.none() | TEXT),
        draw(st.none() | TEXT),
    )
    made = diagnosis(
        said,
        category=draw(st.sampled_from(Category)),
        cause=draw(st.sampled_from(["iam-denied", "unknown", "runtime-error"])),
        facts=draw(st.dictionaries(st.sampled_from(["message", "resource", "line"]), TEXT | st.integers(), max_size=3)),
        evidence=tuple(draw(st.lists(TEXT, max_size=8))),
    )
    happened = Failure(
        draw(st.sampled_from(Kind)),
        place,
        (),
        attempt=attempt,
        dag_file=draw(st.none() | TEXT),
        seen_at=draw(st.integers(0, SEEN)),
    )
    tasks = tuple(draw(st.lists(TEXT, max_size=20)))
    seen = Occurrences(
        draw(st.integers(1, 10**6)), SEEN, SEEN + draw(st.integers(0, 10**9)), tasks, draw(st.integers(0, 5000))
    )
    return compose(happened, made, said, None, seen, follow_up=draw(st.integers(0, 3)))
