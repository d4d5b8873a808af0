"""What is still open in a war room after the end of an incident: a pure function of the state and the policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_owed import is_asked_for
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.tasks import Task
from bot.incident.domain.vocabulary import Milestone, Status

ASKED = (Milestone.STARTED, Milestone.DETECTED)  # the others are known by what people did


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What is still open.

    Attributes:
        milestones: those that nobody has recorded.
        tasks: those that are neither done nor dropped.
        without_owner: whether a postmortem is owed and nobody has said who writes it.
        owes_postmortem: whether one is owed, with or without an owner: its action items are added until it is reviewed.
    """

    milestones: Sequence[Milestone] = ()
    tasks: Sequence[Task] = ()
    without_owner: bool = False
    owes_postmortem: bool = False

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(self.milestones or self.tasks or self.owes_postmortem)


def open_points(incident: Incident, policy: Policy) -> OpenPoints:
    """What is still open; nothing before the end and after the review. What was set aside has only its tasks."""
    if not incident.is_closed or incident.status is Status.REVIEWED:
        return OpenPoints()
    if incident.status.is_set_aside:
        return OpenPoints(tasks=incident.open_tasks)
    owes = owes_postmortem(incident, policy)
    return OpenPoints(
        [each for each in ASKED if each not in incident.milestones],
        incident.open_tasks,
        without_owner=owes and incident.postmortem_owner is None,
        owes_postmortem=owes,
    )


def owes_postmortem(incident: Incident, policy: Policy) -> bool:
    """Whether the policy asks for a postmortem that nobody has begun to review or given up."""
    if incident.status.is_set_aside or not is_asked_for(incident, policy):
        return False
    return incident.postmortem.stage is Stage.DRAFT
