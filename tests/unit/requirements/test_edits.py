import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.requirements.edits import (
    appended,
    only_on_windows,
    renamed,
    replaced,
    shown_diff,
    with_value,
    with_versions,
)
from responder.requirements.lines import parse

VERSIONS = {
    "a pin": ("pandas==2.2.3\n", "pandas==2.1.4\n"),
    "a range": ("pandas>=2.2,<3\r\n", "pandas==2.1.4\r\n"),
    "none": ("pandas\n", "pandas==2.1.4\n"),
    "spaces": ("  pandas >= 2.2\n", "  pandas ==2.1.4\n"),
    "extras, a marker and a comment": (
        "Pandas[s3]==2.2.3 ; python_version > '3'  # why\n",
        "Pandas[s3]==2.1.4 ; python_version > '3'  # why\n",
    ),
    "parentheses": ("pandas (>=2.2)\n", "pandas ==2.1.4\n"),
    "a joined line": ("pandas \\\n  ==2.2.3\n", "pandas ==2.1.4\n"),
    "no newline": ("pandas==2.2.3", "pandas==2.1.4"),
}


@pytest.mark.parametrize("case", VERSIONS.values(), ids=VERSIONS)
def test_only_the_versions_change(case):
    before, after = case
    (line,) = parse(before).lines
    assert with_versions(line, "==2.1.4").raw == after


def test_a_hashed_line_keeps_its_version():
    """The hash is the old release's."""
    (line,) = parse("pandas==2.2.3 --hash=sha256:aa\n").lines
    assert with_versions(line, "==2.1.4") is None
    assert renamed(line, "polars") is None


def test_the_other_lines_stay_byte_for_byte():
    file = parse("# é\r\n\r\n--constraint 'x'\r\nPandas == 2.2.3\t#x\r\nrequests \\\r\n >= 2\r\n")
    line = file.lines[3]
    assert replaced(file, line, with_versions(line, "==2.1.4")).text == file.text.replace("== 2.2.3", "==2.1.4")


def test_a_line_is_added_after_the_last_requirement_in_the_files_own_newline():
    assert appended(parse("pandas\r\n# end\r\n"), "lkml==1.3.4").text == "pandas\r\nlkml==1.3.4\r\n# end\r\n"
    assert appended(parse("pandas"), "lkml").text == "pandas\nlkml\n"
    assert appended(parse(""), "lkml").text == "lkml\n"


def test_an_options_quotes_stay():
    (line,) = parse('--constraint "https://example.com/a.txt" # old\n').lines
    assert with_value(line, "https://example.com/b.txt").raw == '--constraint "https://example.com/b.txt" # old\n'


def test_a_renamed_line_keeps_the_rest():
    (line,) = parse("sklearn[x]>=1 # ml\n").lines
    assert renamed(line, "scikit-learn").raw == "scikit-learn[x]>=1 # ml\n"
    assert renamed(line, "scikit-learn", "==1.5").raw == "scikit-learn[x]==1.5 # ml\n"


def test_a_line_for_windows_alone():
    (line,) = parse("pywin32==306  # laptop\n").lines
    assert only_on_windows(line).raw == 'pywin32==306; sys_platform == "win32"  # laptop\n'
    assert only_on_windows(only_on_windows(line)) is None


def test_what_is_shown_of_a_change_hides_logins():
    before = parse("--index-url https://aws:s3cr3t@example.com/simple/\npandas==2.2.3\n")
    after = replaced(before, before.lines[1], with_versions(before.lines[1], "==2.1.4"))
    diff = shown_diff(before, after)
    assert "s3cr3t" not in diff
    assert "https://****@example.com/simple/" in diff
    assert "-pandas==2.2.3\n+pandas==2.1.4\n" in diff
    assert "s3cr3t" in after.text


def test_nothing_changed_is_no_diff():
    assert shown_diff(parse("pandas\n"), parse("pandas\n")) is None


@given(st.text(alphabet="abz09=<>!~.,;# \\\n\r\t[]()'\"-", max_size=40), st.sampled_from(["==1.0", ""]))
def test_an_edited_line_is_still_one_line_of_that_name(text, versions):
    """Whatever stands in a requirement, an edit never makes another one of it."""
    for line in parse(text).lines:
        edited = with_versions(line, versions)
        if edited is not None and edited.form is line.form:
            assert edited.name == line.name
