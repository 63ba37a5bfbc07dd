import pytest
from responder.knowledge.images import image
from responder.requirements.constraints import effective, forced
from responder.requirements.lines import parse
from responder.requirements.problem import ProblemClass
from responder.requirements.sources import nothing_own

IMAGE = image("2.10.3")
RIGHT = IMAGE.constraints_url


def of(text, own=None):
    return effective(parse(text), IMAGE, (own or {}).get)


FORCED = {
    "no line": ("pandas\n", True),
    "a constraint line": ('--constraint "x"\n', False),
    "its short form": ("-c x\n", False),
    "a commented one": ("# -c x\n", False),
    "a comment about a compiler": ("# built with gcc -c x.c\n", False),
    "the middle of a word": ("foo-c bar\n", False),
    "an equals sign instead of a blank": ("--constraint=x\n", True),
    "a tab instead of a blank": ("-c\tx\n", True),
}


@pytest.mark.parametrize("case", FORCED.values(), ids=FORCED)
def test_mwaa_adds_its_own_constraints_unless_a_line_looks_like_one(case):
    assert forced(case[0]) is case[1]


def test_without_a_line_the_images_own_are_in_force():
    found = of("pandas\n")
    assert (found.version_of("pandas", IMAGE), found.of_image, found.problems) == ("2.1.4", True, ())


def test_essential_pins_hold_whatever_the_file_says():
    found = of("# -c none\n")
    assert (found.version_of("flask", IMAGE), found.version_of("pandas", IMAGE)) == ("2.2.5", None)
    assert "apache-airflow==2.10.3" in found.lines(IMAGE)


PROBLEMS = {
    "a comment": ("# -c x\npandas\n", ProblemClass.CONSTRAINT_DISABLED, 1),
    "a compiler's option in a comment": ("pandas\n# gcc -c x.c\n", ProblemClass.CONSTRAINT_DISABLED, 2),
    "another Airflow": (f"-c {RIGHT.replace('2.10.3', '2.9.2')}\n", ProblemClass.CONSTRAINT_WRONG_AIRFLOW, 1),
    "another Python": (f"\n-c {RIGHT.replace('3.11.txt', '3.12.txt')}\n", ProblemClass.CONSTRAINT_WRONG_AIRFLOW, 2),
    "a wrong address": (f"-c {RIGHT.replace('/apache/', '/apach/')}\n", ProblemClass.CONSTRAINT_UNREACHABLE, 1),
    "a relative path": ("-c constraints.txt\n", ProblemClass.CONSTRAINT_UNREACHABLE, 1),
    "a branch's": (f"-c {RIGHT.replace('2.10.3', 'main')}\n", ProblemClass.CONSTRAINT_WRONG_AIRFLOW, 1),
    "a minor version's branch": (f"-c {RIGHT.replace('2.10.3', '2-10')}\n", ProblemClass.CONSTRAINT_WRONG_AIRFLOW, 1),
    "the page instead of the file": (
        f"-c {RIGHT.replace('raw.githubusercontent.com/apache/airflow', 'github.com/apache/airflow/blob')}\n",
        ProblemClass.CONSTRAINT_UNREACHABLE,
        1,
    ),
    "typographic quotes": (f"--constraint “{RIGHT}”\n", ProblemClass.CONSTRAINT_UNREACHABLE, 1),
    "Python with all its numbers, from a variable": (
        f"-c {RIGHT.replace('3.11', '${PYTHON_VERSION}')}\n",
        ProblemClass.CONSTRAINT_UNREACHABLE,
        1,
    ),
    "the page of somebody's file": (
        "-c https://github.com/acme/dags/blob/main/c.txt\n",
        ProblemClass.CONSTRAINT_UNREACHABLE,
        1,
    ),
    "Airflow's address without its end": (
        f"-c {RIGHT.removesuffix('.txt')}\n",
        ProblemClass.CONSTRAINT_UNREACHABLE,
        1,
    ),
    "a folder of a laptop": ("-c /home/me/c.txt\n", ProblemClass.CONSTRAINT_UNREACHABLE, 1),
    "an address with a login that is meant to be Airflow's": (
        f"-c {RIGHT.replace('https://', 'https://me:pw@').replace('/constraints-2', '/blob/constraints-2')}\n",
        ProblemClass.CONSTRAINT_UNREACHABLE,
        1,
    ),
    "no constraints at all": ("-c /dev/null\n", ProblemClass.CONSTRAINT_DISABLED, 1),
}


@pytest.mark.parametrize("case", PROBLEMS.values(), ids=PROBLEMS)
def test_lines_that_do_not_work_are_named(case):
    text, kind, line = case
    (problem,) = of(text).problems
    assert (problem.kind, problem.line) == (kind, line)
    assert "pw" not in (problem.requirement or "") + problem.explanation


def test_a_line_that_pip_stops_at_is_not_told_to_turn_constraints_off():
    assert of(f'--constraint "{RIGHT}\npandas\n').problems == ()


def test_the_right_line_has_no_problem():
    for line in (
        f"-c {RIGHT}\n",
        f'--constraint "{RIGHT}"\n',
        "-c /usr/local/airflow/.local/etc/airflow_constraints.txt\n",
        "-c ${AIRFLOW_CONSTRAINTS_FILE}\n",
        f"-c {RIGHT.replace('2.10.3', '${AIRFLOW_VERSION}')}\n",
        f"-c {RIGHT.replace('/constraints-2', '/refs/tags/constraints-2')}\n",
        f"-c {RIGHT.replace('raw.githubusercontent.com/apache/airflow', 'github.com/apache/airflow/raw')}\n",
        f"-c {RIGHT} --trusted-host example.com\n",
    ):
        assert (of(line).problems, of(line).of_image) == ((), True)


def test_the_users_own_file_in_dags_replaces_the_images():
    found = of("-c /usr/local/airflow/dags/c.txt\n", {"c.txt": "pandas==2.2.3\nnumpy>=1,<2\n"})
    assert (found.version_of("pandas", IMAGE), found.version_of("requests", IMAGE), found.of_image) == (
        "2.2.3",
        None,
        False,
    )
    assert "numpy>=1,<2" in found.lines(IMAGE)


def test_the_users_own_file_cannot_move_an_essential_pin():
    (problem,) = of("-c /usr/local/airflow/dags/c.txt\n", {"c.txt": "flask==2.3.3\n"}).problems
    assert (problem.kind, problem.line) == (ProblemClass.ESSENTIAL_CONFLICT, 1)


@pytest.mark.parametrize(
    "value",
    [
        "/usr/local/airflow/dags/c.txt",
        "/usr/local/airflow/plugins/c.txt",
        "/tmp/c.txt",
        "https://me:pw@example.com/c.txt",
        "https://raw.githubusercontent.com/acme/dags/main/c.txt",
        "${OURS}",
    ],
)
def test_constraints_that_cannot_be_looked_at_are_said_and_not_guessed(value):
    found = effective(parse(f"-c {value}\npandas==2.2.3\n"), IMAGE, nothing_own)
    (told,) = found.not_checked
    assert "pw" not in told
    assert not found.problems
    assert (found.version_of("pandas", IMAGE), found.version_of("flask", IMAGE)) == (None, "2.2.5")


def test_an_unknown_variable_in_airflows_own_address_leaves_the_images_constraints():
    found = effective(parse(f"-c {RIGHT.replace('2.10.3', '${OURS}')}\n"), IMAGE, nothing_own)
    assert found.not_checked
    assert found.version_of("pandas", IMAGE) == "2.1.4"


def test_a_relative_path_begins_where_the_file_lies():
    found = of("-c ../dags/own/c.txt\n", {"own/c.txt": "pandas==2.2.3\n"})
    assert (found.version_of("pandas", IMAGE), found.problems) == ("2.2.3", ())


@pytest.mark.parametrize(
    "text",
    ["-c /usr/local/airflow/dags/a.txt\n", f"-c {RIGHT}\n-c /usr/local/airflow/dags/b.txt\n"],
    ids=["in one file", "in two"],
)
def test_pins_that_contradict_each_other_are_both_in_force(text):
    found = of(text, {"a.txt": "pandas==2.1.4\npandas==2.2.3\n", "b.txt": "pandas==2.2.3\n"})
    assert {"pandas==2.1.4", "pandas==2.2.3"} <= set(found.lines(IMAGE))


def test_an_own_file_that_is_not_there_stops_pip():
    (problem,) = of("-c /usr/local/airflow/dags/c.txt\n").problems
    assert problem.kind is ProblemClass.CONSTRAINT_UNREACHABLE


def test_an_equals_sign_makes_two_sets_of_constraints():
    """MWAA does not see the line, pip does."""
    found = of("--constraint=/usr/local/airflow/dags/c.txt\n", {"c.txt": "lkml==1.3.4\n"})
    assert (found.version_of("lkml", IMAGE), found.version_of("pandas", IMAGE)) == ("1.3.4", "2.1.4")
