"""`mwaa-responder knowledge refresh`: rebuilds the tables of names that travel with the responder.

Reads only packages of the index: Airflow and its providers at the versions of the images, the file lists of the packages
that share a top-level name, and one package of data. Nothing is imported or installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from responder.knowledge import airflow_names, arguments, imports

from cli.knowledge import airflow_table, argument_table, iam_actions, import_table
from cli.knowledge.wheels import NoWheel, Wheels
from cli.package_index import address

TABLES: dict[str, Callable[[Wheels, str], dict[str, Any]]] = {
    airflow_names.TABLE: airflow_table.build,
    arguments.TABLE: argument_table.build,
    imports.TABLE: import_table.build,
    iam_actions.TABLE.name: lambda _wheels, _today: iam_actions.table(),
}
MOST_BYTES = 700_000  # of all tables together: the asset's own limit is 2 MB, and the code is in it too
SMALLEST = 9  # gzip's level


def main(argv: Sequence[str]) -> int:
    """Writes the tables; 2 where the index lacks what they are made of."""
    arguments = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        wheels = Wheels(arguments.index, arguments.cache or Path(scratch))
        try:
            made = {name: _packed(build(wheels, _today())) for name, build in TABLES.items()}
        except (NoWheel, requests.RequestException) as error:
            print(f"mwaa-responder knowledge: {error}", file=sys.stderr)
            return 2
    if sum(map(len, made.values())) > MOST_BYTES:
        print(f"mwaa-responder knowledge: the tables are larger than {MOST_BYTES} bytes", file=sys.stderr)
        return 2
    arguments.target.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (arguments.target / name).write_bytes(content)
        print(f"{arguments.target / name}: {len(content):,} bytes")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mwaa-responder knowledge", description="Rebuild the tables of names.")
    parser.add_argument("action", choices=["refresh"], help="writes them anew")
    parser.add_argument(
        "--index",
        type=address,
        default=PYPI_SIMPLE_ENDPOINT,
        help="a simple index (PEP 503 or 691); default: the public one",
    )
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was downloaded, for the next run")
    parser.add_argument("--target", type=Path, default=Path(imports.__file__).parent, help="where the tables go")
    return parser


def _packed(table: dict[str, Any]) -> bytes:
    """The same input always gives the same bytes."""
    return gzip.compress(json.dumps(table, separators=(",", ":")).encode(), SMALLEST, mtime=0)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
