"""Whose code a frame of a traceback is in: the user's, an installed distribution's, Python's own."""

from __future__ import annotations

import re

from responder.model import Chain, Frame, Raised

OWN_FOLDERS = ("/dags/", "/plugins/", "/include/")
INSTALLED_FOLDERS = ("/site-packages/", "/dist-packages/")
_STDLIB = re.compile(r"/lib(?:64)?/python3(?:\.\d{1,2})?/(?!site-packages|dist-packages)")
_MACHINERY = ("<frozen ", "importlib/__init__.py")
_DISTRIBUTION = re.compile(r"/(?:site|dist)-packages/([\w.-]{1,100})")
# Frames that only pass a look-up on: the caller above them asked for what is not there.
_LOOK_UPS = frozenset({"__getattr__", "__getattribute__", "__getitem__"})


def is_installed(file: str) -> bool:
    return any(folder in file for folder in INSTALLED_FOLDERS)


def is_own(file: str) -> bool:
    """In dags/, plugins/ or include/, and not inside an installed distribution."""
    return any(folder in file for folder in OWN_FOLDERS) and not is_installed(file) and not _STDLIB.search(file)


def is_stdlib(file: str) -> bool:
    return file.startswith("<frozen ") or bool(_STDLIB.search(file))


def distribution_of(file: str) -> str | None:
    """The top-level folder in site-packages: `pandas`, `airflow`; None elsewhere."""
    match = _DISTRIBUTION.search(file)
    return match[1].removesuffix(".py") if match else None


def is_operator_code(file: str) -> bool:
    """An operator, hook or sensor that the user keeps in plugins/: it speaks for a service, as a provider's does."""
    return (
        "/plugins/" in file and is_own(file) and any(part in file for part in ("/operators/", "/hooks/", "/sensors/"))
    )


def own_frame(chain: Chain | None) -> Frame | None:
    """The innermost frame in the user's code, of the exception that ended the work if it has one, else of an earlier."""
    links = chain.links if chain else ()
    frames = (frame for raised in reversed(links) for frame in reversed(raised.frames) if is_own(frame.file))
    return next(frames, None)


def innermost(raised: Raised | None) -> Frame | None:
    """The frame that raised, past the import machinery, the standard library and mere look-ups."""
    for frame in reversed(raised.frames if raised else ()):
        if frame.file.startswith(_MACHINERY) or frame.file.endswith(_MACHINERY) or frame.function in _LOOK_UPS:
            continue
        if not is_stdlib(frame.file):
            return frame
    return None


def raised_in_own(raised: Raised | None) -> bool:
    """Whether the user's code raised it, itself or by a call into the standard library; True where no frame tells."""
    frame = innermost(raised)
    return frame is None or not is_installed(frame.file)


def raised_in_airflow(raised: Raised | None) -> bool:
    """Whether Airflow itself raised it, core, task SDK or provider."""
    frame = innermost(raised)
    return frame is not None and distribution_of(frame.file) == "airflow"


def from_library(raised: Raised | None) -> bool:
    """Whether code that is not the user's raised it: what it says is then a fact, not the user's words."""
    return raised is not None and bool(raised.frames) and not is_own(raised.frames[-1].file)


def on_import(raised: Raised) -> bool:
    """Whether it broke while an installed module was imported: one of its `<module>` frames stands below the last own one."""
    for frame in reversed(raised.frames):
        if is_own(frame.file):
            return False
        if frame.function == "<module>" and is_installed(frame.file) and "/bin/" not in frame.file:
            return True
    return False


# Classes that say nothing by themselves: whoever raises one says it in words of their own.
_WORDS_ONLY = frozenset(
    {
        "Exception",
        "ValueError",
        "RuntimeError",
        "LookupError",
        "NotImplementedError",
        "AssertionError",
        "AirflowException",
        "AirflowFailException",
    }
)


def in_users_words(raised: Raised | None) -> bool:
    """Whether the user's code raised it itself, in a class that says nothing: then its words are no service's or driver's."""
    frame = raised.frames[-1] if raised and raised.frames else None
    if raised is None or frame is None or not is_own(frame.file) or is_operator_code(frame.file):
        return False
    if frame.code is not None and not frame.code.startswith("raise"):
        return False
    return raised.name in _WORDS_ONLY or raised.type.startswith("unusual_prefix_")


# Where every sensor's deferral ends, in Airflow 2 and 3
_SENSOR = ("airflow/sensors/base.py", "airflow/sdk/bases/sensor.py")


def in_sensor(chain: Chain | None) -> bool:
    """Whether a sensor's own wait raised it."""
    links = chain.links if chain else ()
    return any(frame.file.endswith(_SENSOR) for raised in links for frame in raised.frames)


def is_of_operator(raised: Raised) -> bool:
    """Whether an operator's constructor raised it: ids and arguments are checked for DAGs and for tasks alike."""
    return any(frame.function in ("__init__", "apply_defaults") and "operator" in frame.file for frame in raised.frames)
