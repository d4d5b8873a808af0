"""The rules of the postmortem: what is written in it, and its way from the draft to publication."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import too_long
from bot.incident.domain.vocabulary import Status, mention

SECTION_MAX = 3000  # characters; Slack docs, plain-text input element: the most that a field of a form takes
WRITE = "`/incident postmortem edit` opens its sections."


def write_section(
    incident: Incident,
    section: PostmortemSection,
    text: str,
    *,
    based_on: int,
    by: str,
    now: datetime,
    restores: int | None = None,
) -> Decision:
    """Write a section, also before the end. An empty text takes it out.

    Args:
        incident: the state.
        section: which one.
        text: all of it.
        based_on: the version that the person had before their eyes. If there is a newer one, they must see that first.
        by: who.
        now: when (UTC).
        restores: the number of the version that is put back; None if it is written.
    """
    if refused := not_wanted_here(incident):
        return refused
    if len(text.strip()) > SECTION_MAX:
        return Refused(f"A section has at most {SECTION_MAX} characters: link what is longer.", field="text")
    text, document = text.strip(), incident.postmortem
    if text == document.text(section):
        return Refused(f"{section.headline} says that already: nothing was changed.", field="text")
    if based_on != document.version(section):
        written = document.sections[section]
        return Refused(
            f"{mention(written.by)} has changed this section since you opened it.",
            field="text",
            unless_sure=True,
        )
    version = document.version(section) + 1
    return (
        facts.PostmortemSectionWritten(
            at=now, by=by, section=section, text=text, version=version, restores=restores
        ),
    )


def send_to_review(incident: Incident, reviewers: int, *, by: str, now: datetime) -> Decision:
    """Send the draft to review; `reviewers` is how many must approve it."""
    document = incident.postmortem
    if refused := not_over(incident):
        return refused
    if document.stage is Stage.REVIEW:
        return Refused(f"The postmortem of {incident.reference} is in review already.")
    if document.stage is Stage.PUBLISHED:
        return Refused(
            f"The postmortem of {incident.reference} is published. Whoever changes it can publish it again."
        )
    if not document.is_written:
        return Refused(f"Nobody has written anything in the postmortem of {incident.reference} yet: {WRITE}")
    return (facts.PostmortemSentToReview(at=now, by=by, up_to=incident.version, reviewers=reviewers),)


def approve_postmortem(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Approve it as a reviewer. Its owner is none."""
    if refused := not_in_review(incident):
        return refused
    if by == incident.postmortem_writer:
        return Refused("You write this postmortem: somebody else approves it.")
    if by in incident.postmortem.approved_by:
        return Refused(f"You have approved the postmortem of {incident.reference} already.")
    return (facts.PostmortemApproved(at=now, by=by),)


def want_changes(incident: Incident, text: str, *, by: str, now: datetime) -> Decision:
    """Say what is to be changed: the postmortem is a draft again."""
    if refused := not_in_review(incident) or too_long(text, "text"):
        return refused
    if not text.strip():
        return Refused(
            "Say in a sentence what is to be changed: `/incident postmortem changes <what>`.", field="text"
        )
    return (facts.PostmortemChangesWanted(at=now, by=by, text=text.strip()),)


def take_over_entries(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Take into the document what has become new on the timeline since it was sent to review."""
    document = incident.postmortem
    if document.up_to is None or not document.unseen:
        return Refused(f"The postmortem of {incident.reference} has everything that is on the timeline.")
    return (facts.PostmortemEntriesTakenOver(at=now, by=by, up_to=incident.version, count=document.unseen),)


def publish_postmortem(incident: Incident, reviewers: int, *, by: str, now: datetime) -> Decision:
    """Publish it, or publish it again after changes. The incident is reviewed then.

    Args:
        incident: the state.
        reviewers: how many must approve, by the policy of now; for one in review, what counted when it was sent counts.
        by: who.
        now: when (UTC).
    """
    if refused := not_over(incident) or _not_publishable(incident, reviewers):
        return refused
    document = incident.postmortem
    up_to = incident.version if document.up_to is None else document.up_to
    published = facts.PostmortemPublished(
        at=now, by=by, version=document.published + 1, up_to=up_to, canvas=document.canvas
    )
    if incident.status is not Status.RESOLVED:
        return (published,)
    reviewed = facts.StatusChanged(at=now, by=by, old=incident.status, new=Status.REVIEWED)
    return (published, reviewed)


def close_without_postmortem(incident: Incident, reason: str, *, by: str, now: datetime) -> Decision:
    """Record that nobody will write it, and why."""
    if refused := not_over(incident) or too_long(reason, "reason"):
        return refused
    stage = incident.postmortem.stage
    if stage is Stage.NOT_WANTED:
        return Refused(f"It is recorded already that {incident.reference} gets no postmortem.")
    if stage is Stage.PUBLISHED:
        return Refused(f"The postmortem of {incident.reference} is published already.")
    if not reason.strip():
        owed = " although it is owed" if incident.postmortem.due_at else ""
        return Refused(f"Say why nobody writes it{owed}: `/incident postmortem none <why>`.", field="reason")
    return (facts.PostmortemNotWanted(at=now, by=by, reason=reason.strip()),)


def not_wanted_here(incident: Incident) -> Refused | None:
    """The refusal if the incident was none of its own; None if it can have a postmortem."""
    if not incident.status.is_set_aside:
        return None
    return Refused(f"{incident.reference} is {incident.status}: nobody owes a postmortem.")


def not_over(incident: Incident) -> Refused | None:
    """The refusal if the incident still goes on, or was none of its own; None if it is over."""
    if not incident.is_closed:
        return Refused(
            f"{incident.reference} is {incident.status}: its postmortem goes on when it is resolved. Its sections can be "
            "written before."
        )
    return not_wanted_here(incident)


def not_in_review(incident: Incident) -> Refused | None:
    """The refusal if nobody reviews the postmortem now; None if it is in review."""
    if refused := not_over(incident):
        return refused
    stage = incident.postmortem.stage
    if stage is Stage.REVIEW:
        return None
    what = "a draft: somebody sends it to review first" if stage is Stage.DRAFT else str(stage)
    return Refused(f"The postmortem of {incident.reference} is {what}.")


def _not_publishable(incident: Incident, reviewers: int) -> Refused | None:
    document, name = incident.postmortem, incident.reference
    match document.stage:
        case Stage.PUBLISHED:
            same = f"The postmortem of {name} is published, and nothing was changed since."
            return None if document.is_changed else Refused(same)
        case Stage.REVIEW:
            missing = document.missing_approvals
            if not missing:
                return None
            who = "one more person approves" if missing == 1 else f"{missing} more people approve"
            return Refused(f"The postmortem of {name} is published when {who} it.")
        case Stage.NOT_WANTED:
            return Refused(f"{name} gets no postmortem: {document.reason}")
        case _:
            if not document.is_written:
                return Refused(f"Nobody has written anything in the postmortem of {name} yet: {WRITE}")
            asked = f"The postmortem of {name} is a draft: send it to review first."
            return Refused(asked) if reviewers else None
