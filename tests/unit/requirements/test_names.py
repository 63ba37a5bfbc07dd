import pytest
from responder.requirements.names import Origin, judge, looks_own
from responder.requirements.renames import misspelt, one_slip, successor
from responder.requirements.repair import meant

OWN = ["operators", "utils", "helpers", "common", "config", "custom_operators", "hooks", "libs", "shared", "include", "tasks", "lib", "constants", "models",
       "scripts", "airflow_utils", "transformations", "callbacks", "notifications", "dags", "my_custom_operator", "plugins", "dag_utils", "sensors", "etl",
       "settings", "core", "jobs", "company_utils", "util", "acme_helpers", "company_plugin", "etl_common"]  # fmt: skip
KNOWN = [
    "polars",
    "xgboost",
    "smart_open",
    "lkml",
    "dagfactory",
    "awswrangler",
    "great_expectations",
    "sqlalchemy_utils",
    "prometheus_client",
    "slack_sdk",
]


@pytest.mark.parametrize("module", OWN)
def test_a_name_that_may_be_the_users_own_is_never_a_distribution(module):
    """21 of these are taken on the public index by strangers."""
    assert judge(module).origin is Origin.OWN
    assert judge(module).distribution is None


@pytest.mark.parametrize("module", KNOWN)
def test_a_well_known_distribution_is_known(module):
    assert judge(module).origin is Origin.KNOWN


def test_what_lies_in_the_bucket_is_the_users_own_whatever_it_is_called():
    assert judge("requests", own={"requests"}).origin is Origin.OWN


def test_pythons_own_modules_past_and_present_are_no_distribution():
    assert {judge(each).origin for each in ("json", "distutils", "telnetlib")} == {Origin.STANDARD}


def test_a_name_that_nobody_knows_is_not_guessed():
    assert judge("premier_league_x") == judge("premier_league_x", ())
    assert judge("premier_league_x").distribution is None


def test_own_words_do_not_hide_known_compounds():
    assert not looks_own("sqlalchemy-utils")
    assert not looks_own("dag-factory")
    assert looks_own("acme-utils")


def test_reviewed_successors():
    assert successor("sklearn") == "scikit-learn"
    assert successor("airflow-providers-snowflake") == "apache-airflow-providers-snowflake"
    assert successor("apache-airflow-provider-snowflake") == "apache-airflow-providers-snowflake"
    assert successor("apache-airflow-providers-aws") == "apache-airflow-providers-amazon"
    assert successor("apache-airflow-providers-snowflake") is None
    assert successor("utils") is None


SLIPS = [("pandsa", "pandas"), ("pandass", "pandas"), ("pands", "pandas"), ("pendas", "pandas")]


@pytest.mark.parametrize("pair", SLIPS)
def test_one_slip_of_a_key(pair):
    assert one_slip(*pair)
    assert misspelt(pair[0], {"pandas", "requests"}) == "pandas"


def test_two_slips_or_short_names_or_several_candidates_are_no_spelling_mistake():
    assert misspelt("pnadsa", {"pandas"}) is None
    assert misspelt("pandas", {"pandas"}) is None
    assert misspelt("sixx", {"six"}) is None
    assert misspelt("pandaz", {"pandas", "pandaa"}) is None


MEANT = {
    "requests=2.31.0": ("requests==2.31.0",),
    "requests = 2.31.0": ("requests==2.31.0",),
    "requests=>2.31": ("requests>=2.31",),
    "requests 2.31.0": ("requests==2.31.0",),
    "requests==": ("requests",),
    "requests==2.31.0,": ("requests==2.31.0",),
    "pip install requests==2.31.0": ("requests==2.31.0",),
    "requests==v2.31.0": ("requests==v2.31.0",),
    "“requests”==2.31.0": ("requests==2.31.0",),
    "requests>==2.31.0": ("requests>=2.31.0",),
    "requests~=2": ("requests~=2.0",),
    "requests>=2.*": ("requests>=2",),
    "requests^2.31": ("requests~=2.31",),
    "numpy=1.26.4=py311h1234": ("numpy==1.26.4",),
    "- requests==2.31.0": ("requests==2.31.0",),
    "requests: 2.31.0": ("requests==2.31.0",),
    "requests==2.31.0 rich==13.9.4": ("requests==2.31.0", "rich==13.9.4"),
    "requests==2.31.0, rich>=13,<14": ("requests==2.31.0", "rich>=13,<14"),
    "requests,rich": ("requests", "rich"),
    "requests pandas": ("requests", "pandas"),
    "requests==2.31.0 ; python_version > 3.8": ('requests==2.31.0 ; python_version > "3.8"',),
    "requests==2.31.0; sys_platform == “linux”": ('requests==2.31.0 ; sys_platform == "linux"',),
    "requests==2.31.0#pinned": ("requests==2.31.0  # pinned",),
    "// http clients": ("# http clients",),
    "; http clients": ("# http clients",),
    "/* http clients */": ("# http clients",),
    "git@git.example.com:team/etl.git@v1": ("git+ssh://git@git.example.com/team/etl.git@v1",),
    "etl @ git@git.example.com:team/etl.git": ("etl @ git+ssh://git@git.example.com/team/etl.git",),
    "https://git.example.com/team/etl.git": ("git+https://git.example.com/team/etl.git",),
    "s3://bucket/wheels/etl-1.0-py3-none-any.whl": ("/usr/local/airflow/plugins/etl-1.0-py3-none-any.whl",),
    "s3://bucket/wheels/etl.zip": (),
    "name: airflow": (),
    "python=3.11": (),
    "remove this when upgraded": (),
    "requests [": (),
    "<<<<<<< HEAD": (),
    "import requests": (),
    "": (),
}


@pytest.mark.parametrize("text", MEANT)
def test_only_plain_slips_are_mended(text):
    assert meant(text) == MEANT[text]
