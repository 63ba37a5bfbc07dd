"""Rebuilds `responder/knowledge/popular.txt.gz`: the names of the most downloaded distributions, one a line.

    python -m cli.knowledge.popular TABLE

TABLE is tab-separated with a head line; its columns `name` and `rank_among_15000_most_downloaded` are read.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from packaging.utils import canonicalize_name
from responder.knowledge import popular

RANK = "rank_among_15000_most_downloaded"


def main(argv: list[str]) -> int:
    """Writes the file; returns the exit status."""
    csv.field_size_limit(1 << 20)
    with Path(argv[0]).open(newline="", encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = sorted({canonicalize_name(row["name"]) for row in rows if row[RANK]})
    target = Path(popular.__file__).with_name(popular.FILE)
    target.write_bytes(gzip.compress("\n".join(names).encode(), mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
