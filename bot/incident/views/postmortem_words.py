"""What is said about where a postmortem stands: on the card, in lists and on the Home tab, and in the timeline."""

from datetime import datetime
from typing import assert_never

from bot.core.blocks import Element, button
from bot.core.text import Mrkdwn, local_day, md, moment
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.vocabulary import mention
from bot.incident.views.attribution import with_attribution
from bot.incident.views.postmortem_canvas import canvas_buttons, canvas_sentence

REASON_SHOWN = 200  # characters on the card; the timeline has all of it


def is_worth_saying(incident: Incident) -> bool:
    """Whether there is a postmortem to speak of: one is owed, somebody writes it, or something became of it."""
    document = incident.postmortem
    begun = document.due_at or document.is_written or incident.postmortem_owner
    return not incident.status.is_set_aside and (bool(begun) or document.stage is not Stage.DRAFT)


def standing(incident: Incident) -> Mrkdwn:
    """Where it stands, without its owner: `in review, 1 of 2 approvals · due Friday, December 4th, 2026`."""
    document = incident.postmortem
    due = md(" · due {}", local_day(document.due_at)) if document.due_at and document.is_open else Mrkdwn("")
    match document.stage:
        case Stage.DRAFT:
            said = "changes wanted" if document.wanted else "draft" if document.is_written else "not begun"
            return md("{}{}", said, due)
        case Stage.REVIEW:
            return md("in review{}{}", _approvals(incident), due)
        case Stage.PUBLISHED:
            again = ", changed since" if document.is_changed else ""
            return md(
                "published{}{}", f" (version {document.published})" if document.published > 1 else "", again
            )
        case Stage.NOT_WANTED:
            return md("not wanted: {}", document.reason[:REASON_SHOWN])
        case _:
            assert_never(document.stage)


def owner_and_standing(incident: Incident) -> Mrkdwn:
    """Who writes it, and where it stands."""
    if incident.postmortem.stage is Stage.NOT_WANTED:
        return standing(incident)
    writer = incident.postmortem_writer
    return md("{} · {}", mention(writer) if writer else "nobody writes it yet", standing(incident))


def in_list(incident: Incident, now: datetime | None = None) -> Mrkdwn:
    """The few words of a list about one that is not done; empty if there is nothing to do. `now` tells what is late."""
    document = incident.postmortem
    if not document.is_owed or document.due_at is None or not incident.is_closed:
        return Mrkdwn("")
    if now and document.due_at < now:
        return md("*postmortem overdue since {}*", local_day(document.due_at))
    return md("postmortem due {}", local_day(document.due_at))


def next_steps(incident: Incident) -> list[Element]:
    """The buttons for what comes next: write and send, or approve, ask for changes and publish."""
    document, value = incident.postmortem, str(incident.number)
    edit = button("Edit postmortem", "postmortem_edit", value)
    canvas = canvas_buttons(incident)
    publish = button("Publish", "postmortem_publish", value, style="primary")
    if not incident.is_closed or not is_worth_saying(incident):
        return []
    match document.stage:
        case Stage.DRAFT:
            return [
                edit,
                *canvas,
                *(
                    [button("Send to review", "postmortem_send", value)]
                    if document.is_written or document.canvas
                    else []
                ),
            ]
        case Stage.REVIEW:
            new = [button("Take over new entries", "postmortem_take_over", value)] if document.unseen else []
            if not document.missing_approvals:
                return [publish, edit, *canvas, *new]
            approve = button("Approve", "postmortem_approve", value, style="primary")
            return [approve, button("Ask for changes", "postmortem_changes", value), edit, *canvas, *new]
        case Stage.PUBLISHED:
            new = [button("Take over new entries", "postmortem_take_over", value)] if document.unseen else []
            again = [button("Publish again", "postmortem_publish", value)] if document.is_changed else []
            return [*again, edit, *new]
        case _:
            return []


def new_entries(incident: Incident) -> str:
    """The sentence that says what the document lacks; empty if it has everything."""
    count = incident.postmortem.unseen
    if not count:
        return ""
    return f"The timeline has {count} {'entry' if count == 1 else 'entries'} that the postmortem lacks."


def postmortem_sentence(fact: facts.AboutPostmortem) -> str:
    """What happened, for the timeline."""
    who = f"by {mention(fact.by)}"
    if isinstance(fact, facts.AboutPostmortemCanvas):
        return canvas_sentence(fact)
    match fact:
        case facts.PostmortemOwed():
            return f"Postmortem owed by {moment(fact.due_at)}"
        case facts.PostmortemSectionWritten():
            return with_attribution(_written(fact), who)
        case facts.PostmortemSentToReview():
            return with_attribution("Postmortem sent to review", who)
        case facts.PostmortemApproved():
            return with_attribution("Postmortem approved", who)
        case facts.PostmortemChangesWanted():
            return with_attribution(f"Changes to the postmortem wanted: {fact.text}", who)
        case facts.PostmortemEntriesTakenOver():
            entries = "1 new entry" if fact.count == 1 else f"{fact.count} new entries"
            return with_attribution(f"{entries} of the timeline taken over into the postmortem", who)
        case facts.PostmortemPublished():
            which = f" (version {fact.version})" if fact.version > 1 else ""
            return with_attribution(f"Postmortem published{which}", who)
        case facts.PostmortemNotWanted():
            return with_attribution(f"No postmortem will be written: {fact.reason}", who)
        case _:
            assert_never(fact)


def _written(fact: facts.PostmortemSectionWritten) -> str:
    """Without the text, which the document has."""
    what = f"Postmortem: “{fact.section.headline}”"
    if fact.restores is not None:
        return f"{what} put back as it was in version {fact.restores}"
    if not fact.text:
        return f"{what} taken out"
    if fact.in_canvas:
        return f"{what} written in the canvas (version {fact.version})"
    return f"{what} written" if fact.version == 1 else f"{what} changed (version {fact.version})"


def _approvals(incident: Incident) -> str:
    document = incident.postmortem
    if not document.reviewers:
        return ""
    have, wanted = len(document.approved_by), document.reviewers
    return f", {have} of {wanted} {'approval' if wanted == 1 else 'approvals'}"
