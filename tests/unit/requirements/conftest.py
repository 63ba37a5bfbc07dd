"""A file judged against an index that a test fills itself; the resolver is the real one."""

from __future__ import annotations

import pytest
from responder.inquiry.index_sources import sources
from responder.inquiry.package_index import PackageIndex
from responder.knowledge.images import nearest
from responder.requirements import lines
from responder.requirements.judge import judge
from responder.requirements.rounds import BASE

from cli.requirements import find_uv
from tests.stand_ins.package_index import Shelf, serving


@pytest.fixture
def shelf():
    """What every image needs of an index: Airflow, its providers and MWAA's own additions, without requirements."""
    image = nearest("2.10.3").image
    filled = Shelf()
    for name, version in image.preinstalled.items():
        if name in BASE or name.startswith("apache-airflow"):
            filled.wheel(name, version)
    return filled


@pytest.fixture
def judged(shelf, tmp_path):
    """`judged("pandas\\n")`: the verdict for Airflow 2.10.3 on the test's own index."""

    def verdict(
        text, *, uv=None, left=lambda: 60.0, login=None, own_modules=frozenset(), own=None, wheels=None, **manners
    ):
        with serving(shelf, login=login, **manners) as url:
            index = PackageIndex(url, lambda: login)
            asked = sources(
                index,
                uv=uv or find_uv(),
                folder=tmp_path,
                left=left,
                own_modules=own_modules,
                wheels=wheels,
                read_own=(own or {}).get,
            )
            return judge(lines.parse(text.replace("{index}", url)), nearest("2.10.3"), asked)

    return verdict
