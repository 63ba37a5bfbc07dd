"""Whether a missing module may be the user's own: then no distribution of that name is ever proposed.

Being on a public index proves nothing: 21 of 30 typical names of own modules are taken there by strangers.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from responder.knowledge.popular import popular
from responder.knowledge.standard_library import is_standard

# Words that people give to folders and files of their own; a stranger may own a distribution of that name.
OWN_WORDS = frozenset({
    "app", "apps", "base", "callback", "callbacks", "client", "clients", "code", "common", "commons", "company", "config", "configs",
    "configuration", "connections", "connector", "connectors", "constants", "core", "custom", "dag", "dags", "data", "database", "db",
    "domain", "elt", "etl", "etls", "extract", "factory", "framework", "functions", "helper", "helpers", "hook", "hooks", "include",
    "includes", "ingestion", "internal", "job", "jobs", "lib", "library", "libs", "load", "loaders", "local", "logic", "macros",
    "main", "model", "models", "module", "modules", "my", "notification", "notifications", "notifiers", "operator", "operators", "our",
    "pipeline", "pipelines", "plugin", "plugins", "processing", "project", "queries", "reports", "schema", "schemas", "script", "scripts",
    "sensor", "sensors", "service", "services", "settings", "setup", "shared", "source", "sources", "sql", "src", "stages", "task",
    "tasks", "team", "templates", "test", "tests", "tools", "transform", "transformation", "transformations", "transforms", "util",
    "utilities", "utility", "utils", "validators", "variables", "views", "workflow", "workflows",
})  # fmt: skip
# Distributions that DAG authors install, with such words in their names, and not among the most downloaded
REVIEWED = frozenset(
    {"dag-factory", "dag_factory", "airflow-kubernetes-job-operator", "airflow_kubernetes_job_operator"}
)
WORD = re.compile(r"[a-z]+")


class Origin(StrEnum):
    """Where a module comes from, as far as its name tells."""

    STANDARD = "standard"  # in Python itself, now or in older releases: no distribution helps
    OWN = "own"  # the user's own, or it looks like that
    KNOWN = "known"  # a distribution of the reviewed lists
    UNKNOWN = "unknown"  # may be either


class Named(NamedTuple):
    """A module, where it comes from, and the distribution that provides it where that is known."""

    origin: Origin
    distribution: str | None = None
    why: str = ""


def judge(module: str, distributions: Collection[str] = (), own: Collection[str] = ()) -> Named:
    """`distributions`: what the reviewed table says provides the module; `own`: what lies in dags/ and plugins/."""
    top = module.partition(".")[0]
    if top in own:
        return Named(Origin.OWN, why=f"{top} lies in the environment's own dags/ or plugins.zip")
    if is_standard(top):
        return Named(Origin.STANDARD, why=f"{top} belongs to Python's standard library")
    if distributions:
        return Named(Origin.KNOWN, next(iter(distributions)), "the reviewed list of import names")
    if looks_own(top):
        return Named(Origin.OWN, why=f"{top} is a name that people give to modules of their own")
    known = popular(top)
    if known:
        return Named(Origin.KNOWN, known, "it is among the most downloaded distributions")
    return Named(Origin.UNKNOWN, why=f"no distribution that we know provides {top}")


def looks_own(name: str) -> bool:
    """A generic word, or a compound with one that is not among the well-known distributions."""
    if name.lower() in REVIEWED:
        return False
    words = WORD.findall(name.lower())
    if name.lower() in OWN_WORDS or (len(words) > 1 and all(word in OWN_WORDS for word in words)):
        return True
    return len(words) > 1 and any(word in OWN_WORDS for word in words) and popular(name) is None
