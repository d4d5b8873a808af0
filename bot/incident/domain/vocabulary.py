"""The terms of incident management: severities, statuses, roles, milestones."""

import re
from enum import IntEnum, StrEnum
from typing import Final

from bot.core.actor import own_name


class Severity(IntEnum):
    """How badly customers are hit; SEV1 is the worst. If unsure between two, take the worse one."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3
    SEV4 = 4

    @property
    def label(self) -> str:
        """Its name for people: `SEV1`."""
        return self.name

    @classmethod
    def parse(cls, text: str) -> "Severity | None":
        """Read `sev1`, `SEV-1`, `severity 1`, `s1` or `1`; None if it is not a severity."""
        match = re.fullmatch(r"(?:(?:severity|sev|s)[- ]?)?([1-4])", text.strip().lower())
        return cls(int(match[1])) if match else None


class Status(StrEnum):
    """The status of an incident, in the usual order. The last two are for what was no incident of its own."""

    TRIAGE = "triage"
    MITIGATING = "mitigating"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"

    @property
    def is_closed(self) -> bool:
        """Whether the incident is over: no update is due any more, and reopening needs a reason."""
        return self in (Status.RESOLVED, Status.REVIEWED) or self.is_set_aside

    @property
    def is_set_aside(self) -> bool:
        """Whether it was no incident of its own, but a false alarm or a duplicate: nobody owes a review."""
        return self in (Status.CANCELLED, Status.DUPLICATE)

    @classmethod
    def parse(cls, text: str) -> "Status | None":
        """Read a status by its name, in upper or lower case; None if it is not a status."""
        try:
            return cls(text.strip().lower())
        except ValueError:
            return None


class Role:
    """The keys of the roles that a rule or a message knows. Which roles there are, the policy says."""

    COMMANDER: Final = "commander"
    DEPUTY: Final = "deputy"
    COMMUNICATIONS: Final = "communications"
    OPERATIONS: Final = "operations"
    SCRIBE: Final = "scribe"
    LIAISON: Final = "liaison"
    EXPERT: Final = "expert"

    @classmethod
    def rank(cls, key: str) -> tuple[int, str]:
        """By which roles are sorted where the policy is not known: these in this order, then the others."""
        known = (
            cls.COMMANDER,
            cls.DEPUTY,
            cls.COMMUNICATIONS,
            cls.OPERATIONS,
            cls.SCRIBE,
            cls.LIAISON,
            cls.EXPERT,
        )
        return (known.index(key) if key in known else len(known)), key


class RoleEndReason(StrEnum):
    """Why a person no longer holds a role although nobody took it over."""

    UNASSIGNED = "unassigned"
    DECLINED = "declined"
    LEFT = "left"
    DEACTIVATED = "deactivated"

    @property
    def is_gone(self) -> bool:
        """Whether the person is no longer there."""
        return self in (RoleEndReason.LEFT, RoleEndReason.DEACTIVATED)


class Milestone(StrEnum):
    """The moments between which the times to detect, acknowledge, mitigate and resolve are measured."""

    STARTED = "started"
    DETECTED = "detected"
    DECLARED = "declared"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"

    @property
    def phrase(self) -> str:
        """Its moment, at the beginning of a sentence: `The start of impact`."""
        return f"{self.noun[0].upper()}{self.noun[1:]}"

    @property
    def noun(self) -> str:
        """Its moment: `the start of impact`."""
        return _MILESTONE_NOUNS[self]

    @classmethod
    def parse(cls, text: str) -> "Milestone | None":
        """Read a milestone by its name, in upper or lower case, or by a usual form of it; None if it is none."""
        return _MILESTONE_WORDS.get(text.strip().lower())


_MILESTONE_NOUNS = {
    Milestone.STARTED: "the start of impact",
    Milestone.DETECTED: "the detection",
    Milestone.DECLARED: "the declaration",
    Milestone.ACKNOWLEDGED: "the acknowledgement",
    Milestone.MITIGATED: "the mitigation",
    Milestone.RESOLVED: "the resolution",
}

_MILESTONE_WORDS = {milestone.value: milestone for milestone in Milestone} | {
    "start": Milestone.STARTED,
    "impact": Milestone.STARTED,
    "ack": Milestone.ACKNOWLEDGED,
    "acked": Milestone.ACKNOWLEDGED,
}


def mention(actor: str) -> str:
    """A machine's name, or a person's id as Slack writes it in text, so that every surface can show the person's name."""
    return own_name(actor) or f"<@{actor}>"


def reference(number: int) -> str:
    """An incident's name for people: `INC-42`."""
    return f"INC-{number}"
