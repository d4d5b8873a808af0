"""How many incidents took how long, for a chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.review.domain.survival import Observation

# Upper limits in seconds, each with its name; a duration is in the first that is not shorter.
_LIMITS = (
    (5 * 60, "to 5 min"),
    (15 * 60, "to 15 min"),
    (30 * 60, "to 30 min"),
    (3600, "to 1 h"),
    (2 * 3600, "to 2 h"),
    (4 * 3600, "to 4 h"),
    (8 * 3600, "to 8 h"),
    (24 * 3600, "to 1 day"),
    (7 * 24 * 3600, "to 7 days"),
)
_LONGER = "longer"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Durations of about the same length.

    Attributes:
        over: how many are over.
        still: how many have lasted so long and are not over.
    """

    name: str
    over: int
    still: int


def buckets(observations: Sequence[Observation]) -> list[Bucket]:
    """The buckets from the shortest to the longest duration that there is; none of nothing."""
    names = [name for _, name in _LIMITS] + [_LONGER]
    places = [_place(each.seconds) for each in observations]
    if not places:
        return []
    return [
        Bucket(
            names[place],
            sum(at == place and each.is_over for at, each in zip(places, observations, strict=True)),
            sum(at == place and not each.is_over for at, each in zip(places, observations, strict=True)),
        )
        for place in range(min(places), max(places) + 1)
    ]


def _place(seconds: float) -> int:
    return next((place for place, (limit, _) in enumerate(_LIMITS) if seconds <= limit), len(_LIMITS))
