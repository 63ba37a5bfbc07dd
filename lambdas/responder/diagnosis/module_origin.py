"""Whether a missing module is somebody's distribution, the user's own, Airflow's or Python's."""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.missing_module import MissingModule
from responder.knowledge import imports, providers
from responder.requirements.names import Named, Origin, judge

# Providers that every MWAA image ships: https://github.com/aws/amazon-mwaa-docker-images (BillOfMaterials)
SHIPPED = frozenset(
    {"amazon", "celery", "common", "fab", "ftp", "http", "imap", "postgres", "smtp", "sqlite", "standard"}
)


class ModuleOrigin(NamedTuple):
    """The judgement, and the distributions of the reviewed tables to choose from, the best first."""

    named: Named
    choices: tuple[str, ...] = ()
    several: bool = False  # the name says too little: the choices are different things, not one under several names
    airflow: bool = False  # a module of Airflow itself, or of a provider that the image has: a matter of versions


def origin_of(missing: MissingModule) -> ModuleOrigin:
    """From the name alone; what lies in the bucket is asked for later."""
    if missing.relative or missing.shadowed:
        return ModuleOrigin(Named(Origin.OWN, why="only a file of one's own is imported like that"))
    if missing.module.split(".")[0] == "airflow":
        return _of_airflow(missing)
    known = imports.distributions(missing.wanted)
    if known and known.namespace:
        return ModuleOrigin(Named(Origin.KNOWN, why=f"{known.module} is shared by several distributions"))
    choices = known.distributions if known else ()
    return ModuleOrigin(judge(missing.module, choices), choices)


def _of_airflow(missing: MissingModule) -> ModuleOrigin:
    parts = missing.module.split(".")
    if len(parts) < 3 or parts[1] != "providers" or parts[2] in SHIPPED:  # noqa: PLR2004 - airflow.providers.<name>
        return ModuleOrigin(Named(Origin.STANDARD, why="it belongs to Airflow itself"), airflow=True)
    provider = providers.distribution(missing.wanted)
    choices = (provider,) if provider else providers.siblings(missing.wanted)
    named = Named(Origin.KNOWN, provider, "it is one of Airflow's own providers")
    return ModuleOrigin(named, choices, several=provider is None)
