"""Names that people write for distributions that are called otherwise. Reviewed by hand; nothing here is a guess."""

from __future__ import annotations

from collections.abc import Collection

from responder.knowledge.popular import most_downloaded, popular
from responder.knowledge.providers import DISTRIBUTION
from responder.knowledge.standard_library import is_standard, removed_in

# what is written (canonical) -> the distribution
RENAMED: dict[str, str] = {
    "sklearn": "scikit-learn",
    "bs4": "beautifulsoup4",
    "pil": "pillow",
    "yaml": "pyyaml",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "mysqldb": "mysqlclient",
    "mysql-python": "mysqlclient",
    "crypto": "pycryptodome",
    "git": "gitpython",
    "jose": "python-jose",
    "docx": "python-docx",
    "serial": "pyserial",
    "usb": "pyusb",
    "openssl": "pyopenssl",
    "attr": "attrs",
    "skimage": "scikit-image",
    "pkg-resources": "setuptools",
    "google-cloud": "google-cloud-storage",
    "psycopg2-bin": "psycopg2-binary",
    "cx-oracle": "oracledb",
    "sasl": "pure-sasl",
    "fbprophet": "prophet",
    "psycopg2": "psycopg2-binary",
    "airflow-providers-amazon": "apache-airflow-providers-amazon",
    "snowflake": "snowflake-connector-python",
    "elastic-search": "elasticsearch",
    "pyarrow-parquet": "pyarrow",
    "pycrypto": "pycryptodome",
    "dbt": "dbt-core",
}
# Providers that people name after the service: https://airflow.apache.org/docs/#providers-packages-docs-apache-airflow-providers-index-html
PROVIDERS = {
    "aws": "amazon", "s3": "amazon", "gcp": "google", "google-cloud": "google", "bigquery": "google", "azure": "microsoft-azure",
    "mssql": "microsoft-mssql", "winrm": "microsoft-winrm", "kubernetes": "cncf-kubernetes", "k8s": "cncf-kubernetes", "spark": "apache-spark",
    "hive": "apache-hive", "hdfs": "apache-hdfs", "kafka": "apache-kafka", "livy": "apache-livy", "beam": "apache-beam", "dbt": "dbt-cloud",
    "postgresql": "postgres", "email": "smtp", "jira": "atlassian-jira", "sql": "common-sql", "python": "standard",
}  # fmt: skip
AIRFLOW_ITSELF = frozenset({"airflow"})  # an old, other distribution has that name
# Distributions for Pythons that lacked what every image's Python has; beside those named as the module is
BACKPORTS = frozenset({"enum34", "functools32", "futures", "singledispatch", "subprocess32"})
SHORTEST = 5  # characters of a name in which one letter may be wrong


def in_python(name: str) -> bool:
    """Whether Python itself has what the distribution of that name once brought, so that the line can go."""
    return name in BACKPORTS or (is_standard(name) and removed_in(name) is None)


def successor(name: str) -> str | None:
    """The distribution that is meant by a name, None where nobody reviewed it."""
    for start in ("airflow-providers-", "apache-airflow-provider-", "airflow-provider-", DISTRIBUTION):
        if name.startswith(start):
            provider = name.removeprefix(start)
            meant = DISTRIBUTION + PROVIDERS.get(provider, provider)
            return meant if meant != name else None
    return RENAMED.get(name)


def misspelt(name: str, known: Collection[str]) -> str | None:
    """The one name that differs in a single slip of a key, of the constraints' or else of the most downloaded; None if several do."""
    if len(name) < SHORTEST or name in known or popular(name):
        return None
    for names in (known, most_downloaded()):
        near = [each for each in names if abs(len(each) - len(name)) <= 1 and _slipped(name, each)]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _slipped(name: str, other: str) -> bool:
    return one_slip(name.replace("-", ""), other.replace("-", ""))


def one_slip(one: str, other: str) -> bool:
    """Whether one letter was changed, added, left out, or two neighbours swapped; True also for equal names."""
    if one == other:
        return True
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    return swapped or rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
