import json

import pytest
from responder.inquiry.ask import Deadline
from responder.inquiry.index import IndexInquirer, IndexLogin
from responder.inquiry.package_index import PackageIndex, with_login, without_login
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place
from responder.requirements.asked import OnIndex

from tests.stand_ins.package_index import Shelf, serving

FAILURE = Failure(Kind.REQUIREMENTS, Place("analytics"), ())
TIME = Deadline(60, clock=lambda: 0.0)


@pytest.fixture
def shelf():
    filled = Shelf()
    filled.wheel("acme", "1.0", uploaded="2024-01-01T00:00:00Z").wheel(
        "acme", "2.0", python=">=3.12", uploaded="2026-11-20T08:00:00Z"
    )
    return filled.wheel("acme", "1.5", yanked="broken").source("acme", "0.9")


@pytest.mark.parametrize("as_html", [False, True], ids=["JSON", "HTML"])
def test_a_page_is_read_in_both_forms(shelf, as_html):
    with serving(shelf, as_html=as_html) as url:
        project = PackageIndex(url).project("acme", 5)
    assert [str(each) for each in project.versions()] == ["2.0", "1.5", "1.0", "0.9"]
    assert [each.yanked for each in project.files] == [None, None, "broken", None]
    assert [each.requires_python for each in project.files] == [None, ">=3.12", None, None]
    assert [each.wheel for each in project.files] == [True, True, True, False]


def test_the_releases_of_a_distribution_newest_first(shelf):
    with serving(shelf) as url:
        found = IndexInquirer(lambda: PackageIndex(url)).answer(OnIndex("acme"), FAILURE, TIME)
    assert [(each.version, each.yanked) for each in found.releases] == [
        ("2.0", False),
        ("1.5", True),
        ("1.0", False),
        ("0.9", False),
    ]
    assert (found.releases[0].uploaded, found.first_upload) == ("2026-11-20T08:00:00Z", "2024-01-01T00:00:00Z")


def test_a_name_that_the_index_does_not_have(shelf):
    with serving(shelf) as url:
        assert IndexInquirer(lambda: PackageIndex(url)).answer(OnIndex("qzv"), FAILURE, TIME) is None


REASONS = {
    "refused": ({"status": 403}, "refuses access"),
    "broken": ({"status": 500}, "answered 500"),
    "a page to log in": ({"status": 200, "body": b"<html>log in</html>"}, "something else"),
}


@pytest.mark.parametrize("case", REASONS.values(), ids=REASONS)
def test_an_index_that_does_not_answer_gives_a_reason(shelf, case):
    manners, reason = case
    with serving(shelf, **manners) as url, pytest.raises(CouldNot, match=reason):
        PackageIndex(url).project("acme", 5)


def test_an_index_that_is_not_there_gives_a_reason():
    with serving(Shelf()) as url:
        pass
    with pytest.raises(CouldNot, match="could not be reached"):
        PackageIndex(url).project("acme", 5)


def test_without_an_address_or_time_nothing_is_asked(shelf):
    with pytest.raises(CouldNot, match="no package index"):
        PackageIndex("").project("acme", 5)
    with serving(shelf) as url, pytest.raises(CouldNot, match="no time"):
        PackageIndex(url).project("acme", 0.0)
    assert shelf.asked == []


def test_an_answer_without_end_is_cut(shelf):
    with serving(shelf, status=200, body=b"x" * 13_100_000) as url, pytest.raises(CouldNot, match="13 MB"):
        PackageIndex(url).project("acme", 20)


def test_a_page_is_fetched_once(shelf):
    with serving(shelf) as url:
        index = PackageIndex(url)
        assert index.project("acme", 5) is index.project("acme", 5)
    assert shelf.asked == ["/simple/acme/"]


@pytest.mark.parametrize("manners", [{}, {"as_html": True}, {"whole_files": True}])
def test_a_part_of_a_file(shelf, manners):
    with serving(shelf, **manners) as url:
        index = PackageIndex(url)
        file = index.project("acme", 5).files[0]
        size = index.size("acme", file, 5)
        whole = index.content("acme", file, slice(0, 10_000), 5)
        assert len(whole) == size
        assert index.content("acme", file, slice(size - 10, size), 5) == whole[-10:]
        assert index.content("acme", file, slice(10, 20), 5) == whole[10:20]


def test_a_file_that_is_given_whole_is_fetched_once(shelf):
    with serving(shelf, as_html=True, whole_files=True) as url:
        index = PackageIndex(url)
        file = index.project("acme", 5).files[0]
        size = index.size("acme", file, 5)
        assert index.content("acme", file, slice(0, 10), 5) == index.content("acme", file, slice(0, size), 5)[:10]
    assert len(shelf.asked) == 2


class Secrets:
    """The secrets service, with one secret."""

    def __init__(self, text):
        self.text = text

    def get_secret_value(self, SecretId):  # noqa: N803 - boto3's name
        return {"SecretString": self.text}


def test_the_login_comes_from_the_secret(shelf):
    login = IndexLogin(
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:index",
        lambda: Secrets(json.dumps({"username": "aws", "password": "t0ken"})),
    )
    with serving(shelf, login=("aws", "t0ken")) as url:
        assert PackageIndex(url, login).project("acme", 5)


@pytest.mark.parametrize("text", ["t0ken", "{}", "[]", '"x"'])
def test_a_secret_of_another_form_is_said_and_not_shown(text):
    with pytest.raises(CouldNot) as raised:
        IndexLogin("arn", lambda: Secrets(text))()
    assert "t0ken" not in str(raised.value)


def test_no_secret_is_no_login():
    assert IndexLogin(None, lambda: Secrets(""))() is None


def test_an_address_and_its_login_are_taken_apart_and_put_together():
    address = "https://aws:p%40ss%2Fword@example.com/simple/"
    bare, login = without_login(address)
    assert (bare, login) == ("https://example.com/simple/", ("aws", "p@ss/word"))
    assert with_login(bare, login) == address
    assert without_login(bare) == (bare, None)
