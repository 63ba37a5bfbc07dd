"""Whether a setup.py can even start on the image's Python; it is parsed and never run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

from responder.knowledge.standard_library import is_standard

LIMITS = frozenset({"max_python_version", "max_python"})
LONGEST = 300_000  # characters of a module that is surely read whole
VERSION = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,2}")


class Start(NamedTuple):
    """What a setup.py starts with."""

    build: tuple[str, ...]  # what pip installs for the build
    python: tuple[int, ...]


def broken_setup(names: list[str], text: Callable[[str], str], setup: str, start: Start) -> str | None:
    """Why a setup.py stops: written for Python 2, or importing what an isolated build has not. None if nothing says so."""
    tree = _parsed(text(setup))
    if tree is None:
        return "its setup.py is no code for Python 3"
    if (refused := _refuses(tree, start.python)) is not None:
        return f"its setup.py stops on Python {refused} and later"
    folder = setup.rpartition("/")[0]
    reasons = (_of_import(module, names, text, folder, start) for module in _imported(tree))
    return next(filter(None, reasons), None)


def _of_import(module: str, names: list[str], text: Callable[[str], str], folder: str, start: Start) -> str | None:
    if module == "pkg_resources" and not any(each.startswith("setuptools") and "<" in each for each in start.build):
        return "its setup.py needs pkg_resources, which today's setuptools no longer has"
    if module == "imp" and start.python >= (3, 12):
        return "its setup.py needs the module imp, which Python 3.12 no longer has"
    if module in {"numpy", "Cython"} and not any(each.startswith(module.lower()) for each in start.build):
        return f"its setup.py needs {module}, which pip's isolated build does not have"
    package = f"{folder}/{module}/__init__.py"
    if package in names and _of_python_2(text(package), module, names, folder):
        return f"its setup.py imports {module}, which is code for Python 2"
    return None


def _of_python_2(code: str, module: str, names: list[str], folder: str) -> bool:
    """No code for Python 3, or it imports its own parts as only Python 2 finds them: without a dot."""
    tree = _parsed(code)
    if tree is None:
        return len(code) < LONGEST  # else its end may be missing
    parts = {each for each in _imported(tree) if each != module and not is_standard(each)}
    there = frozenset(names)
    return any(_is(f"{folder}/{module}/{each}", there) and not _is(f"{folder}/{each}", there) for each in parts)


def _is(module: str, there: frozenset[str]) -> bool:
    """Whether a module of that path lies there, as a file or a folder."""
    return f"{module}.py" in there or f"{module}/__init__.py" in there


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _imported(tree: ast.Module) -> Iterator[str]:
    """What the module imports without condition, at its top."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _refuses(tree: ast.Module, python: tuple[int, ...]) -> str | None:
    """The Python from which on the module's own limit stops it, as numba's and llvmlite's do with max_python_version."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = {target.id.lower() for target in node.targets if isinstance(target, ast.Name)}
            limit = str(node.value.value)
            if names & LIMITS and VERSION.fullmatch(limit) and python >= tuple(map(int, limit.split("."))):
                return limit
    return None
