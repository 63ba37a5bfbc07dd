"""Requirements files of every kind of mistake, over all images, and good ones: (name, Airflow, text, class, culprit line)."""

from __future__ import annotations

URL = "https://raw.githubusercontent.com/apache/airflow"


def constraint(airflow: str, python: str) -> str:
    return f'--constraint "{URL}/constraints-{airflow}/constraints-{python}.txt"\n'


BAD: tuple[tuple[str, str, str, str, int], ...] = (
    # pins against the constraints
    ("pandas above the pin", "2.10.3", "pandas==2.2.3\n", "conflict", 1),
    ("numpy above the pin, among others", "2.9.2", "requests\nnumpy==2.1.0\nopenpyxl==3.1.5\n", "conflict", 2),
    ("boto3 by hand", "2.10.1", "boto3==1.34.0\n", "conflict", 1),
    ("urllib3 below 2", "2.11.0", "urllib3<2\n", "conflict", 1),
    ("protobuf 5 on an image with 4", "3.0.6", "protobuf>=5\n", "conflict", 1),
    ("pydantic 1", "2.11.2", "pydantic==1.10.13\n", "conflict", 1),
    ("pandas 2.1 where the image pins 2.3", "3.2.1", "# reports\npandas==2.1.4\n", "conflict", 2),
    ("pandas 2 where the image pins 3", "3.3.1", "pandas==2.2.3\n", "conflict", 1),
    ("cryptography by hand", "2.10.3", "cryptography==44.0.0\nparamiko\n", "conflict", 1),
    ("dbt-core needs a newer protobuf", "2.10.3", "dbt-core==1.9.4\n", "conflict", 1),
    ("a range that excludes the pin", "2.9.2", "aiohttp>=3.10,<3.11\n", "conflict", 1),
    ("CRLF, tabs and a comment around the pin", "2.10.3", "# team\r\npandas==2.2.3\t# newest\r\nrequests\r\n", "conflict", 2),
    ("a byte order mark before the first line", "2.11.0", "﻿pandas==2.2.3\n", "conflict", 1),
    ("a pin joined over two lines", "2.10.3", "pandas \\\n  ==2.2.3\n", "conflict", 1),
    # two of the user's own lines, constraints off or silent
    ("boto3 against botocore, constraints off", "2.10.3", "# -c none\nboto3==1.34.0\nbotocore==1.35.10\n", "conflict", 2),
    ("one name pinned twice", "2.10.3", "openpyxl==3.1.5\nrequests\nopenpyxl==3.1.2\n", "duplicate", 3),
    # essential pins
    ("Flask", "2.10.3", "flask==2.3.3\n", "essential-conflict", 1),
    ("SQLAlchemy 2", "2.9.2", "SQLAlchemy==2.0.30\n", "essential-conflict", 1),
    ("SQLAlchemy 1.4 on 3.2.1", "3.2.1", "sqlalchemy<2\n", "essential-conflict", 1),
    ("celery", "3.3.1", "celery[redis]==5.4.0\n", "essential-conflict", 1),
    ("gunicorn", "2.11.2", "gunicorn==22.0.0\n", "essential-conflict", 1),
    # Airflow itself
    ("another Airflow", "2.10.3", "apache-airflow==2.9.2\n", "airflow-pin", 1),
    ("another Airflow with extras", "2.11.0", "apache-airflow[statsd]==2.10.3\npandas\n", "airflow-pin", 1),
    ("Airflow 2 on 3", "3.0.6", "apache-airflow<3\n", "airflow-pin", 1),
    # providers
    ("a provider above the constraint", "2.10.3", "apache-airflow-providers-snowflake==6.3.0\n", "provider-too-new", 1),
    ("the preinstalled provider above", "2.9.2", "apache-airflow-providers-amazon==9.0.0\n", "provider-too-new", 1),
    ("a provider below the constraint", "3.2.1", "apache-airflow-providers-http==5.0.0\n", "conflict", 1),
    ("a provider that needs another Airflow, constraints off", "2.10.3", "# -c none\napache-airflow-providers-snowflake==6.9.0\n", "provider-too-new", 2),
    # what is not there
    ("a provider version that never was", "2.10.3", "apache-airflow-providers-slack==99.1.0\n", "not-found-version", 1),
    ("a version that never was, unconstrained", "3.0.6", "openpyxl==3.1.99\n", "not-found-version", 1),
    ("a misspelt name", "2.11.0", "pandsa==2.1.4\n", "not-found-name", 1),
    ("a name without its prefix", "2.9.2", "airflow-providers-snowflake\n", "not-found-name", 1),
    ("a name that nobody has", "2.10.1", "requests\nqzv-nonexistent-xk7==1.0\n", "not-found-name", 2),
    ("an own module", "3.3.1", "my-company-etl-utils==0.1\npandas\n", "local-or-private-name", 1),
    ("a wheel on the laptop", "2.10.3", "./wheels/acme_tools-1.0-py3-none-any.whl\n", "local-or-private-name", 1),
    ("a yanked release", "2.10.3", "# -c none\nrequests==2.32.0\n", "yanked", 2),
    # Python and platform
    ("needs a newer Python", "2.10.3", "ipython==9.9.0\nscipy==1.18.0\n", "python-version", 2),
    ("only wheels of old Pythons", "3.0.6", "tensorflow==1.15.0\n", "no-wheel", 1),
    ("only for Windows", "2.10.1", "pywin32==306\n", "no-wheel", 1),
    ("a wheel of another Python", "2.11.2", "/usr/local/airflow/plugins/acme_tools-1.0-cp39-cp39-manylinux2014_x86_64.whl\n", "no-wheel", 1),
    # builds
    ("psycopg2 from source", "2.10.3", "psycopg2==2.9.5\n", "build", 1),
    ("cx_Oracle", "2.9.2", "cx_Oracle==8.3.0\n", "build", 1),
    ("sasl", "2.11.0", "sasl==0.3.1\n", "build", 1),
    ("the placeholder sklearn", "3.2.1", "sklearn\n", "build", 1),
    # constraint lines
    ("constraints of another Airflow", "2.10.3", constraint("2.9.2", "3.11") + "pandas\n", "constraint-wrong-airflow", 1),
    ("constraints of another Python", "2.11.0", constraint("2.11.0", "3.11") + "pandas\n", "constraint-wrong-airflow", 1),
    ("constraints at a wrong address", "3.0.6", f"-c {URL}/constraint-3.0.6/constraints-3.12.txt\npandas\n", "constraint-unreachable", 1),
    ("constraints that MWAA does not copy", "2.10.3", "-c constraints.txt\npandas\n", "constraint-unreachable", 1),
    # what pip cannot read
    ("one equals sign", "2.10.3", "requests=2.32.3\n", "syntax", 1),
    ("no operator", "2.9.2", "pandas\nopenpyxl 3.1.5\n", "syntax", 2),
    ("a merge's leftover", "3.3.1", "pandas\n<<<<<<< HEAD\nopenpyxl==3.1.5\n", "syntax", 2),
    ("an option of the command line", "2.11.2", "--upgrade\npandas\n", "syntax", 1),
    ("another file that is not copied", "2.10.3", "-r base.txt\npandas\n", "syntax", 1),
    # as users of MWAA write them, several lines at a time
    ("a connector above the pin, beside its provider", "2.9.2", constraint("2.9.2", "3.11") + "apache-airflow-providers-snowflake==5.5.1\nsnowflake-connector-python==3.12.0\nboto3==1.34.106\n", "conflict", 3),
    ("two pins by hand among good ones", "2.10.3", constraint("2.10.3", "3.11") + "pandas==2.1.4\nprotobuf==3.20.3\nboto3==1.26.0\npyarrow==16.1.0\n", "conflict", 4),
    ("needs an older packaging", "3.0.6", "snowflake-ml-python==1.18.0\n", "conflict", 1),
    ("requests against urllib3, constraints off", "2.10.3", "# --constraint none\nrequests==2.25.1\nurllib3==2.2.3\n", "conflict", 2),
    ("dbt without versions", "2.10.3", "dbt-core\n", "conflict", 1),
    ("a library for SQLAlchemy 2, constraints off", "2.9.2", "# -c off\nsqlmodel==0.0.22\n", "essential-conflict", 2),
    ("watchtower below", "3.3.1", "watchtower<3\napache-airflow-providers-amazon\n", "essential-conflict", 1),
    ("two essential pins", "2.11.2", "sqlalchemy==2.0.36\nFlask-Session==0.5.0\nxlsxwriter==3.2.0\n", "essential-conflict", 2),
    ("a range above every release", "2.11.0", constraint("2.11.0", "3.12") + "google-ads>=99\npandas\n", "not-found-version", 2),
    ("a provider without its s", "2.9.2", constraint("2.9.2", "3.11") + "apache-airflow-provider-snowflake==5.5.1\npandas==2.1.4\n", "not-found-name", 2),
    ("a name one letter short", "2.11.2", "snowflake-conector-python==4.3.0\napache-airflow-providers-snowflake==6.10.0\n", "not-found-name", 1),
    ("a provider that never was, CRLF", "3.0.6", "apache-airflow-providers-snowflake\r\napache-airflow-providers-bash==1.0.0\r\n", "not-found-name", 2),
    ("a yanked release, unconstrained", "2.10.3", "polars==1.8.1\n", "yanked", 1),
    ("needs a Python below 3.12", "3.2.1", constraint("3.2.1", "3.12") + "snowflake-snowpark-python==1.9.0\napache-airflow-providers-snowflake==6.12.1\n", "python-version", 2),
    ("wheels of older Pythons, beside a good line", "3.0.6", "torch==2.0.1\nxgboost==2.1.1\n", "no-wheel", 1),
    ("sources that stop on this Python", "2.10.3", "numba==0.56.4\n", "build", 1),
    ("sources that ask for an old setuptools", "3.0.6", "# --constraint none\nnumpy==1.24.4\n", "build", 2),
    ("sources of before Cython 3", "2.10.3", "# -c none\nPyYAML==5.4.1\n", "build", 2),
    ("sources that need libxslt", "3.0.6", "# -c none, see ADR-12\nlxml==4.9.2\n", "build", 2),
    ("Airflow 2's constraints and provider on 3", "3.0.6", constraint("2.10.3", "3.11") + "apache-airflow-providers-standard\napache-airflow-providers-snowflake==5.8.0\n", "constraint-wrong-airflow", 1),
    ("a Python that Airflow has no constraints for", "2.10.3", constraint("2.10.3", "3.13") + "pandas==2.1.4\n", "constraint-wrong-airflow", 1),
    ("a provider from a later Airflow, as a range", "2.11.0", "apache-airflow-providers-amazon>=9.30\nboto3\n", "provider-too-new", 1),
    ("a command in the file", "3.3.1", "pandas\npip install openpyxl\nboto3 = 1.43.56\n", "syntax", 2),
    ("quotes around a line", "2.9.2", "slack-sdk==3.27.2\n'pymongo==4.7.3'\n", "syntax", 2),
    # what a second round of files showed
    ("typographic quotes around the address", "2.10.3", f"--constraint “{URL}/constraints-2.10.3/constraints-3.11.txt”\nhumanize\n", "constraint-unreachable", 1),
    ("constraints of a branch", "3.3.1", f"-c {URL}/constraints-main/constraints-3.12.txt\nhumanize\n", "constraint-wrong-airflow", 1),
    ("all of Python's version in the address", "2.9.2", f"-c {URL}/constraints-${{AIRFLOW_VERSION}}/constraints-${{PYTHON_VERSION}}.txt\nfsspec\n", "constraint-unreachable", 1),
    ("a wrong constraint line beside the right one", "2.10.1", constraint("2.10.1", "3.11") + constraint("2.9.2", "3.11") + "certifi\n", "constraint-wrong-airflow", 2),
    ("a constraint without its address", "3.0.6", "--constraint\nhumanize\n", "syntax", 1),
    ("two requirements on one line", "3.0.6", "stripe==12.5.0 twilio==9.7.1\nhumanize==4.12.3\n", "syntax", 1),
    ("a marker without quotes", "2.10.1", "humanize==4.10.0 ; python_version > 3.8\n", "syntax", 1),
    ("a comment of another language", "2.10.3", "// http clients\nhumanize==4.11.0\n", "syntax", 1),
    ("a wheel in a bucket", "3.0.6", "humanize==4.12.3\ns3://acme-mwaa/wheels/acme_core-0.4.0-py3-none-any.whl\n", "syntax", 2),
    ("a folder on the laptop", "2.10.3", "./dags/libs/acme_lib\nhumanize\n", "local-or-private-name", 1),
    ("an own name at a version that its stranger never had", "2.11.2", "company-common==2.1\nhumanize\n", "local-or-private-name", 1),
    ("what Python has itself", "2.10.3", "dataclasses==0.8\nhumanize\n", "python-version", 1),
    ("needs a distribution for Windows", "2.9.2", "pypiwin32==223\n", "no-wheel", 1),
    ("a provider that no release fits", "2.10.3", "apache-airflow-providers-git\n", "provider-too-new", 1),
    ("a library that nobody maintains", "2.10.3", "pycrypto==2.6.1\n", "build", 1),
    ("sources that import as Python 2 does", "3.3.1", "suds==0.4\n", "build", 1),
    ("a release without wheel for this Python", "2.11.2", "pulsar-client==2.10.2\nhumanize==4.15.0\n", "no-wheel", 1),
    ("ranges that leave nothing", "3.2.1", "twilio>=9\nshortuuid\ntwilio<9\n", "duplicate", 3),
    ("a well-known name with one letter too many", "2.11.0", "twillio==9.5.2\n", "not-found-name", 1),
    ("a local version", "2.10.3", "triton==3.0.0+cu121\n", "not-found-version", 1),
    ("against the constraints and yanked", "2.9.2", "gcsfs==2024.9.0\n", "conflict", 1),
    ("fits again some releases on", "2.11.0", constraint("2.11.0", "3.12") + "langchain==0.1.20\n", "conflict", 2),
    ("a hash of no file", "2.10.1", f"tabulate==0.9.0 --hash=sha256:{'0' * 64}\n", "syntax", 1),
    # as people's repositories hold them
    ("a provider for a later Airflow, constraints emptied", "2.9.2", "--constraint /dev/null\napache-airflow-providers-databricks==7.8.1\n", "provider-too-new", 2),
    ("a provider that needs an old watchtower, constraints emptied", "2.10.3", "--constraint /dev/null\napache-airflow-providers-amazon==6.0.0\ndag-factory==0.17.0\n", "essential-conflict", 2),
    ("the page of the constraints", "2.10.3", '--constraint "https://github.com/apache/airflow/blob/constraints-2.10.3/constraints-3.11.txt"\nopenpyxl==3.1.5\n', "constraint-unreachable", 1),
    ("the option in the plural", "2.10.1", constraint("2.10.1", "3.11").replace("constraint ", "constraints ") + "openpyxl==3.1.5\n", "syntax", 1),
    ("a wheel at an address, of another Python", "3.0.6", "https://example.com/whl/torch-2.5.1%2Bcpu-cp311-cp311-linux_x86_64.whl\nopenpyxl\n", "no-wheel", 1),
    ("sources that need HDF5", "3.0.6", "netCDF4==1.6.2\nrio-cogeo==3.4.1\n", "build", 1),
    ("all at once", "2.10.3", constraint("2.9.2", "3.11") + "apache-airflow==2.9.2\nSQLAlchemy==2.0.30\npython-ldap==3.4.3\n", "essential-conflict", 3),
)  # fmt: skip

# What has no correction that could be proven: the file itself cannot cure it, or a wheel is not at hand.
UNPROVEN = {
    "needs an older packaging": None,
    "dbt without versions": None,
    "all at once": None,  # python-ldap does not build on any image
    "dbt-core needs a newer protobuf": None,
    "a wheel of another Python": None,
    "a provider that no release fits": None,
    "a hash of no file": None,
    "a wheel at an address, of another Python": None,
    "a wheel in a bucket": "CHECKED",
    "a wheel on the laptop": "CHECKED",
    "sasl": "CHECKED",  # its successor is pure Python without a wheel
}

GOOD: tuple[tuple[str, str, str], ...] = (
    ("nothing", "2.10.3", ""),
    ("only comments", "2.9.2", "# nothing yet\n\n"),
    ("one constrained package", "2.10.3", "pandas\n"),
    ("the right constraint line", "2.10.3", constraint("2.10.3", "3.11") + "pandas==2.1.4\n"),
    ("providers without versions", "2.11.0", "apache-airflow-providers-snowflake\napache-airflow-providers-slack[sql]\n"),
    ("the very version of Airflow", "2.10.1", "apache-airflow==2.10.1\nopenpyxl==3.1.5\n"),
    ("a marker for another Python", "3.0.6", 'pandas==1.0.0; python_version < "3.8"\nopenpyxl==3.1.5\n'),
    ("an unconstrained pin", "3.2.1", "openpyxl==3.1.5\n"),
    ("spaces and extras", "2.11.2", "requests [socks] >= 2.0 , < 3\n"),
    ("what the image has already", "2.9.2", "psycopg2\nboto3\nrequests\n"),
    ("the same line twice", "3.3.1", "openpyxl==3.1.5\nopenpyxl==3.1.5\n"),
    ("two spellings of one name", "3.2.1", "apache-airflow-providers-http\nrequests\napache_airflow_providers_http\nRequests==2.33.1\n"),
    ("a tool that sounds like an own module", "2.10.3", constraint("2.10.3", "3.11") + "astronomer-cosmos==1.7.1\ndag-factory==0.19.0\n"),
    ("a constraint line that MWAA's own check overlooks", "3.3.1", f"--constraint={URL}/constraints-3.3.1/constraints-3.12.txt\npandas[aws]==3.0.5\n"),
    ("a constraint in a comment, and a provider above the pin that fits", "2.9.2", "# -c none\napache-airflow-providers-amazon==9.0.0\n"),
    ("the tag's full name in the address", "3.0.6", f'-c "{URL}/refs/tags/constraints-3.0.6/constraints-3.12.txt"\napache-airflow-providers-trino\n'),
    ("the image's own version as a variable", "2.11.2", f"-c {URL}/constraints-${{AIRFLOW_VERSION}}/constraints-3.12.txt\nhumanize\n"),
    ("versions that are only spelt otherwise", "2.9.2", "certifi==2024.06.02\ntabulate===0.9.0\nrequests==2.31.*\ncroniter == v2.0.5\n"),
    ("as pip-compile writes it", "2.11.0", "#\n# This file is autogenerated by pip-compile\n#\napache-airflow-providers-tableau==5.1.0\n    # via -r requirements.in\ndefusedxml==0.7.1\n    # via\n    #   tableauserverclient\n"),
    ("constraints emptied, and a provider below the pin", "2.10.3", "--constraint /dev/null\napache-airflow-providers-openlineage==1.5.0\n"),
    ("nothing but the constraint line", "3.3.1", constraint("3.3.1", "3.12")),
    ("comments in another language", "2.10.3", "# MWAA 2.10.3 依赖配置\n# 注意: dbt 通过 startup.sh 安装到虚拟环境\n\n" + constraint("2.10.3", "3.11") + "\napache-airflow-providers-snowflake==5.8.0\nastronomer-cosmos==1.8.0\n"),
    ("a pinned tool and a provider", "3.3.1", "apache-airflow-providers-snowflake\nlkml==1.3.4\n"),
)  # fmt: skip
