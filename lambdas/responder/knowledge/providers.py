"""Which provider distribution a module below `airflow.providers` belongs to.

Only Apache Airflow's own providers are known: look-alikes under the same prefix are published by anybody.
https://airflow.apache.org/docs/#providers-packages-docs-apache-airflow-providers-index-html
"""

from __future__ import annotations

from functools import cache

from responder.knowledge.tables import load

TABLE = "airflow_names.json.gz"
PREFIX = "airflow.providers."
DISTRIBUTION = "apache-airflow-providers-"
MOST_SEGMENTS = 2  # of a provider's name: "microsoft.azure"


def distribution(module: str) -> str | None:
    """The official provider's canonical name, e.g. `airflow.providers.cncf.kubernetes.operators.pod` ->
    `apache-airflow-providers-cncf-kubernetes`. None for any other module, and for one that says too little
    (`airflow.providers.microsoft`).
    """
    if not module.startswith(PREFIX):
        return None
    parts = module.removeprefix(PREFIX).split(".")
    for length in range(min(MOST_SEGMENTS, len(parts)), 0, -1):
        name = DISTRIBUTION + "-".join(parts[:length]).replace("_", "-").lower()
        if name in official():
            return name
    return None


def siblings(module: str) -> tuple[str, ...]:
    """The official providers below a module that says too little, e.g. those of `airflow.providers.microsoft`."""
    if not module.startswith(PREFIX):
        return ()
    start = DISTRIBUTION + module.removeprefix(PREFIX).replace(".", "-").replace("_", "-").lower() + "-"
    return tuple(sorted(name for name in official() if name.startswith(start)))


@cache
def official() -> frozenset[str]:
    """The canonical names of Apache Airflow's own providers, past ones too."""
    return frozenset(load(TABLE)["providers"])
