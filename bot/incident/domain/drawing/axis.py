"""The time axis. Long silences are folded, so that forty minutes and nine days both can be read."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

SHORTEST_FOLD = timedelta(hours=1)
FOLDS_MAX = 8
_TYPICAL = 12  # a silence of so many usual ones is long
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the axis, from `start` until `end` (UTC), drawn from `left` to `right`.

    Attributes:
        folded: whether it is a long silence, which has the same width however long it was.
    """

    start: datetime
    end: datetime
    left: float
    right: float
    folded: bool

    @property
    def lasted(self) -> timedelta:
        """How long."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Axis:
    """The pieces, in order and without holes."""

    pieces: Sequence[Piece]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def folds(self) -> list[Piece]:
        """The silences that are folded."""
        return [piece for piece in self.pieces if piece.folded]

    def place(self, at: datetime) -> float:
        """Where a moment is. What is before the axis is at its beginning, and what is after it at its end."""
        index = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(index, 0)]
        share = (at - piece.start) / piece.lasted if piece.lasted else 0.0
        return piece.left + min(max(share, 0.0), 1.0) * (piece.right - piece.left)


def axis(moments: Sequence[datetime], left: float, right: float, fold: float, least: float) -> Axis:
    """The axis of these moments.

    Args:
        moments: when something happened (UTC), at least one, in order.
        left: where it begins.
        right: where it ends.
        fold: how wide a folded silence is.
        least: how wide any other piece is at least.
    """
    cuts = _cuts(moments)
    edges = [moments[0], *(edge for cut in cuts for edge in cut), max(moments[-1], moments[0] + _MINUTE)]
    pieces = [(start, end, (start, end) in cuts) for start, end in pairwise(edges)]
    if len(pieces) > 1 and pieces[-1][0] == pieces[-1][1]:
        pieces.pop()  # nothing is after the last silence
    told = [end - start for start, end, folded in pieces if not folded]
    free = right - left - fold * len(cuts) - least * len(told)
    whole = sum(told, timedelta()) or _MINUTE
    drawn: list[Piece] = []
    x = left
    for start, end, folded in pieces:
        width = fold if folded else least + free * ((end - start) / whole)
        drawn.append(Piece(start, end, x, x + width, folded))
        x += width
    return Axis(drawn)


def _cuts(moments: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """The silences that are folded: much longer than the usual ones, and at least an hour; the longest, in order."""
    gaps = [(start, end) for start, end in pairwise(moments) if end - start >= _MINUTE]
    if not gaps:
        return []
    usual = timedelta(seconds=median((end - start).total_seconds() for start, end in gaps))
    long = [gap for gap in gaps if gap[1] - gap[0] > max(SHORTEST_FOLD, _TYPICAL * usual)]
    return sorted(sorted(long, key=lambda gap: gap[0] - gap[1])[:FOLDS_MAX])
