"""A place in a text."""

from __future__ import annotations

Span = tuple[int, int]  # the first character, and the one behind the last
