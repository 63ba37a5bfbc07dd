"""Files judged by their words alone: nothing of a stranger's file makes that stumble, slow or talkative."""

from hypothesis import given
from hypothesis import strategies as st
from responder.knowledge.images import nearest
from responder.model import ProofLevel
from responder.requirements.judge import judge
from responder.requirements.lines import parse
from responder.requirements.sources import Sources

IMAGE = nearest("2.10.3")
PIECES = ["pandas==2.2.3", "flask==9", "apache-airflow==2.8.1", "-c ", "# ", "\n", "\r\n", "\\\n", "--index-url https://a:b@example.com/", " ; python_version < '3'",
          " --hash=sha256:aa", "-r ", "-e .", "./x.whl", "acme @ https://example.com/a-1.0-cp39-cp39-win32.whl", "[x]", "=", "==1", "é", "<<<<<<<", "git+ssh://git@example.com/a"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=14).map("".join))
def test_any_file_gets_a_verdict(text):
    verdict = judge(parse(text), IMAGE, Sources())
    assert verdict.proof.level is ProofLevel.SUSPECTED
    assert verdict.ok is not any(problem.blocks for problem in verdict.problems)
    lines = len(text.splitlines()) + 1
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in verdict.problems)


@given(
    st.text(alphabet="abc019-._~!$&+,;=:%", min_size=8, max_size=20),
    st.sampled_from(["--index-url ", "--extra-index-url=", "-i", "--find-links ", "-f ", "-c ", "", "git+", "acme @ "]),
)
def test_no_login_is_in_any_part_of_a_verdict_that_is_shown(secret, option):
    text = f"{option}https://user:{secret}@example.com/x/\npandas==2.2.3\n"
    verdict = judge(parse(text), IMAGE, Sources())
    shown = repr((verdict.problems, verdict.diff, verdict.proof, verdict.changes, verdict.not_checked))
    assert f":{secret}@" not in shown


def test_what_is_mended_again_is_left_alone():
    """A second look at a corrected file finds nothing that blocks."""
    first = judge(parse("pandas==2.2.3\nflask==9\nrequests=2.31\nnumpy => 1\n<<<<<<<\n-e .\n"), IMAGE, Sources())
    again = judge(parse(first.corrected), IMAGE, Sources())
    assert (again.ok, again.corrected) == (True, None)
