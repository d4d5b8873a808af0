"""What a benchmark has found: figures, each beside its bar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.bench.machine import machine

Figure = float | int | str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A promise about a figure: at most, or with `at_least` at least, so much."""

    key: str
    limit: float
    at_least: bool = False

    def is_met(self, figures: Mapping[str, Figure]) -> bool:
        """Whether the figure keeps it; one that is missing does not."""
        figure = figures.get(self.key)
        if not isinstance(figure, int | float):
            return False
        return figure >= self.limit if self.at_least else figure <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One benchmark's outcome.

    Attributes:
        name: the benchmark's.
        figures: by key; names end in their unit (`_ms`, `_s`, `_mb`, `_rtt`).
        bars: what the figures are held against.
        wrong: how many things were lost or happened twice: never right, however fast.
        versions: what else the machine's description names.
        remarks: what a reader should know of how it was measured.
    """

    name: str
    figures: Mapping[str, Figure]
    bars: tuple[Bar, ...] = ()
    wrong: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether every bar is met."""
        return all(bar.is_met(self.figures) for bar in self.bars)

    def as_json(self) -> dict[str, Any]:
        """One object: the figures, and beside them what they are held against and were measured on."""
        return {
            "name": self.name,
            **self.figures,
            "bars": {bar.key: {"at_least" if bar.at_least else "at_most": bar.limit} for bar in self.bars},
            "missed": [bar.key for bar in self.bars if not bar.is_met(self.figures)],
            "met": self.met,
            "machine": machine(**self.versions),
        }

    def lines(self) -> Iterable[str]:
        """The table for people."""
        bars = {bar.key: bar for bar in self.bars}
        described = machine(**self.versions)
        yield f"\n{self.name} on " + ", ".join(f"{key} {value}" for key, value in described.items())
        for key, figure in self.figures.items():
            bar = bars.get(key)
            verdict = f"{bar!s:>10}  {'met' if bar.is_met(self.figures) else 'MISSED'}" if bar else ""
            yield f"  {key:<24} {_shown(figure):>12} {verdict}".rstrip()
        for remark in self.remarks:
            yield f"  ({remark})"


def _shown(figure: Figure) -> str:
    return f"{figure:.2f}" if isinstance(figure, float) else str(figure)
