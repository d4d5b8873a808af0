"""What may be done to an incident: each rule answers with facts, or says in one sentence why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Ending, Milestone, Role, Severity, Status, mention

TITLE_MAX = 150  # what Slack shows in a header block
TEXT_MAX = 2500  # characters typed
WRITTEN_MAX = 6000  # of one text as Slack writes it, with `&`, `<` and `>` escaped
UPDATE_WRITTEN_MAX = 9000  # of a whole update: Slack refuses messages near 12,000
REACH = timedelta(
    days=30
)  # a time further back than this before the declaration is usually a slip of the pen


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why: one sentence for the person who asked.

    Attributes:
        field: the form field that it is about; empty where it is about none.
        unless_sure: whether it is only a doubt, and is done where the person says that it is meant.
    """

    message: str
    field: str = ""
    unless_sure: bool = False


Decision = tuple[facts.Fact, ...] | Refused


def declare(
    *,
    number: int,
    title: str,
    severity: Severity,
    by: str,
    now: datetime,
    summary: str = "",
    private: bool = False,
    commander: str | None = None,
    source: str = "",
) -> Decision:
    """Begin an incident. Only the title must be said; `commander` takes command at once."""
    title = " ".join(title.split())
    if not any(character.isprintable() and not character.isspace() for character in title):
        return Refused("Say in a few words what is failing: that becomes the title.", field="title")
    if len(title) > TITLE_MAX:
        return Refused(
            f"A title has at most {TITLE_MAX} characters and this one has {len(title)}: "
            "shorten it and put the rest in the summary.",
            field="title",
        )
    if refused := _too_long(summary, "summary"):
        return refused
    declared = facts.Declared(
        at=now,
        by=by,
        number=number,
        title=title,
        severity=severity,
        summary=summary.strip(),
        private=private,
        source=source,
    )
    if commander is None:
        return (declared,)
    return declared, facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=commander)


def take_command(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Become commander of an incident that has none, or that was offered to you."""
    if refused := closed(incident):
        return refused
    if incident.commander == by:
        return Refused(f"You already have command of {incident.reference}.")
    if incident.commander and incident.handoff_to != by:
        return Refused(
            f"{mention(incident.commander)} already has command of {incident.reference}. "
            "Offer your help in the war room; they can hand command over to you."
        )
    return (facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=by, previous=incident.commander),)


def assign(
    incident: Incident, role: Role, person: str, *, by: str, now: datetime, force: bool = False
) -> Decision:
    """Give a role to a person. Command that somebody holds is only offered, unless `force` says it must be.

    Only the commander may hand command over; `force` is for the commander who cannot be reached, and the
    timeline keeps who used it.
    """
    if refused := closed(incident):
        return refused
    if person in incident.roles.get(role, ()):
        return Refused(f"{mention(person)} is already {role.title} of {incident.reference}.")
    held = incident.commander if role is Role.COMMANDER else None
    if held and not force:
        return offer_handoff(incident, person, by=by, now=now)
    previous = None if role is Role.EXPERT else incident.holder(role)
    fact = facts.RoleAssigned(
        at=now, by=by, role=role, person=person, previous=previous, forced=held is not None
    )
    return (fact,)


def unassign(incident: Incident, person: str, role: Role | None, *, by: str, now: datetime) -> Decision:
    """End a role of somebody's with nobody to follow; without `role`, all that they hold.

    Command is given up by its holder only: others take it from somebody who cannot be reached by `assign … force`.
    """
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    ending = held if role is None else tuple(each for each in held if each is role)
    if not ending:
        what = "holds no role in" if role is None else f"is not {role.title} of"
        return Refused(f"{mention(person)} {what} {incident.reference}.")
    if Role.COMMANDER in ending and by != person:
        return Refused(
            f"{mention(person)} has command of {incident.reference}, and only they can give it up. If they cannot be "
            "reached: `/incident assign me commander force`. Another role of theirs: name it."
        )
    return (facts.RolesEnded(at=now, by=by, person=person, roles=ending, why=Ending.UNASSIGNED),)


def part(incident: Incident, person: str, why: Ending, *, now: datetime) -> Decision:
    """Somebody has left the war room, or is gone: what they held of an open incident ends with that."""
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    if not held and incident.handoff_to != person:
        return Refused(f"{mention(person)} holds no role in {incident.reference}.")
    return (facts.RolesEnded(at=now, by=person, person=person, roles=held, why=why),)


def offer_handoff(incident: Incident, to: str, *, by: str, now: datetime) -> Decision:
    """Ask somebody to take over command; it stays where it is until they accept."""
    if refused := closed(incident):
        return refused
    if incident.commander is None:
        return Refused(f"Nobody has command of {incident.reference} yet: press Take command, or assign it.")
    if incident.commander == to and to != by:
        return Refused(f"{mention(to)} already has command of {incident.reference}.", field="person")
    if incident.commander != by:
        return Refused(
            f"Only {mention(incident.commander)} can hand over command. If they cannot be reached: "
            f"`/incident assign {mention(to)} commander force`."
        )
    if to == by:
        return Refused("You already have command. Choose somebody else to hand it to.", field="person")
    if incident.handoff_to == to:
        return Refused(f"{mention(to)} has been asked already and has not answered yet.", field="person")
    return (facts.HandoffOffered(at=now, by=by, to=to, instead_of=incident.handoff_to),)


def answer_handoff(incident: Incident, *, accept: bool, by: str, now: datetime) -> Decision:
    """Accept or decline command that was offered to you. The commander's own 'no' takes the offer back."""
    if refused := closed(incident):
        return refused
    if incident.handoff_to is None:
        return Refused("This offer of command has been answered already.")
    if accept and incident.handoff_to == by:
        return (
            facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=by, previous=incident.commander),
        )
    if not accept and by in (incident.handoff_to, incident.commander):
        return (facts.HandoffDeclined(at=now, by=by, to=incident.handoff_to),)
    return Refused(f"Command was offered to {mention(incident.handoff_to)}: the answer is theirs.")


def change_severity(
    incident: Incident, severity: Severity, *, by: str, now: datetime, reason: str = ""
) -> Decision:
    """Say anew how badly customers are hit."""
    if refused := closed(incident) or _too_long(reason, "reason"):
        return refused
    if severity is incident.severity:
        return Refused(f"{incident.reference} is already {severity.label}.", field="severity")
    return (facts.SeverityChanged(at=now, by=by, old=incident.severity, new=severity, reason=reason.strip()),)


def change_status(incident: Incident, status: Status, *, by: str, now: datetime) -> Decision:
    """Move the work on. What is resolved is left only by a review, or by `reopen`."""
    if incident.status is Status.RESOLVED and status is Status.REVIEWED:
        return (facts.StatusChanged(at=now, by=by, old=incident.status, new=status),)
    if refused := closed(incident):
        return refused
    if status is incident.status:
        return Refused(f"{incident.reference} is already {status}.", field="status")
    if status is Status.REVIEWED:
        return Refused(
            f"{incident.reference} is reviewed after it is resolved: resolve it first.", field="status"
        )
    return (facts.StatusChanged(at=now, by=by, old=incident.status, new=status),)


def post_update(
    incident: Incident, conditions: str, *, by: str, now: datetime, actions: str = "", needs: str = ""
) -> Decision:
    """Tell everybody how it stands: conditions, actions, needs."""
    if refused := closed(incident):
        return refused
    if not conditions.strip():
        return Refused("Say in a sentence how it stands now.", field="conditions")
    for name, text in (("conditions", conditions), ("actions", actions), ("needs", needs)):
        if refused := _too_long(text, name):
            return refused
    if (whole := sum(map(written, (conditions, actions, needs)))) > UPDATE_WRITTEN_MAX:
        return _too_many_signs(whole, UPDATE_WRITTEN_MAX, "conditions")
    return (
        facts.UpdatePosted(
            at=now, by=by, conditions=conditions.strip(), actions=actions.strip(), needs=needs.strip()
        ),
    )


def no_change(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Answer a reminder with 'nothing new': that is an update too, and keeps the promise."""
    if refused := closed(incident):
        return refused
    if not incident.update:
        return Refused(
            "Nothing has been said yet that could be unchanged: post the first update in a sentence."
        )
    return (facts.UpdatePosted(at=now, by=by, conditions="No change.", unchanged=True),)


def snooze(incident: Incident, for_: timedelta, *, by: str, now: datetime) -> Decision:
    """Ask not to be reminded of the update for a while."""
    if refused := closed(incident):
        return refused
    return (facts.Snoozed(at=now, by=by, until=now + for_),)


def note(
    incident: Incident,
    text: str,
    *,
    by: str,
    now: datetime,
    at: datetime | None = None,
    author: str | None = None,
    app: str = "",
    link: str = "",
    from_message: bool = False,
    sure: bool = False,
) -> Decision:
    """Put something on the timeline, at its own time. A closed incident still takes notes: reviews need them.

    A time long before the declaration is taken only from whoever is `sure` of it.
    """
    if not text.strip():
        return Refused("Write what happened, in a sentence.", field="text")
    if refused := _too_long(text, "text"):
        return refused
    happened = at or now
    if happened > now:
        return Refused("That time is still to come: a note tells what has happened.", field="at")
    if refused := _long_before(incident, happened, "at", sure=sure):
        return refused
    return (
        facts.Noted(
            at=happened,
            by=by,
            text=text.strip(),
            author="" if app else author or by,
            app=app,
            link=link,
            from_message=from_message,
        ),
    )


def resolve(
    incident: Incident,
    *,
    by: str,
    now: datetime,
    summary: str = "",
    started: datetime | None = None,
    detected: datetime | None = None,
    sure: bool = False,
) -> Decision:
    """Customers are well again. Optionally tells when impact started and when it was first detected.

    Times long before the declaration are taken only from whoever is `sure` of them.
    """
    if refused := closed(incident) or _too_long(summary, "summary"):
        return refused
    if started and started > now:
        return Refused("Impact cannot have started in the future.", field="started")
    mitigated = incident.milestones.get(Milestone.MITIGATED)
    if started and mitigated and started > mitigated:
        return Refused("Impact cannot have started after it was mitigated.", field="started")
    if detected and detected > now:
        return Refused("It cannot have been detected in the future.", field="detected")
    if started and detected and detected < started:
        return Refused("It cannot have been detected before it started.", field="detected")
    for name, when in (("started", started), ("detected", detected)):
        if when and (refused := _long_before(incident, when, name, sure=sure)):
            return refused
    moments = ((Milestone.STARTED, started), (Milestone.DETECTED, detected))
    told = [facts.MilestoneSet(at=now, by=by, milestone=name, when=when) for name, when in moments if when]
    end = facts.StatusChanged(at=now, by=by, old=incident.status, new=Status.RESOLVED, reason=summary.strip())
    return (*told, end)


def reopen(incident: Incident, reason: str, *, by: str, now: datetime) -> Decision:
    """It is not over after all; `reason` says why, for those who come back to it."""
    if not incident.is_closed:
        return Refused(f"{incident.reference} is open already ({incident.status}).")
    if not reason.strip():
        return Refused("Say why it is opened again: `/incident reopen errors are back`.", field="reason")
    if refused := _too_long(reason, "reason"):
        return refused
    return (
        facts.StatusChanged(at=now, by=by, old=incident.status, new=Status.MITIGATING, reason=reason.strip()),
    )


def closed(incident: Incident) -> Refused | None:
    """The answer to whatever a closed incident does not take any more."""
    if not incident.is_closed:
        return None
    return Refused(
        f"{incident.reference} is {incident.status}. If it is back, open it again: `/incident reopen <why>`."
    )


def _long_before(incident: Incident, when: datetime, field: str, *, sure: bool) -> Refused | None:
    before = incident.declared_at - when
    if before <= REACH or sure:
        return None
    return Refused(
        f"That is {before.days:,} days before {incident.reference} was declared. Is the date right?",
        field=field,
        unless_sure=True,
    )


def _too_long(text: str, field: str) -> Refused | None:
    if (typed := len(text.strip())) > TEXT_MAX:
        return Refused(
            f"That has {typed} characters; at most {TEXT_MAX} fit. Keep the gist and link the rest.",
            field=field,
        )
    if (length := written(text)) > WRITTEN_MAX:
        return _too_many_signs(length, WRITTEN_MAX, field)
    return None


def written(text: str) -> int:
    """How many characters Slack counts: it writes `&` as `&amp;`, `<` as `&lt;` and `>` as `&gt;`."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _too_many_signs(length: int, most: int, field: str) -> Refused:
    return Refused(
        f"That has many of the signs &, < and >, which take four or five characters each in Slack: {length} in all, "
        f"and at most {most} fit. Keep the gist and link the rest.",
        field=field,
    )
