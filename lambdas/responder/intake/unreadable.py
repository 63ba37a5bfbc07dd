"""What no retry can help."""

from __future__ import annotations


class UnreadableEvent(Exception):
    """The event can never be read, now or later; the text says why, without quoting the event."""
