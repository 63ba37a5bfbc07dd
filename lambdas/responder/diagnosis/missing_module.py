"""The module that an import did not find.

    ModuleNotFoundError: No module named 'smart_open'
    ImportError: cannot import name 'bigquery' from 'google.cloud' (unknown location)
    /usr/local/bin/python: No module named dbt

The second form is that of a namespace package: the distribution with that part of it is not installed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.frames import from_library, raised_in_own
from responder.diagnosis.recognise import line_of
from responder.knowledge import imports
from responder.model import Evidence, Raised, Said

IMPORT_ERRORS = ("ModuleNotFoundError", "ImportError")
ABSENT = re.compile(r"No module named ['\"]?(?P<module>[A-Za-z_][\w.]{0,199})(?P<shadow>['\"]?; ')?")
# As pandas says of an optional dependency, fsspec of a file system, and Airflow of virtualenv
OPTIONAL = re.compile(
    r"(?:Missing optional dependency ['\"]|requires (?:the )?['\"`]?(?=[\w.-]{2,60}['\"`]?, please install)|[Pp]lease install (?:the )?['\"`]"
    r"|tried using: '|\bpip3? install (?:-U |--upgrade )?['\"`]?|\b[Ii]nstall ['\"`]?(?=[\w.-]{2,60}['\"`]? (?:to|for|in order)\b)(?!it |them |this ))"
    r"(?P<module>[A-Za-z_][\w-]{0,80}(?:\.\w{1,60}){0,5})(?P<shadow>(?!))?"
)
# matplotlib is required for plotting …; lxml not found, please install it; requires the pycurl library: words that need an ImportError, and a known name
REQUIRED = re.compile(
    r"(?:requires the ['\"`]?(?=[\w.-]{2,60}['\"`]? (?:library|package|module)\b)|['\"`]?\b(?=[\w.-]{2,60}['\"`]? (?:package |library |module )?(?:(?:is|are) (?:required|needed|not installed)\b|not found, please install)))"
    r"(?P<module>[A-Za-z][\w.-]{1,60})(?P<shadow>(?!))?"
)
OPTIONAL_ERRORS = (*IMPORT_ERRORS, "AirflowException", "AirflowOptionalProviderFeatureException")
NAMESPACE = re.compile(r"cannot import name '(?P<name>\w{1,100})' from '(?P<module>[\w.]{1,200})' \(unknown location\)")
TIME_ZONE = "'tzdata.zoneinfo."  # zoneinfo looks for a zone of a wrong name as if it were a module
RELATIVE = re.compile(r"attempted relative import (?:with no known parent package|beyond top-level package)")
PRINTED = re.compile(
    r"(?:ModuleNotFoundError: |python[\d.]{0,5}: |Error while finding module specification for [^\n]{0,200}Error: )"
    r"No module named ['\"]?[A-Za-z_]"
)
# SQLAlchemy names the dialect of a URL, not the module that registers it
DIALECT = re.compile(r"Can't load plugin: sqlalchemy\.dialects:(?P<dialect>\w{1,60})")
OF_DIALECT = {
    "redshift": "sqlalchemy_redshift",
    "snowflake": "snowflake.sqlalchemy",
    "bigquery": "sqlalchemy_bigquery",
    "awsathena": "pyathena",
    "trino": "trino.sqlalchemy",
    "databricks": "databricks.sqlalchemy",
    "teradatasql": "teradatasqlalchemy",
}
IMPORT = re.compile(r"\bfrom\s+([\w.]{1,200})\s+import\s+(\w{1,100})|\bimport\s+([\w.]{1,200})")


class MissingModule(NamedTuple):
    """What was imported, and where."""

    module: str  # as printed: the first level of the dotted name that is not there
    wanted: str  # the longest dotted name that the source line tells
    file: str  # of the import; "" where unknown
    line: str  # verbatim
    raised: Raised | None
    shadowed: bool = False  # a file of the user's stands where the package was expected
    relative: bool = False  # a relative import outside a package: always the user's own


def missing_module(evidence: Evidence) -> MissingModule | None:
    """The module that the failure hangs on, None where it is another kind of failure."""
    found = (_of(said) for said in evidence.decisive)
    return next((each for each in found if each), None)


def _of(said: Said) -> MissingModule | None:
    if said.raised is None:
        printed = PRINTED.search(said.text)
        return _absent(said, ABSENT.search(said.text, printed.start())) if printed else None
    if optional := _optional(said) or _dialect(said):
        return optional
    if said.raised.name not in IMPORT_ERRORS or TIME_ZONE in said.raised.message or lacks_part(said.raised):
        return None
    if RELATIVE.search(said.raised.message):
        return MissingModule("", "", _file(said.raised), line_of(said.text, 0), said.raised, relative=True)
    return _namespace(said) or _absent(said, ABSENT.search(said.text))


def lacks_part(raised: Raised) -> bool:
    """An installed package misses a part of a distribution that is there: Python names a dotted module only where its parent was found."""
    match = ABSENT.match(raised.message) if raised.name == "ModuleNotFoundError" else None
    if match is None or match["shadow"] or "." not in match["module"] or raised_in_own(raised):
        return False
    return imports.is_one_distribution(match["module"])


def _optional(said: Said) -> MissingModule | None:
    """A library that says itself which other one it needs for this; the user's own words do not count."""
    raised = said.raised
    if raised is None or raised.name not in OPTIONAL_ERRORS or not from_library(raised):
        return None
    match = OPTIONAL.search(said.text[:2_000])
    if match is None and raised.name in IMPORT_ERRORS:
        found = REQUIRED.search(said.text[:2_000])
        match = found if found and imports.distributions(found["module"]) else None
    return _absent(said, match) if match else None


def _dialect(said: Said) -> MissingModule | None:
    match = DIALECT.search(said.text[:2_000])
    module = OF_DIALECT.get(match["dialect"]) if match else None
    if match is None or module is None:
        return None
    return MissingModule(
        module, module, _file(said.raised), line_of(said.text, match.start(), match.end()), said.raised
    )


def _namespace(said: Said) -> MissingModule | None:
    match = NAMESPACE.search(said.text)
    if match is None or match["module"].startswith("airflow."):
        return None  # Airflow 3 makes modules that moved as it goes, without a file
    module = f"{match['module']}.{match['name']}"
    return MissingModule(
        module, module, _file(said.raised), line_of(said.text, match.start(), match.end()), said.raised
    )


def _absent(said: Said, match: re.Match[str] | None) -> MissingModule | None:
    if match is None:
        return None
    module = match["module"].rstrip(".")
    line = line_of(said.text, match.start(), match.end())
    return MissingModule(
        module, _wanted(module, said.raised), _file(said.raised), line, said.raised, bool(match["shadow"])
    )


def _file(raised: Raised | None) -> str:
    return raised.frames[-1].file if raised and raised.frames else ""


def _wanted(module: str, raised: Raised | None) -> str:
    """`from google.cloud import storage` fails with only "google": the source line tells the rest."""
    code = raised.frames[-1].code if raised and raised.frames else None
    match = IMPORT.search(code[:500]) if code else None
    if match is None:
        return module
    dotted = f"{match[1]}.{match[2]}" if match[1] else match[3]
    return dotted if dotted == module or dotted.startswith(f"{module}.") else module
