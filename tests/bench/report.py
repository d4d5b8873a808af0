"""The result of a benchmark: figures, each with its target."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.bench.machine import machine

Figure = float | int | str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A target for a figure: at most, or with `at_least` at least, this much."""

    key: str
    limit: float
    at_least: bool = False

    def is_met(self, figures: Mapping[str, Figure]) -> bool:
        """Whether the figure meets the target; a missing one does not."""
        figure = figures.get(self.key)
        if not isinstance(figure, int | float):
            return False
        return figure >= self.limit if self.at_least else figure <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one benchmark.

    Attributes:
        name: of the benchmark.
        figures: by key; the keys end in their unit (`_ms`, `_s`, `_mb`, `_rtt`).
        targets: what the figures should be.
        wrong: how many things were lost or happened twice, which is never right, however fast.
        versions: additions to the description of the machine.
        remarks: what a reader should know about the measurement.
    """

    name: str
    figures: Mapping[str, Figure]
    targets: tuple[Target, ...] = ()
    wrong: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether every target is met."""
        return all(target.is_met(self.figures) for target in self.targets)

    def as_json(self) -> dict[str, Any]:
        """One object: the figures, their targets, and the machine."""
        return {
            "name": self.name,
            **self.figures,
            "bars": {
                target.key: {"at_least" if target.at_least else "at_most": target.limit}
                for target in self.targets
            },
            "missed": [target.key for target in self.targets if not target.is_met(self.figures)],
            "met": self.met,
            "machine": machine(**self.versions),
        }

    def lines(self) -> Iterable[str]:
        """The table for people."""
        targets = {target.key: target for target in self.targets}
        described = machine(**self.versions)
        yield f"\n{self.name} on " + ", ".join(f"{key} {value}" for key, value in described.items())
        for key, figure in self.figures.items():
            target = targets.get(key)
            verdict = (
                f"{target!s:>10}  {'met' if target.is_met(self.figures) else 'MISSED'}" if target else ""
            )
            yield f"  {key:<24} {_shown(figure):>12} {verdict}".rstrip()
        for remark in self.remarks:
            yield f"  ({remark})"


def _shown(figure: Figure) -> str:
    return f"{figure:.2f}" if isinstance(figure, float) else str(figure)
