"""Where labels fit without touching one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_LINE = 3.0  # on each side of the line from a mark to its label


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is to be placed near `x`.

    Attributes:
        widths: of its forms, the longest first.
        matters: whether it is placed before others if there is too little room.
    """

    x: float
    widths: Sequence[float]
    matters: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label is.

    Attributes:
        left: where its text begins.
        row: the number of its row, from 0, which is nearest to the marks.
        form: which of its forms fits.
    """

    left: float
    row: int
    form: int


@dataclass
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)

    def is_free(self, left: float, right: float) -> bool:
        return all(right <= start or end <= left for start, end in self.taken)


def place(wanted: Sequence[Wanted], rows: int, right: float, gap: float) -> list[Placed | None]:
    """A place for each label; None where none is free. No row between others stays empty.

    A label stands right of its mark, or left of it where it would end beyond `right`. The line from a mark to its label
    crosses no other label. Several orders are tried: the one counts in which all labels that matter have a place, and
    then the one in which most have.
    """
    placed: dict[int, Placed] = {}
    best = False, -1
    for matters_first, last_first in ((False, False), (False, True), (True, False), (True, True)):
        paper = _Paper([_Row() for _ in range(rows)], right, gap)
        found = _all(wanted, paper, matters_first=matters_first, last_first=last_first)
        score = all(number in found for number, each in enumerate(wanted) if each.matters), len(found)
        if score > best:
            placed, best = found, score
        if len(placed) == len(wanted):
            break
    used = sorted({each.row for each in placed.values()})
    rank = {row: number for number, row in enumerate(used)}
    return [
        replace(placed[each], row=rank[placed[each].row]) if each in placed else None
        for each in range(len(wanted))
    ]


@dataclass(frozen=True, slots=True)
class _Paper:
    """What labels are written on."""

    rows: Sequence[_Row]
    right: float
    gap: float

    def overflows(self, wanted: Wanted) -> bool:
        """Whether the best form would end beyond the edge."""
        return wanted.x + self.gap + wanted.widths[0] > self.right


def _all(
    wanted: Sequence[Wanted], paper: _Paper, *, matters_first: bool, last_first: bool
) -> dict[int, Placed]:
    """The places by the number of the label: right of the marks, the last first; and left of the marks at the edge.

    With `matters_first` labels that matter are placed before others, and far from their marks, where they hide no lines;
    with `last_first` likewise those at the edge.
    """
    order = sorted(
        range(len(wanted)), key=lambda each: (matters_first and not wanted[each].matters, -wanted[each].x)
    )
    last = [each for each in order if paper.overflows(wanted[each])]
    turned, others = [(each, True) for each in last], [(each, False) for each in order if each not in last]
    turns = [*turned, *others] if last_first else [*others, *reversed(turned)]
    placed: dict[int, Placed] = {}
    for each, is_turned in turns:
        deep = last_first if is_turned else matters_first and wanted[each].matters
        if found := _placed(wanted[each], paper, turned=is_turned, deep=deep):
            placed[each] = found
    return placed


def _placed(wanted: Wanted, paper: _Paper, *, turned: bool, deep: bool) -> Placed | None:
    """The first free place, with the longest form for which there is one."""
    rows, gap = paper.rows, paper.gap
    numbers = [number for number in range(len(rows)) if _is_reached(wanted.x, rows[: number + 1])]
    if deep:
        numbers.reverse()
    for form, width in enumerate(wanted.widths):
        start = wanted.x - gap - width if turned else wanted.x + gap
        edges = (start - gap, wanted.x + _LINE) if turned else (wanted.x - _LINE, start + width + gap)
        for number in numbers:
            if rows[number].is_free(*edges):
                rows[number].taken.append(edges)
                for above in rows[:number]:
                    above.taken.append((wanted.x - _LINE, wanted.x + _LINE))
                return Placed(start, number, form)
    return None


def _is_reached(x: float, rows: Sequence[_Row]) -> bool:
    """Whether a line leads from the mark through these rows."""
    return all(row.is_free(x - _LINE, x + _LINE) for row in rows)
