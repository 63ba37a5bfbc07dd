"""Builds `imports.json.gz`: import prefix -> distributions.

Top-level names come from pigar's data (https://github.com/damnever/pigar), which were read from the packages themselves;
they are taken only for the distributions of the images' constraints and of a reviewed list. Where a top-level name is
shared by many distributions, the wheels' own lists of files tell what lies below it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from responder.knowledge import images

from cli.knowledge.reviewed_imports import GENERIC, NAMESPACES, POPULAR, REVIEWED
from cli.knowledge.wheels import NoWheel, Wheels

DATA = "pigar"
DATA_FILE = "pigar/.db.sqlite3"
LOOK_UPS = 4  # at once
MOST_CHOICES = 4  # distributions for one module; more are no choice for a person
DEEPEST = 4  # segments of a prefix: google.cloud.aiplatform.v1 has four
SPREAD = ("opentelemetry-",)  # whose top-level name the data lack
AIRFLOW = "airflow"  # providers have a table of their own


def build(wheels: Wheels, today: str) -> dict[str, Any]:
    """The table as it is stored. Raises NoWheel where the data are not on the index."""
    pinned = {name for version in images.versions() for name in _pins(version)}
    wanted = pinned | {canonicalize_name(name) for name in POPULAR}
    claims: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, set[str]] = defaultdict(set)
    for name, module in _top_level(wheels):
        if name in wanted and _tells(module):
            (shared if module in NAMESPACES else claims)[module].add(name)
    below = sorted({name for names in shared.values() for name in names} | {n for n in wanted if n.startswith(SPREAD)})
    with ThreadPoolExecutor(LOOK_UPS) as pool:
        for name, prefixes in zip(below, pool.map(lambda each: _prefixes(wheels, each), below), strict=True):
            for prefix in prefixes:
                claims[prefix].add(name)
    rows = {module: _row(module, names, pinned) for module, names in claims.items()}
    rows |= {module: {"d": sorted(names), "n": 1} for module, names in shared.items() if module not in rows}
    rows |= {module: {"d": list(names), "r": 1} for module, names in REVIEWED.items()}
    return {"made": today, "versions": list(images.versions()), "modules": dict(_needed(rows))}


def _needed(rows: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Without the rows that say what a shorter prefix says already."""
    for module, row in sorted(rows.items()):
        parts = module.split(".")
        shorter = (rows.get(".".join(parts[:length])) for length in range(len(parts) - 1, 0, -1))
        parent = next((each for each in shorter if each is not None), None)
        if parent is None or parent.get("n") or parent["d"] != row["d"]:
            yield module, row


def _pins(version: str) -> set[str]:
    image = images.image(version)
    if image is None:
        raise NoWheel(f"no image of {version}")
    return {name for name in (*image.pins, *image.preinstalled) if not name.startswith("apache-airflow")}


def _top_level(wheels: Wheels) -> list[tuple[str, str]]:
    """Canonical distribution name and top-level module, of every package there is."""
    kept = wheels.folder / "pigar.sqlite3"
    with wheels.whole(wheels.newest(DATA)) as data:
        kept.write_bytes(data.read(DATA_FILE))
    return [(canonicalize_name(name), module) for name, module in _query(kept)]


def _query(database: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(
            "SELECT d.name, m.name FROM distributions d JOIN top_level_module_names m ON m.distribution_id = d.id"
        ).fetchall()
    finally:
        connection.close()


def _tells(module: str) -> bool:
    return module.isidentifier() and not module.startswith("_") and module.lower() not in GENERIC and module != AIRFLOW


def _prefixes(wheels: Wheels, name: str) -> set[str]:
    """The shortest dotted names below a shared one that are this distribution's own."""
    try:
        listing = wheels.listing(wheels.newest(name))
    except NoWheel:
        return set()
    files = [path.split("/") for path in listing if path.endswith((".py", ".so")) and path.split("/")[0] in NAMESPACES]
    packages = {tuple(parts[:-1]) for parts in files if parts[-1] == "__init__.py"}
    own = {prefix for parts in files if (prefix := _own(parts, packages))}
    return {".".join(prefix) for prefix in own if not any(part.startswith("_") for part in prefix)}


def _own(parts: list[str], packages: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The package below the shared segments, or the folder of a module that is in none; () for what tells nothing."""
    for length in range(2, min(len(parts) - 1, DEEPEST) + 1):
        prefix = tuple(parts[:length])
        if prefix in packages and prefix not in _SHARED_BELOW:
            return prefix
    folder = tuple(parts[:-1])
    return folder if 1 < len(folder) <= DEEPEST and folder not in _SHARED_BELOW else ()


# Packages below a shared segment that are themselves shared.
_SHARED_BELOW = {
    ("google", "cloud"), ("google", "ads"), ("azure", "mgmt"), ("azure", "storage"), ("azure", "ai"),
    ("azure", "keyvault"), ("azure", "data"), ("azure", "synapse"), ("dbt", "adapters"), ("dbt", "include"),
    ("opentelemetry", "exporter"), ("opentelemetry", "instrumentation"), ("google", "analytics"),
    ("opentelemetry", "exporter", "otlp"), ("opentelemetry", "exporter", "otlp", "proto"), ("google", "shopping"),
}  # fmt: skip


def _row(module: str, names: set[str], pinned: set[str]) -> dict[str, Any]:
    """Pinned ones first, then the one that is called like the module, then the shortest name."""
    bare = module.replace(".", "-").replace("_", "-").lower()
    ordered = sorted(names, key=lambda name: (name not in pinned, name != bare, len(name), name))
    return {"d": ordered[:MOST_CHOICES]}
