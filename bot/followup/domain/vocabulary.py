"""The words of action items."""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What an action item is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    LEARN = "learn"

    @property
    def meaning(self) -> str:
        """What it means, for the form."""
        return _MEANINGS[self]


_MEANINGS = {
    Kind.PREVENT: "so that it does not happen again",
    Kind.DETECT: "so that we notice it sooner",
    Kind.MITIGATE: "so that it does less harm, or ends sooner",
    Kind.LEARN: "so that we understand it",
}


class Priority(IntEnum):
    """How important it is; the lowest number comes first in lists of the same day."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.name.lower()


class State(StrEnum):
    """What has become of it."""

    OPEN = "open"
    DONE = "done"
    NOT_DOING = "not doing"


class Decided(StrEnum):
    """What a review board has decided."""

    DECISION = "decision"
    INVESTMENT = "investment"

    @property
    def meaning(self) -> str:
        """What it means, for the form."""
        return _DECIDED[self]


_DECIDED = {
    Decided.DECISION: "something is done differently from now on",
    Decided.INVESTMENT: "time or money goes into reliability",
}


def reference(number: int) -> str:
    """An action item's name for people: `ACT-3`."""
    return f"ACT-{number}"
