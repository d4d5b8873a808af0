"""What Slack must show of facts about the postmortem."""

from typing import assert_never

from bot.incident.domain import facts
from bot.incident.domain.effects import (
    CloseDraftCanvas,
    Effect,
    PublishPostmortem,
    ReadDraftCanvas,
    Retell,
    SetBookmarks,
    ShareDraft,
    ShowCard,
    ShowPublished,
    TellRoom,
    WriteDraftSection,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry


def postmortem_effects(entry: Entry, fact: facts.AboutPostmortem, incident: Incident) -> tuple[Effect, ...]:
    """What Slack must show of such a fact; `incident` is the state after it.

    What is written in it is no news for the war room: the draft is asked for, and sent to review.
    """
    message, before = TellRoom(entry.seq), _again(incident.postmortem.step_before)
    match fact:
        case facts.PostmortemOwed():
            return (ShowCard(),)
        case facts.PostmortemSectionWritten():
            return (ShowCard(), *_about_canvas(fact, entry.seq, incident))
        case facts.PostmortemEntriesTakenOver():
            return (*_again(incident.postmortem.step), ShowCard())
        case facts.PostmortemSentToReview():
            return (*before, message, ShareDraft(), ShowCard())
        case facts.PostmortemApproved() | facts.PostmortemChangesWanted() | facts.PostmortemNotWanted():
            return (*before, message, ShowCard())
        case facts.PostmortemPublished():
            announced = () if incident.private else (PublishPostmortem(fact.version),)
            closed = (CloseDraftCanvas(fact.canvas),) if fact.canvas else ()
            shown = (ShareDraft(), ShowPublished(fact.version))
            return (*before, message, *shown, *announced, *closed, ShowCard())
        case (
            facts.PostmortemCanvasOpened()
            | facts.PostmortemCanvasRefused()
            | facts.PostmortemCanvasDiffers()
            | facts.PostmortemCanvasAnswered()
            | facts.PostmortemCanvasRead()
            | facts.PostmortemCanvasLeft()
        ):
            return _about_canvas(fact, entry.seq, incident)
        case _:
            assert_never(fact)


def _about_canvas(
    fact: facts.PostmortemSectionWritten | facts.AboutPostmortemCanvas, seq: int, incident: Incident
) -> tuple[Effect, ...]:
    """What such a fact changes in the canvas, and in the messages with its buttons."""
    message, asked = TellRoom(seq), _again(incident.postmortem.asked)
    match fact:
        case facts.PostmortemSectionWritten():
            is_beside = bool(incident.postmortem.canvas) and not fact.in_canvas
            return (*asked, ReadDraftCanvas(fact.by, "refresh")) if is_beside else ()
        case facts.PostmortemCanvasOpened() | facts.PostmortemCanvasLeft():
            return (*_again(incident.postmortem.step), message, SetBookmarks(), ShowCard())
        case facts.PostmortemCanvasRefused() | facts.PostmortemCanvasRead():
            return (message,)
        case facts.PostmortemCanvasAnswered():
            return (*asked, *((WriteDraftSection(fact.section),) if fact.put_back else ()))
        case facts.PostmortemCanvasDiffers():
            return ()
        case _:
            assert_never(fact)


def _again(seq: int | None) -> tuple[Effect, ...]:
    """The edit of the message about an earlier step, which no longer has the buttons, or has others."""
    return () if seq is None else (Retell(seq),)
