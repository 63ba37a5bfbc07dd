"""Whether two installed distributions break each other: told from where in site-packages it broke, and over what."""

from __future__ import annotations

from responder.diagnosis.frames import distribution_of, innermost, is_installed, on_import, raised_in_own
from responder.diagnosis.import_failure import Fault, failed_name, fault_of
from responder.diagnosis.missing_module import lacks_part
from responder.evidence.lazy_pattern import lazy
from responder.model import Evidence, Frame, Raised

# What distributions say when another one is too old or too new for them; measured on wheels of known pairs.
SIGNATURES = lazy(
    r"module 'lib' has no attribute|'EntryPoints' object has no attribute|"
    r"dtype size changed|may indicate binary incompatibility|compiled using NumPy 1\.x|np\.\w{1,20}_? was removed in the NumPy 2|numpy\.core\.multiarray failed to import|"
    r"module 'numpy' has no attribute|Descriptors cannot (?:not )?be created directly|incompatible Protobuf Gencode|"
    r"has been moved to the `?pydantic|`\w{1,40}` (?:has been|is) removed.{0,40}pydantic|"
    r"urllib3 v2(?:\.\d)? only supports OpenSSL|undefined symbol: |invalid ELF header|wrong ELF class|"
    r"Validation Error: [\w.-]{1,100} version .{1,60} expected|requires? .{1,80} but you have|"
    r"unexpected keyword argument '(?:proxies|method_whitelist|allowed_methods|ssl_version|strict|use_2to3)'|"
    r"\bcode\(\) (?:argument \d{1,2} must be|takes at most|expected at least)|unsupported pickle protocol: |"  # pickled by another Python or dill
    r"(?:ContextualVersionConflict|VersionConflict)\b|partially initialized module '(?:pandas|numpy|cv2|sqlalchemy)'"
)
_NO_ATTRIBUTE = lazy(
    r"(?:module '([\w.]{1,200})'|'([\w.]{1,200})' object|type object '([\w.]{1,200})') has no attribute"
)
_SIGNATURE = lazy(
    r"got an unexpected keyword argument|missing \d{1,2} required (?:positional|keyword-only) argument|takes .{1,60} positional arguments? but|"
    r"metaclass conflict|multiple bases have instance lay-out conflict|Can't instantiate abstract class"
)
_KEYWORD = lazy(
    r"(?:[\w.]{1,200}\.)?(?P<callee>\w{1,100})\(\) got an unexpected keyword argument '(?P<keyword>\w{1,100})'"
)
# A value of these types is what the user's code handed over, or what came back: nobody's version.
_VALUES = frozenset(
    {
        "NoneType",
        "str",
        "int",
        "float",
        "bool",
        "list",
        "dict",
        "tuple",
        "set",
        "bytes",
        "datetime",
        "date",
        "function",
        "generator",
        "Namespace",
        "SimpleNamespace",
        "Response",
        "Timestamp",
    }
)
_CONFLICTS = frozenset(
    {"ContextualVersionConflict", "VersionConflict", "PydanticImportError", "PydanticUserError", "DistributionNotFound"}
)
_OTHERS = frozenset(
    {
        "ModuleNotFoundError",
        "SyntaxError",
        "AirflowTaskTimeout",
        "MemoryError",
        "KeyboardInterrupt",
        "AirflowConfigException",
    }
)


def broken_packages(evidence: Evidence) -> Raised | None:
    """The first exception of the chain that is about distributions that do not fit, None where none is."""
    for raised in evidence.chain.links if evidence.chain else ():
        if _breaks(raised) or _key_of_ssh(evidence, raised):
            return raised
    failed = failed_name(evidence)
    return failed.raised if failed and fault_of(failed) is Fault.PACKAGES else None


def _breaks(raised: Raised) -> bool:
    if raised.name in _CONFLICTS or SIGNATURES.search(raised.message[:2_000]):
        return True
    if raised.name == "SyntaxError":
        return raised.syntax is not None and is_installed(raised.syntax.file)
    if raised.name in _OTHERS or raised_in_own(raised):
        return raised.name == "ModuleNotFoundError" and (_airflows_own(raised) or lacks_part(raised))
    if raised.name in ("AttributeError", "TypeError", "NameError", "ImportError"):
        return (on_import(raised) and not _missing_library(raised)) or _between(raised)
    return False


def _airflows_own(raised: Raised) -> bool:
    """A provider or core that misses a module of Airflow's: one of the two is of another release."""
    return "No module named 'airflow." in raised.message and not raised_in_own(raised)


def _missing_library(raised: Raised) -> bool:
    return "shared object" in raised.message


def _between(raised: Raised) -> bool:
    """One distribution calls another in a way that it no longer (or not yet) takes."""
    caller = innermost(raised)
    ours = distribution_of(caller.file) if caller else None
    if ours is None:
        return False
    if match := _NO_ATTRIBUTE.search(raised.message[:500]):
        if match[1]:
            return match[1].split(".")[0] != ours
        return (match[2] or match[3]) not in _VALUES and ours != "airflow"
    if ours == "airflow" or not _SIGNATURE.search(raised.message[:500]):
        return False
    return "__init__()" in raised.message or _spells_out(caller, raised)


def _spells_out(caller: Frame | None, raised: Raised) -> bool:
    """The library's own line spells the call and the keyword that is refused: `os.path.expandvars(raw, nounset=True)`."""
    refused = _KEYWORD.match(raised.message)
    code = caller.code if caller else None
    return bool(refused and code and f"{refused['callee']}(" in code and f"{refused['keyword']}=" in code)


def _key_of_ssh(evidence: Evidence, raised: Raised) -> bool:
    """paramiko hands cryptography a key that this cryptography no longer takes; its thread logs the deeper frames."""
    same = (
        link
        for record in evidence.records
        for link in (record.chain.links if record.chain else ())
        if (link.name, link.message) == (raised.name, raised.message)
    )
    return any(_from_paramiko_to_cryptography(each) for each in same)


def _from_paramiko_to_cryptography(raised: Raised) -> bool:
    names = [distribution_of(frame.file) for frame in raised.frames if is_installed(frame.file)]
    return len(names) > 1 and names[-1] == "cryptography" and "paramiko" in names
