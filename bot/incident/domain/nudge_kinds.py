"""What people are asked when something seems to have been forgotten, in the order in which it matters."""

from enum import StrEnum


class NudgeKind(StrEnum):
    """The kind of a nudge. The database stores the value."""

    SEVERITY = "severity"  # nobody has chosen the severity
    SCRIBE = "scribe"  # nobody writes down what happens
    SILENCE = "silence"  # nobody has put anything on the timeline for long
    MITIGATED = "mitigated"  # it has been mitigated for long: is it over?
    FORGOTTEN = "forgotten"  # nobody has done anything in it for very long

    @property
    def rank(self) -> int:
        """Its place among those that are due at the same time: the lowest comes first."""
        return list(NudgeKind).index(self)
