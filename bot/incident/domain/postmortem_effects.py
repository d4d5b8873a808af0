"""What Slack must show of facts about the postmortem."""

from typing import assert_never

from bot.incident.domain import facts
from bot.incident.domain.effects import Effect, PublishPostmortem, ShareDraft, ShowCard, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry


def postmortem_effects(entry: Entry, fact: facts.AboutPostmortem, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of such a fact; `incident` is the state after it.

    What is written in it is no news for the war room: the draft is asked for, and sent to review.
    """
    message = TellRoom(entry.seq)
    match fact:
        case facts.PostmortemOwed() | facts.PostmortemSectionWritten() | facts.PostmortemEntriesTakenOver():
            return (ShowCard(),)
        case facts.PostmortemSentToReview():
            return (message, ShareDraft(), ShowCard())
        case facts.PostmortemApproved() | facts.PostmortemChangesWanted() | facts.PostmortemNotWanted():
            return (message, ShowCard())
        case facts.PostmortemPublished():
            announced = () if incident.private else (PublishPostmortem(fact.version),)
            return (message, ShareDraft(), *announced, ShowCard())
        case _:
            assert_never(fact)
