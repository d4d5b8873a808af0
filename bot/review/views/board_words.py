"""A pack in sentences. Every surface says them in the same words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.core.actor import own_name
from bot.core.local_time import zone_of
from bot.core.text import span
from bot.core.tokens import in_words
from bot.followup.domain.vocabulary import State
from bot.incident.domain.vocabulary import Severity, reference
from bot.review.domain.pack import (
    Evenness,
    OwedPostmortem,
    Pack,
    PackIncident,
    PackItem,
    PackNearMiss,
    Recurring,
)
from bot.review.domain.shares import Share
from bot.review.views.words import counted, share

Names = Mapping[str, str]
NOBODY = "nobody"
QUIET = "Nothing was declared, and nothing is owed or overdue."
EVENNESS = "0 means evenly, 1 means all on one person. It says nothing about anybody."


def heading(pack: Pack) -> str:
    """What it is: `Review board 2026-W48`."""
    return f"Review board {pack.words}"


def days(pack: Pack) -> str:
    """The days of the span: `2026-11-23 to 2026-11-29 (Europe/Berlin)`."""
    zone = zone_of(pack.zone or "UTC")
    first, last = (
        each.astimezone(zone).date() for each in (pack.start, pack.end - timedelta(microseconds=1))
    )
    return f"{first} to {last} ({pack.zone or 'UTC'})"


def summary(pack: Pack) -> str:
    """The span in one sentence."""
    if pack.is_quiet:
        return QUIET
    worst = [sum(each.severity is severity for each in pack.incidents) for severity in Severity]
    named = [f"{count} {severity.label}" for severity, count in zip(Severity, worst, strict=True) if count]
    of = f" ({', '.join(named)})" if named else ""
    late = sum(each.due_at < pack.made_at for each in pack.owed)
    parts = [
        f"{counted(len(pack.incidents))}{of}",
        f"{counted(len(pack.owed), 'postmortem')} owed{f', {late} overdue' if late else ''}",
        f"{counted(len(pack.overdue), 'action item')} overdue",
        f"{len(pack.done)} completed",
    ]
    return "; ".join(parts) + "."


def private(pack: Pack) -> str:
    """How much is private; empty if nothing is."""
    told = [
        f"{counted(pack.private, 'private incident')}" if pack.private else "",
        f"{counted(pack.private_items, 'action item')} of private incidents" if pack.private_items else "",
    ]
    found = " and ".join(each for each in told if each)
    return f"Not shown: {found}." if found else ""


def apart(pack: Pack) -> str:
    """What does not count as an incident; empty if there was nothing."""
    of = pack.apart
    near = "1 near miss" if of.near_misses == 1 else f"{of.near_misses} near misses"
    told = [
        counted(of.drills, "drill") if of.drills else "",
        near if of.near_misses else "",
        f"{of.cancelled} cancelled" if of.cancelled else "",
        f"{of.merged} merged as duplicates" if of.merged else "",
        f"{of.unreadable} unreadable" if of.unreadable else "",
    ]
    found = ", ".join(each for each in told if each)
    return f"Apart, and not among the incidents: {found}." if found else ""


def removed(pack: Pack) -> str:
    """That its words are gone, and since when; empty if they are there."""
    if pack.removed_on is None:
        return ""
    return f"Titles, people and whatever else was typed were removed on {pack.removed_on} (retention); the figures are as they were."


def notes(pack: Pack) -> list[str]:
    """What is said below the summary: what is not shown, and what does not count."""
    return [each for each in (removed(pack), private(pack), apart(pack)) if each]


def lasted(incident: PackIncident, pack: Pack) -> str:
    """How long it took, or has taken so far."""
    if incident.ended_at is None:
        return f"not over after {_length(pack.made_at - incident.declared_at)}"
    return _length(incident.ended_at - incident.declared_at)


def local(moment: datetime, pack: Pack) -> str:
    """A time in the zone of the pack."""
    return f"{moment.astimezone(zone_of(pack.zone or 'UTC')):%Y-%m-%d %H:%M}"


def title(typed: str) -> str:
    """What somebody typed, without markup."""
    return in_words(typed, {})


def name(person: str, names: Names) -> str:
    """A person's name, or their pseudonym; without one, `somebody`."""
    return names.get(person) or own_name(person) or "somebody"


def owed(each: OwedPostmortem, pack: Pack, names: Names) -> str:
    """By when it is due, who writes it, and how far it is."""
    due = local(each.due_at, pack)[:10]
    when = f"overdue since {due}" if each.due_at < pack.made_at else f"due {due}"
    writer = name(each.writer, names) if each.writer else NOBODY
    return f"{when}; {each.stage}, written by {writer}"


def recurring(each: Recurring, pack: Pack) -> str:
    """In how many incidents it was, and in which."""
    shown = ", ".join(reference(number) for number in each.incidents[:8])
    more = f" and {len(each.incidents) - 8} more" if len(each.incidents) > 8 else ""  # noqa: PLR2004  # as many as are shown
    return f"{counted(each.in_span)} of this span, {len(each.incidents)} in {pack.weeks} weeks: {shown}{more}"


def overdue(item: PackItem, today: date, names: Names) -> str:
    """Since when, whose it is, and how often it was moved."""
    late = (today - item.due_on).days
    moved = f", moved {'once' if item.moved == 1 else f'{item.moved} times'}" if item.moved else ""
    return f"{counted(late, 'day')} overdue, {name(item.owner, names)}{moved}; of {reference(item.incident)}"


def done(item: PackItem, names: Names) -> str:
    """By whom, with which proof, and whether that was verified."""
    told = f"{name(item.owner, names)}: {title(item.outcome)}"
    found = verified(item, names)
    return f"{told} ({found})" if found else told


def verified(item: PackItem, names: Names) -> str:
    """What became of the question whether it has its effect; empty if nobody asked."""
    if not item.asked:
        return ""
    who = name(item.asked, names)
    if item.is_verified is None:
        return f"{who} was asked to verify it"
    return f"{'verified' if item.is_verified else 'not verified'} by {who}: {title(item.note)}"


def became(item: PackItem, today: date, names: Names) -> str:
    """What has become of something that a board has decided."""
    match item.state:
        case State.DONE:
            return f"done, {done(item, names)}"
        case State.NOT_DOING:
            return f"not doing, {name(item.owner, names)}: {title(item.outcome)}"
        case _:
            late = f", overdue since {item.due_on}" if item.is_overdue(today) else f", due {item.due_on}"
            return f"open, {name(item.owner, names)}{late}"


def kind(item: PackItem) -> str:
    """What was decided, and by which board: `decision of 2026-W47`."""
    return f"{item.decided.value if item.decided else 'decision'} of {item.board}"


def promises(pack: Pack) -> str:
    """How many promised updates came in time."""
    of = pack.promises
    return (
        f"{share(Share(of.kept, of.total), 'promised update')} in time; {of.late} late, {of.missed} missing"
    )


def near_miss(each: PackNearMiss, pack: Pack) -> str:
    """When it was reported, and whether it is answered."""
    waits = "waits for an answer, late" if each.late else "waits for an answer"
    answered = f"answered: {title(each.answer)}" if each.answer else f"became {each.promoted_to}"
    again = f"; like {', '.join(each.similar)}" if each.similar else ""
    return f"reported {local(each.reported_at, pack)[:10]}{again}; {waits if each.waits else answered}"


def evenness(of: Evenness) -> str:
    """How evenly command and nights are spread."""
    parts = [
        f"{name} {value:.2f}"
        for name, value in (("command", of.commanded), ("nights", of.nights))
        if value is not None
    ]
    told = ", ".join(parts) or "nobody commanded, and nobody worked at night"
    return f"Among {of.people} people: {told}"


def made(pack: Pack) -> str:
    """When it was made, and from which facts."""
    return f"Made {pack.made_at:%Y-%m-%d %H:%M} UTC from facts {pack.version}."


def _length(length: timedelta) -> str:
    return span(max(length, timedelta()))
