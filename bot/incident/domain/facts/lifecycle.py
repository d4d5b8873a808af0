"""Facts about the course of an incident: its declaration, severity, status and milestones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.kinds import Kind, mark_of_title
from bot.incident.domain.vocabulary import Milestone, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(BaseFact):
    """The incident was declared.

    Attributes:
        source: the link to the message from which it was declared; empty if there is none.
        room: the id of the channel that people had before and that is its war room; empty if a war room is opened.
        without_room: whether it was over when it was declared, so that it needs no war room.
        severity_assumed: whether nobody chose the severity: it is the one that the form proposes.
        services: the keys of the services that it affects, in the order in which they were named.
        service_titles: the titles that these had then.
        rehearses: the number of the action item that the drill tries out; None if it tries out none.
        kind: what it is; None in facts of earlier releases: then its title says it.
        came_from: the name of what became this incident in another subject, such as `NM-7`; empty if nothing did.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "summary")
    links: ClassVar[tuple[str, ...]] = ("source",)
    marks: ClassVar[Mapping[str, Callable[[str], str]]] = {"title": mark_of_title}

    number: int
    title: str
    severity: Severity
    summary: str = ""
    private: bool = False
    source: str = ""
    room: str = ""
    without_room: bool = False
    severity_assumed: bool = False
    services: tuple[str, ...] = ()
    service_titles: tuple[str, ...] = ()
    kind: Kind | None = None
    rehearses: int | None = None
    came_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(BaseFact):
    """The severity was raised or lowered.

    Attributes:
        impact: the answers to the policy's questions about the impact, each with its question.
    """

    words: ClassVar[tuple[str, ...]] = ("reason",)

    old: Severity
    new: Severity
    reason: str = ""
    impact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(BaseFact):
    """The status changed: usually to the next one or, with a reason, back to an earlier one."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

    old: Status
    new: Status
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSet(BaseFact):
    """The time of a milestone was recorded or corrected.

    Attributes:
        old: the time that was recorded before; None if there was none.
        old_by: who had set the old time; empty if there was none, or if that is unknown.
        reason: where the time comes from.
    """

    words: ClassVar[tuple[str, ...]] = ("reason",)
    actors: ClassVar[tuple[str, ...]] = ("by", "old_by")

    milestone: Milestone
    when: datetime
    old: datetime | None = None
    old_by: str = ""
    reason: str = ""
