"""Where labels fit without touching one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_LINE = 3.0  # on each side of the line from a mark to its label


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is to be placed near `x`.

    Attributes:
        widths: of its forms, the best first.
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
    crosses no other label: so the last mark is placed first. Labels that matter come first, but only if they would find
    no place otherwise, because their lines take the room of others.
    """
    paper = _Paper([_Row() for _ in range(rows)], right, gap)
    placed = _all(wanted, paper, matters_first=False)
    if any(each.matters and number not in placed for number, each in enumerate(wanted)):
        paper = _Paper([_Row() for _ in range(rows)], right, gap)
        placed = _all(wanted, paper, matters_first=True)
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


def _all(wanted: Sequence[Wanted], paper: _Paper, *, matters_first: bool) -> dict[int, Placed]:
    """The places by the number of the label: left of the last marks and far from them, then right of the others."""
    order = sorted(
        range(len(wanted)), key=lambda each: (matters_first and not wanted[each].matters, -wanted[each].x)
    )
    last = [each for each in order if paper.overflows(wanted[each])]
    turns = [*((each, True) for each in last), *((each, False) for each in order if each not in last)]
    placed: dict[int, Placed] = {}
    for each, turned in turns:
        deep = turned or (matters_first and wanted[each].matters)
        if found := _placed(wanted[each], paper, turned=turned, deep=deep):
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
        if start + width > paper.right:
            continue
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
