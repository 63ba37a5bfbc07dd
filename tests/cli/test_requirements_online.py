"""Whole files against the real package index, with the real resolver, and pip itself as the judge of a sample."""

from __future__ import annotations

import pytest
from responder.inquiry.index_sources import sources
from responder.inquiry.package_index import PackageIndex, without_login
from responder.inquiry.question import CouldNot
from responder.knowledge.images import image, nearest, versions
from responder.requirements.judge import judge
from responder.requirements.lines import read

from cli.package_index import configured
from cli.requirements import find_uv
from tests.cli import pip_itself
from tests.cli.requirements_table import BAD, GOOD, UNPROVEN

pytestmark = pytest.mark.online

# Their corrected files go to pip as well: every kind of edit, all Pythons
SAMPLE = (
    "pandas above the pin",
    "boto3 against botocore, constraints off",
    "one name pinned twice",
    "celery",
    "another Airflow with extras",
    "a provider above the constraint",
    "needs a newer Python",
    "cx_Oracle",
    "the placeholder sklearn",
    "constraints of another Airflow",
    "two requirements on one line",
    "against the constraints and yanked",
    "fits again some releases on",
)
REFUSED_SAMPLE = ("pandas above the pin", "one name pinned twice", "needs a newer Python")
GOOD_SAMPLE = ("the right constraint line", "a marker for another Python", "spaces and extras")


@pytest.fixture(scope="session")
def verdict(tmp_path_factory):
    """`verdict(text, airflow)`, with one cache for all."""
    url, login = without_login(configured())
    try:
        PackageIndex(url, lambda: login).project("packaging", 10)
    except CouldNot as reason:
        pytest.skip(f"no package index: {reason}")
    folder = tmp_path_factory.mktemp("resolver")

    def one(text, airflow):
        asked = sources(PackageIndex(url, lambda: login), uv=find_uv(), folder=folder, left=lambda: 120.0)
        return judge(read(text.encode()), nearest(airflow), asked)

    return one


@pytest.mark.parametrize("row", BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_named_and_its_correction_proven(row, verdict):
    name, airflow, text, kind, line = row
    found = verdict(text, airflow)
    assert not found.ok
    assert (kind, line) in [(problem.kind.value, problem.line) for problem in found.problems]
    level = UNPROVEN.get(name, "PROVEN")
    if level is None:
        assert (found.corrected, found.proof.level) == (None, "SUSPECTED")
    else:
        assert found.corrected is not None
        assert found.proof.level == level


@pytest.mark.parametrize("row", [row for row in BAD if row[0] not in UNPROVEN][::3], ids=lambda row: row[0])
def test_a_corrected_file_is_left_alone(row, verdict):
    """What was proposed is, when judged again, a good file."""
    again = verdict(verdict(row[2], row[1]).corrected, row[1])
    assert (again.ok, again.corrected) == (True, None)


@pytest.mark.parametrize("row", GOOD, ids=[row[0] for row in GOOD])
def test_a_good_file_is_left_alone(row, verdict):
    _, airflow, text = row
    found = verdict(text, airflow)
    assert (found.ok, found.corrected, found.diff) == (True, None, None)
    assert [problem for problem in found.problems if problem.blocks] == []
    assert found.proof.level == "PROVEN"


def test_the_table_is_over_all_images():
    assert {row[1] for row in BAD} == set(versions()) == {row[1] for row in GOOD}
    assert len(BAD) - len(UNPROVEN) >= 40
    assert all(image(version) for version in versions())


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_pip_takes_what_was_called_proven(name, verdict):
    _, airflow, text, _, _ = next(row for row in BAD if row[0] == name)
    took, said = pip_itself.takes(verdict(text, airflow).corrected, airflow)
    assert took, said


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED_SAMPLE)
def test_pip_refuses_what_was_called_bad(name):
    _, airflow, text, _, _ = next(row for row in BAD if row[0] == name)
    assert not pip_itself.takes(text, airflow)[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD_SAMPLE)
def test_pip_takes_what_was_called_good(name):
    _, airflow, text = next(row for row in GOOD if row[0] == name)
    took, said = pip_itself.takes(text, airflow)
    assert took, said
