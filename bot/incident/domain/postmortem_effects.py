"""What Slack must show of facts about the postmortem."""

from typing import assert_never

from bot.incident.domain import facts
from bot.incident.domain.effects import Effect, PublishPostmortem, Retell, ShareDraft, ShowCard, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry


def postmortem_effects(entry: Entry, fact: facts.AboutPostmortem, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of such a fact; `incident` is the state after it.

    What is written in it is no news for the war room: the draft is asked for, and sent to review.
    """
    message, before = TellRoom(entry.seq), _again(incident.postmortem.step_before)
    match fact:
        case facts.PostmortemOwed() | facts.PostmortemSectionWritten():
            return (ShowCard(),)
        case facts.PostmortemEntriesTakenOver():
            return (*_again(incident.postmortem.step), ShowCard())
        case facts.PostmortemSentToReview():
            return (*before, message, ShareDraft(), ShowCard())
        case facts.PostmortemApproved() | facts.PostmortemChangesWanted() | facts.PostmortemNotWanted():
            return (*before, message, ShowCard())
        case facts.PostmortemPublished():
            announced = () if incident.private else (PublishPostmortem(fact.version),)
            return (*before, message, ShareDraft(), *announced, ShowCard())
        case _:
            assert_never(fact)


def _again(seq: int | None) -> tuple[Effect, ...]:
    """The edit of the message about an earlier step, which no longer has the buttons, or has others."""
    return () if seq is None else (Retell(seq),)
