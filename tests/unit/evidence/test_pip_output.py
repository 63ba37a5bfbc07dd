import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.pip_output import read_pip
from responder.evidence.pip_root import root

CLOSING = (
    "[ERROR] - ERROR: pip installation exited with a non-zero error code. This could be the result of package conflict."
)


def no_version(requirement, versions=" (from versions: 1.0, 1.1)"):
    return [
        f"ERROR: Could not find a version that satisfies the requirement {requirement}{versions}",
        f"ERROR: No matching distribution found for {requirement.partition(' (from')[0]}",
    ]


def conflict(head, *body):
    return [
        f"ERROR: Cannot install {head} because these package versions have conflicting dependencies.",
        "",
        "The conflict is caused by:",
        *(f"    {each}" for each in body),
        "",
        "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/",
    ]


RETRY = "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'NewConnectionError(': Failed to establish')': /simple/pandas/"
# Of each: the lines, and what they are read as (kind, requirement and detail)
READS = {
    "a repository that is not there": (
        [
            "Collecting etl-tools (from -r requirements.txt (line 3))",
            "  fatal: repository 'https://git.example.com/acme/etl-tools.git/' not found",
            "  error: subprocess-exited-with-error",
            "  × git clone --filter=blob:none --quiet https://git.example.com/acme/etl-tools.git /tmp/x did not run successfully.",
        ],
        "repository",
        "etl-tools",
        None,
    ),
    "a tag that is not there, by an older pip": (
        [
            "Collecting etl-tools (from -r requirements.txt (line 3))",
            "  error: pathspec 'v9' did not match any file(s) known to git",
            "ERROR: Command errored out with exit status 1: git checkout -q v9 Check the logs for full command output.",
        ],
        "repository",
        "etl-tools",
        None,
    ),
    "a repository without a project": (
        [
            "ERROR: etl-tools from git+https://git.example.com/a.git#egg=etl-tools (from -r requirements.txt (line 2)) does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found."
        ],
        "metadata",
        "etl-tools",
        None,
    ),
    "a version that never was": (no_version("pandas==99"), "no-version", "pandas==99", None),
    "pip 20 lists no versions": (no_version("pandas==99", ""), "no-name", "pandas==99", None),
    "a name that never was": (no_version("qzv-xk7", " (from versions: none)"), "no-name", "qzv-xk7", None),
    "a dependency's": (
        no_version("bbb_lib>=2 (from aaa-lib[x])"),
        "no-version",
        "bbb_lib>=2",
        None,
    ),
    "a Requires-Python in the index": (
        ["ERROR: Ignored the following versions that require a different python version: 3.0 Requires-Python >=3.12; 3.1 Requires-Python >=3.12", *no_version("acme==3.1")],
        "python",
        "acme==3.1",
        "ERROR: Ignored the following versions that require a different python version: 3.0 Requires-Python >=3.12; 3.1 Requires-Python >=3.12",
    ),
    "another version's Requires-Python is not the reason": (
        ["ERROR: Ignored the following versions that require a different python version: 3.0 Requires-Python >=3.12", *no_version("acme==9.9")],
        "no-version",
        "acme==9.9",
        None,
    ),
    "a yanked range": (["ERROR: Ignored the following yanked versions: 1.1, 1.2", *no_version("acme>=1.1")], "yanked", "acme>=1.1", "ERROR: Ignored the following yanked versions: 1.1, 1.2"),
    "a Requires-Python of a wheel": (["ERROR: Package 'acme-tools' requires a different Python: 3.11.7 not in '>=3.12'"], "python", "acme-tools", "3.11.7 not in '>=3.12'"),
    "a wheel of another platform": (["ERROR: acme-1.0-cp39-cp39-win_amd64.whl is not a supported wheel on this platform."], "platform", "acme-1.0-cp39-cp39-win_amd64.whl", None),
    "a pin against the constraints": (conflict("pandas==2.2.3", "The user requested pandas==2.2.3", "The user requested (constraint) pandas==2.1.4"), "conflict", "pandas==2.2.3", "pandas==2.1.4"),
    "the line that meets the constraint, among others": (
        conflict("-r r.txt (line 1) and -r r.txt (line 2)", "The user requested requests", "The user requested pandas>=2.2", "The user requested (constraint) pandas==2.1.4"),
        "conflict", "pandas>=2.2", "pandas==2.1.4"),
    "a dependency against a constraint": (conflict("dbt-core==1.5.0", "dbt-core 1.5.0 depends on sqlparse<0.4.4 and >=0.2.3", "The user requested (constraint) sqlparse==0.4.4"), "conflict", "dbt-core==1.5.0", "sqlparse==0.4.4"),
    "over what lies below the one in the head": (conflict("apache-airflow", "acme 2.6.0 depends on acme-core 2.6.0", "The user requested (constraint) acme-core==2.7.0"), "conflict", "acme==2.6.0", "acme-core==2.7.0"),
    "both sides are one pin": (conflict("acme==1.0", "The user requested acme==1.0", "The user requested (constraint) acme==1.0"), "same-pin", "acme==1.0", None),
    "a range that holds the constraint's pin": (conflict("acme", "The user requested acme>=0.9", "The user requested (constraint) acme==1.0"), "same-pin", "acme>=0.9", "acme==1.0"),
    "Airflow pinned against its own": (conflict("apache-airflow==2.8.1", "The user requested apache-airflow==2.8.1", "The user requested (constraint) apache-airflow==2.10.3"), "airflow-pin", "apache-airflow==2.8.1", "apache-airflow==2.10.3"),
    "syntax, pip 23": (["ERROR: Invalid requirement: 'requests=2.31' (from line 3 of requirements.txt)"], "syntax", "requests=2.31", None),
    "syntax, pip 26": (["ERROR: Invalid requirement: 'requests=2.31': Expected end or semicolon", "    requests=2.31", "            ^ (from line 3 of requirements.txt)"], "syntax", "requests=2.31", None),
    "an unknown option": (["Usage: pip3 [options]", "pip3: error: no such option: --badopt"], "syntax", "--badopt", None),
    "hashes, and which": (
        ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "", "    acme==1.0 from https://index.example.com/acme-1.0.whl#sha256=24 (from -r r.txt (line 4)):", "        Expected sha256 898c"],
        "hash", "acme==1.0", None),
    "lines without hashes": (
        ["ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:", "    acme>=1.0 from https://index.example.com/acme-1.0.whl (from -r r.txt (line 4))"],
        "hash", "acme>=1.0", None),
    "hashes": (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."], "hash", None, None),
    "a constraints address that is not there": (["ERROR: 404 Client Error: Not Found for url: https://example.com/constraints-2.10.33/constraints-3.11.txt"], "constraint-url", None, "https://example.com/constraints-2.10.33/constraints-3.11.txt"),
    "a file that is not there": (["ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'base.txt'"], "missing-file", "base.txt", None),
    "no route": ([RETRY, *no_version("pandas", " (from versions: none)")], "network", "pandas", RETRY),
    "a login that is refused": (["WARNING: 401 Error, Credentials not correct for https://example.com/simple/acme/", *no_version("acme", " (from versions: none)")], "index", "acme", "WARNING: 401 Error, Credentials not correct for https://example.com/simple/acme/"),
    "another index that is silent": (["Looking in indexes: https://aws:****@example.com/simple/", *no_version("acme", " (from versions: none)")], "index", "acme", "Looking in indexes: https://aws:****@example.com/simple/"),
    "metadata that pip refuses": (
        ["WARNING: Ignoring version 1.1 of acme since it has invalid metadata:", "Please use pip<24.1 if you need to use this version.", *no_version("acme==1.1", " (from versions: 1.0, 1.1)")],
        "metadata", "acme==1.1", "WARNING: Ignoring version 1.1 of acme since it has invalid metadata:"),
    "no room": (["ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"], "disk", None, None),
    "a header, pip 26": (
        ["Collecting pyodbc==4.0.30 (from -r r.txt (line 2))", "  error: subprocess-exited-with-error", "      src/pyodbc.h:56:10: fatal error: sql.h: No such file or directory", "      error: command '/usr/bin/gcc' failed with exit code 1",
         "ERROR: Failed to build 'pyodbc' when installing build dependencies"],
        "build", "pyodbc==4.0.30", "sql.h"),
    "a wheel that failed, pip 22": (
        ["Collecting sasl", "  error: subprocess-exited-with-error", "      sasl/saslwrapper.h:22:10: fatal error: sasl/sasl.h: No such file or directory", "  ERROR: Failed building wheel for sasl",
         "ERROR: Could not build wheels for sasl, which is required to install pyproject.toml-based projects"],
        "build", "sasl", "sasl/sasl.h"),
    "pip 20": (["Collecting mysqlclient==2.0.3", "    ERROR: Command errored out with exit status 1:", "    OSError: mysql_config not found", *no_version("mysqlclient==2.0.3")], "build", "mysqlclient==2.0.3", "mysql_config"),
    "no build backend": (["Collecting acme==1.0", "  error: backend-unavailable", "  × Cannot import build backend 'setuptools.build_meta:__legacy__'.", "ERROR: Failed to build 'acme' when calling build backend hook get_requires_for_build_wheel"], "build", "acme==1.0", None),
    "stopped after nine minutes": (["Collecting dbt-core", "INFO: pip is looking at multiple versions of dbt-core to determine which version is compatible with other requirements. This could take a while.", "  Downloading dbt_core-1.5.0.whl"], "timeout", "dbt-core", None),
    "pip 19 names a line twice": (["Double requirement given: bbb==2.0 (from -r r.txt (line 2)) (already in bbb==1.0 (from -r r.txt (line 1)), name='bbb')"], "conflict", "bbb==2.0", "bbb==1.0"),
    "no Rust": (["Collecting cryptography==3.4", "  error: subprocess-exited-with-error", "      error: can't find Rust compiler", "  ERROR: Failed building wheel for cryptography"], "build", "cryptography==3.4", "rust"),
    "a setup.py of old": (["Collecting cx_Oracle==8.3.0", "  error: subprocess-exited-with-error", "      ModuleNotFoundError: No module named 'pkg_resources'", "ERROR: Failed to build 'cx_Oracle' when getting requirements to build wheel"], "build", "cx_Oracle==8.3.0", "pkg_resources"),
}  # fmt: skip

PREFIXES = {
    "bare": "",
    "MWAA's": "[INFO] - ",
    "a time": "2026-11-22T09:44:28.027Z [INFO] - ",
    "a task's log": "[2026-11-22T09:44:28.027+0000] {subprocess.py:106} INFO - ",
    "MWAA's doubled braces": "[2026-11-22T09:44:28.027+0000] {{subprocess.py:106}} INFO - ",
    "colours": "\x1b[31m",
}


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("case", READS.values(), ids=READS)
def test_reads(case, prefix):
    lines, kind, requirement, detail = case
    report = read_pip([f"{prefix}{line}\n" for line in (*lines, CLOSING)])
    found = root(report)
    assert report.failed
    assert (found.kind, found.requirement, found.detail) == (kind, requirement, detail)


def test_a_conflict_is_read_however_its_head_and_body_are_mixed():
    """pip prints the head on stderr and the body on stdout."""
    lines, kind, requirement, _ = READS["a pin against the constraints"]
    for mixed in ([*lines[1:], lines[0]], [lines[2], lines[0], *lines[3:]], list(reversed(lines))):
        assert (root(read_pip(mixed)).kind, root(read_pip(mixed)).requirement) == (kind, requirement)


def test_one_event_may_hold_the_whole_report():
    lines, kind, requirement, _ = READS["a pin against the constraints"]
    found = root(read_pip(["\n".join(lines)]))
    assert (found.kind, found.requirement) == (kind, requirement)


LEAVES_ALONE = {
    "nothing": [],
    "a task's own words": ["[2026-11-22T09:44:28.027+0000] {taskinstance.py:3313} ERROR - Task failed with exception", "Errno 28] No space left on device"],
    "an installation that worked": ["Collecting cowsay==6.1", "Successfully installed cowsay-6.1"],
    "what pip says after it worked": ["ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.", "acme 1.0 requires b>=2, but you have b 1.0 which is incompatible.", "Successfully installed b-1.0"],
    "a yanked exact pin": ["WARNING: The candidate selected for download or install is a yanked version: 'acme' candidate (version 1.0 at x)", "Reason for being yanked: bad", "Successfully installed acme-1.0"],
}  # fmt: skip


@pytest.mark.parametrize("lines", LEAVES_ALONE.values(), ids=LEAVES_ALONE)
def test_leaves_alone(lines):
    report = read_pip(lines)
    assert report is None or not report.failed
    assert root(report) is None


WORDS = st.sampled_from(
    [
        "ERROR: ",
        "Cannot install ",
        "The user requested ",
        "(constraint) ",
        "(from versions: ",
        "pip ",
        "Collecting ",
        "==",
        "depends on ",
        "error: subprocess-exited-with-error",
    ]
)


@given(st.lists(st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=12).map("".join), max_size=12))
def test_never_stumbles(lines):
    """Whatever strangers write, reading it ends in a report or in none."""
    report = read_pip(lines)
    assert report is None or all(isinstance(each.kind, str) for each in report.problems)
