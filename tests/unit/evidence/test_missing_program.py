"""What the operating system did not find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.missing_program import exit_says_missing, missing_program, program_not_started
from responder.model import Frame, ProcessExit, Raised, Said


def said(text, raised=None):
    return [Said(text, raised)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("OSError: libclntsh.so.19.1: cannot open shared object file: No such file or directory", "libclntsh.so.19.1", id="a loader"),
        pytest.param("/usr/bin/bash: line 1: spark-submit: command not found", "spark-submit", id="bash"),
        pytest.param("sh: 1: java: not found", "java", id="sh"),
        pytest.param("Error: ('01000', \"Can't open lib 'ODBC Driver 17 for SQL Server' : file not found\")", "ODBC Driver 17 for SQL Server", id="unixODBC"),
        pytest.param("DPI-1047: Cannot locate a 64-bit Oracle Client library", "DPI-1047", id="Oracle"),
        pytest.param('exec: "kubectl": executable file not found in $PATH', "kubectl", id="Go"),
        pytest.param("/lib64/libc.so.6: version `GLIBC_2.38' not found (required by x)", "libc.so.6", id="another C library"),
        pytest.param("JAVA_HOME is not set", "JAVA_HOME", id="Java's home"),
        pytest.param("/opt/x/bin/start: line 71: /usr/lib/jvm/java-17/bin/java: No such file or directory", "java", id="a shell by the full path"),
    ],
)  # fmt: skip
def test_reads(text, name):
    assert missing_program(said(text)).name == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/bin/bash: line 1: cd: /dbt: No such file or directory", id="a folder"),
        pytest.param(
            "/tmp/run.sh: line 3: /tmp/out/rows.csv: No such file or directory", id="a file that a shell was to read"
        ),
        pytest.param("FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'", id="a file"),
        pytest.param("404: not found for url", id="a page"),
        pytest.param("user not found", id="words"),
    ],
)
def test_leaves_alone(text):
    assert missing_program(said(text)) is None


def test_a_file_that_is_not_there_is_a_program_only_where_a_child_was_to_be_started():
    text = "FileNotFoundError: [Errno 2] No such file or directory: 'pg_dump'"
    started = Raised("FileNotFoundError", "", (Frame("/usr/local/lib/python3.11/subprocess.py", 1, "_execute_child"),))
    opened = Raised("FileNotFoundError", "", (Frame("/usr/local/airflow/dags/x.py", 1, "load"),))
    assert missing_program(said(text, started)).name == "pg_dump"
    assert missing_program(said(text, opened)) is None


def test_codes_126_and_127_say_it_too_and_the_shell_names_the_script():
    assert exit_says_missing([ProcessExit(127, None, of_task=False)], ())
    assert exit_says_missing([ProcessExit(1, None, of_task=False)], ()) is None
    assert program_not_started(said("/bin/bash: line 1: /opt/run.sh: No such file or directory")).name == "run.sh"


@pytest.mark.parametrize(
    "text",
    ["bash: line 2: BUCKET: unbound variable", "run.sh: line 9: BUCKET: parameter null or not set\nmore"],
    ids=["set -u", "${BUCKET:?}"],
)
def test_a_shell_that_insists_on_a_variable_ends_with_127_though_no_program_is_missing(text):
    assert exit_says_missing([ProcessExit(127, None, of_task=False)], said(text)) is None


@given(st.text(alphabet="abc/.: '\"notfudcm\n$PATHJV_OE-127", max_size=400))
def test_any_text_is_survived(text):
    found = missing_program(said(text))
    assert found is None or found.name
