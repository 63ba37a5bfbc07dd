"""Every cause there is: whoever lies below `causes/` with a RULE is one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from responder.diagnosis import causes
from responder.diagnosis.rule import Rule


@cache
def load() -> tuple[Rule[Any], ...]:
    """All rules, sorted by category and cause. Raises what a broken module raises, AttributeError where RULE lacks."""
    modules = (
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(causes.__path__, f"{causes.__name__}.")
        if not each.ispkg
    )
    rules: list[Rule[Any]] = [module.RULE for module in modules]
    return tuple(sorted(rules, key=lambda rule: (rule.category.value, rule.cause)))
