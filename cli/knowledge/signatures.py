"""What the classes of a file are made with: the parameters of `__init__`, or the fields of an attrs class."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """How one class is made. `bases` are dotted names as far as the file's imports tell them."""

    bases: tuple[str, ...]
    parameters: frozenset[str]
    passes_on: bool  # takes **kwargs, or has no __init__ of its own: what its bases take, it takes too


def read_signatures(source: str, module: str) -> dict[str, Made]:
    """Class name -> how it is made, of the classes at the top of a file. Raises SyntaxError."""
    tree = ast.parse(source)
    imported = dict(_imports(tree, module))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    local = {node.name: f"{module}.{node.name}" for node in classes}
    return {node.name: _made(node, imported | local) for node in classes}


def _imports(tree: ast.Module, module: str) -> Iterator[tuple[str, str]]:
    """Also those inside `if` and `try`: a base may be imported from an older or from a newer place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                origin = ".".join([*module.split(".")[: -node.level], *([origin] if origin else [])])
            for alias in node.names:
                yield alias.asname or alias.name, f"{origin}.{alias.name}"


def _made(node: ast.ClassDef, known: dict[str, str]) -> Made:
    bases = tuple(known.get(name, name) for name in (_dotted(base) for base in node.bases) if name)
    init = next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
    if init is not None:
        named = [*init.args.posonlyargs, *init.args.args, *init.args.kwonlyargs]
        return Made(bases, frozenset(each.arg for each in named) - {"self"}, init.args.kwarg is not None)
    fields = (
        frozenset(_fields(node)) if any("define" in ast.dump(each) for each in node.decorator_list) else frozenset()
    )
    return Made(bases, fields, passes_on=True)


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if (
            isinstance(each, ast.AnnAssign)
            and isinstance(each.target, ast.Name)
            and "init=False" not in ast.unparse(each)
        ):
            yield each.target.id.lstrip("_")


def _dotted(node: ast.expr) -> str | None:
    """`Base`, `module.Base`, `Base[T]`."""
    if isinstance(node, ast.Subscript):
        return _dotted(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None
