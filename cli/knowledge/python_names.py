"""The public names of a module, out of its source: read, never imported.

Three of Airflow's habits are understood besides definitions: names that a package loads lazily (`__lazy_imports`),
modules and names that only redirect (`add_deprecated_classes`), and old modules that import from a new one and say so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LAZY = ("lazy_imports", "deprecated_imports")
REDIRECT = "add_deprecated_classes"
PLUMBING = {"log", "logger", "annotations", "warnings", "pkgutil", "extend_path"}
ALL_OF_IT = "*"  # Airflow's word for a module that moved as a whole

# A docstring: This module is deprecated. Please use :mod:`airflow.operators.bash`.
_NEW_PLACE = re.compile(r"[Pp]lease use :(?:mod|class|py:mod|py:class):`~?([\w.]{1,200})`")


@dataclass(frozen=True)
class Names:
    """What one file offers."""

    public: set[str] = field(default_factory=set)
    passed_on: set[str] = field(default_factory=set)  # imported from elsewhere in Airflow: importable, but not its own
    moved: dict[str, str] = field(default_factory=dict)  # name -> dotted new place
    new_module: str | None = None  # the module that this one says to use
    redirects: dict[str, dict[str, str]] = field(default_factory=dict)  # module that is no file -> name -> new place


def read_names(source: str, module: str, *, is_package: bool) -> Names:
    """Raises SyntaxError where the source does not parse."""
    tree = ast.parse(source)
    found = Names(new_module=_new_place(tree))
    literals: dict[str, ast.Dict] = {}
    for node in _top_level(tree.body):
        _define(node, found, literals, own_imports=is_package or found.new_module is not None)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            _redirect(node.value, module, found, literals)
    for name, literal in literals.items():
        if any(word in name for word in LAZY):
            found.public.update(key for key in _strings(literal) if _is_public(key))
    return found


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run at import, also inside `if` and `try`, but not what only type checkers see."""
    for node in body:
        if isinstance(node, ast.If):
            if "TYPE_CHECKING" not in ast.dump(node.test):
                yield from _top_level(node.body)
            yield from _top_level(node.orelse)
        elif isinstance(node, ast.Try):
            yield from _top_level([*node.body, *(each for handler in node.handlers for each in handler.body)])
            yield from _top_level(node.orelse)
        else:
            yield node


def _define(node: ast.stmt, found: Names, literals: dict[str, ast.Dict], *, own_imports: bool) -> None:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        _add(found, node.name)
    elif isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("airflow")):
        for alias in node.names:
            _add_import(found, node.module or "", alias, own=own_imports)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            _assign(name, node.value, found, literals)


def _assign(name: str, value: ast.expr | None, found: Names, literals: dict[str, ast.Dict]) -> None:
    if isinstance(value, ast.Dict):
        literals[name] = value
    if name == "__all__" and isinstance(value, ast.List | ast.Tuple):
        for each in value.elts:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                _add(found, each.value)
    _add(found, name)


def _add_import(found: Names, module: str, alias: ast.alias, *, own: bool) -> None:
    name = alias.asname or alias.name
    if name == ALL_OF_IT or not _is_public(name):
        return
    (found.public if own else found.passed_on).add(name)
    if found.new_module and module == found.new_module:
        found.moved[name] = f"{module}.{alias.name}"


def _redirect(call: ast.Call, module: str, found: Names, literals: dict[str, ast.Dict]) -> None:
    if not (isinstance(call.func, ast.Name) and call.func.id == REDIRECT and call.args):
        return
    given = call.args[0]
    table = literals.get(given.id) if isinstance(given, ast.Name) else given
    if not isinstance(table, ast.Dict):
        return
    for key, value in zip(table.keys, table.values, strict=True):
        old = _redirected(key, module)
        if old and isinstance(value, ast.Dict):
            found.redirects[old] = _texts(value)


def _redirected(key: ast.expr | None, module: str) -> str | None:
    """A key is a module below this one, or `__name__` for this one."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value:
        return key.value if key.value.startswith("airflow.") else f"{module}.{key.value}"
    return module if isinstance(key, ast.Name) and key.id == "__name__" else None


def _texts(table: ast.Dict) -> dict[str, str]:
    return {
        key.value: value.value
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
        and isinstance(key.value, str) and isinstance(value.value, str)
    }  # fmt: skip


def _strings(table: ast.Dict) -> list[str]:
    return [key.value for key in table.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def _new_place(tree: ast.Module) -> str | None:
    said = _NEW_PLACE.search(ast.get_docstring(tree) or "")
    return said[1] if said and "deprecated" in (ast.get_docstring(tree) or "") else None


def _add(found: Names, name: str) -> None:
    if _is_public(name):
        found.public.add(name)


def _is_public(name: str) -> bool:
    return not name.startswith("_") and name not in PLUMBING
