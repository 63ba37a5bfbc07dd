import pytest
from responder.diagnosis.released_between import released_between
from responder.inquiry.question import NO_ANSWERS, Answers
from responder.model import Failure, Kind, Place
from responder.requirements.asked import Installation, LastInstallation, OnIndex, Release, Releases

DAY = 86_400_000
NOW = 1_795_340_000_000  # 2026-11-22
FAILURE = Failure(Kind.REQUIREMENTS, Place("analytics"), (), seen_at=NOW)


def said(uploaded, *, worked_at=NOW - 7 * DAY, yanked=False):
    install = Installation("g", "s", failed=True, report=None, at=NOW, worked_at=worked_at)
    releases = Releases(
        "acme", (Release("2.0", uploaded, yanked, None), Release("1.0", "2024-01-01T00:00:00Z", False, None)), None
    )
    return released_between("acme", FAILURE, Answers({LastInstallation(): install, OnIndex("acme"): releases}))


def test_a_release_between_the_last_success_and_the_failure_is_named():
    assert said("2026-11-20T08:00:00Z").startswith(
        "acme 2.0 was released on 2026-11-20, after the last installation that worked"
    )


SILENT = {
    "before the last success": {"uploaded": "2026-11-01T08:00:00Z"},
    "after the failure": {"uploaded": "2026-11-23T08:00:00Z"},
    "no known success": {"uploaded": "2026-11-20T08:00:00Z", "worked_at": None},
    "no time on the index": {"uploaded": None},
    "no time at all": {"uploaded": "yesterday"},
    "yanked since": {"uploaded": "2026-11-20T08:00:00Z", "yanked": True},
}


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_nothing_is_said_where_it_is_not_known_to_be_so(case):
    assert said(**case) == ""


def test_nothing_is_said_without_answers():
    assert released_between("acme", FAILURE, NO_ANSWERS) == ""
    assert released_between(None, FAILURE, NO_ANSWERS) == ""
