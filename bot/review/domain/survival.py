"""Durations of which some are not over yet: quantiles after Kaplan and Meier.

An incident that is still open has lasted at least as long as it has been open. Leaving it out would make the figures
look better than they are, because the longest ones are those that are still open. So it counts as *censored*: it is
among those that last longer until the time up to which it was observed, and says nothing after that.

Source: Kaplan & Meier 1958, "Nonparametric Estimation from Incomplete Observations"; Greenwood 1926 for the variance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

_EXACT = 1e-9  # shares of a whole are compared with this tolerance


@dataclass(frozen=True, slots=True)
class Observation:
    """How long something took in one incident.

    Attributes:
        number: the incident's number.
        seconds: how long it took; for one that is not over, how long it has lasted so far.
        is_over: whether it is over; if not, it is censored.
    """

    number: int
    seconds: float
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Sample:
    """Observations in the order of their length; of equally long ones, those that are over come first."""

    seconds: tuple[float, ...]
    is_over: tuple[bool, ...]

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> "Sample":
        """The sample of these observations, in any order."""
        ordered = sorted((each.seconds, not each.is_over) for each in observations)
        return cls(tuple(each[0] for each in ordered), tuple(not each[1] for each in ordered))

    def __len__(self) -> int:
        """How many observations there are."""
        return len(self.seconds)

    @property
    def over(self) -> int:
        """How many of them are over."""
        return sum(self.is_over)

    def quantile(self, share: float) -> float | None:
        """The duration within which this share was over, in seconds; None if the curve does not get there.

        Where the curve meets the share exactly, it is the middle between that duration and the next, so that the median
        of complete observations is the usual one.
        """
        return quantile(self.seconds, [at for at, over in enumerate(self.is_over) if not over], share)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the curve.

    Attributes:
        seconds: the duration at which it goes down.
        lasting: the share that lasts longer than that.
        variance: the variance of that share, after Greenwood.
    """

    seconds: float
    lasting: float
    variance: float


def steps(sample: Sample) -> Iterator[Step]:
    """The curve of a sample: the share that lasts longer, at each duration at which it changes."""
    lasting, relative, place = 1.0, 0.0, 0
    for seconds, group in groupby(zip(sample.seconds, sample.is_over, strict=True), key=lambda each: each[0]):
        outcomes = [over for _, over in group]
        at_risk, ended = len(sample) - place, sum(outcomes)
        place += len(outcomes)
        if not ended:
            continue
        lasting *= (at_risk - ended) / at_risk
        if ended < at_risk:
            relative += ended / (at_risk * (at_risk - ended))
        yield Step(seconds, lasting, lasting * lasting * relative)


def quantile(ordered: Sequence[float], censored: Sequence[int], share: float) -> float | None:
    """The quantile of ordered durations; see `Sample.quantile`.

    It needs a step for each censored one only: between two of them, the curve goes down by the same amount each time.

    Args:
        ordered: the durations, in order.
        censored: the places of the censored ones among them, in order.
        share: between 0 and 1.
    """
    count, lasting, target, begin = len(ordered), 1.0, 1.0 - share, 0
    for stop in [*censored, count]:
        # After the observation at `place`, a share of `lasting * (count - place - 1) / count` lasts longer.
        place = max(begin, ceil(count - 1 - target * count / lasting - _EXACT * count))
        if place < stop:
            meets = abs(lasting * (count - place - 1) / count - target) < _EXACT
            following = _next_over(place, censored, count) if meets else None
            return ordered[place] if following is None else (ordered[place] + ordered[following]) / 2
        if stop < count - 1:
            lasting *= (count - stop) / (count - stop - 1)
        begin = stop + 1
    return None


def _next_over(place: int, censored: Sequence[int], count: int) -> int | None:
    """The place of the next one that is over; None if there is none."""
    skipped = set(censored)
    return next((each for each in range(place + 1, count) if each not in skipped), None)
