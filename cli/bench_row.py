"""One measured figure beside its bar."""

from __future__ import annotations

from dataclasses import dataclass

# A bar is broken by noise of a busy machine before it is broken by us: `--strict` fails only beyond this
TOLERANCE = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, in `unit`; `bar` None: a figure to know, without a promise."""

    what: str
    measured: float
    unit: str
    bar: float | None = None
    at_least: bool = False  # True: the bar is a minimum

    @property
    def excess(self) -> float:
        """By which share the bar is missed; 0 or less where it holds."""
        if self.bar is None:
            return 0.0
        return self.bar / max(self.measured, 1e-9) - 1 if self.at_least else self.measured / self.bar - 1

    @property
    def broken(self) -> bool:
        """Missed by more than the tolerance."""
        return self.excess > TOLERANCE
