"""How one action item is shown wherever it is, and its buttons."""

import json
from datetime import date

from bot.core.blocks import Block, Element, actions, button, section
from bot.core.text import Mrkdwn, clip, day, lines, link_to, md, when
from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.rehearsing import can_be_rehearsed
from bot.followup.domain.vocabulary import Priority, State
from bot.followup.views.rehearsals import REHEARSE, outcome
from bot.incident.domain.vocabulary import mention, reference

DONE, DROP, MOVE, GIVE, TAKE, REOPEN, VERIFY, TRACK = (
    "action_done",
    "action_drop",
    "action_move",
    "action_give",
    "action_take",
    "action_reopen",
    "action_verify",
    "action_track",
)
NO_OWNER = "no owner"
_TITLE_MAX, _INCIDENT_MAX, _OUTCOME_MAX = 250, 80, 200
_REHEARSALS_MAX = 3  # the last ones


def value(item: ActionItem) -> str:
    """The value of its buttons: the incident, by which it is decided who may press them, and the item."""
    return json.dumps({"number": item.incident, "item": item.number})


def row(listed: ListedItem, today: date) -> list[Block]:
    """An item with its buttons."""
    return [section(text(listed, today)), actions(*buttons(listed))]


def text(listed: ListedItem, today: date) -> Mrkdwn:
    """What it is, whose it is, and by when."""
    item = listed.item
    title = clip(in_words(item.title, {}), _TITLE_MAX)
    mark = Mrkdwn(":white_check_mark: " if item.state is State.DONE else "")
    link = link_to(item.link, "this message") if item.link else Mrkdwn("")
    from_message = md("from {}", link) if link else link
    details = (md("{}", owner(listed)), due(item, today), _moved(item), _important(item), from_message)
    of = md("{} · {} {}", item.kind.value, reference(item.incident), clip(item.incident_title, _INCIDENT_MAX))
    return lines(
        md("{}*{}* {}", mark, item.reference, title),
        Mrkdwn(" · ".join(each for each in details if each)),
        ended(item),
        verified(item),
        decided(item),
        *(md("{}", outcome(each)) for each in item.rehearsals[-_REHEARSALS_MAX:]),
        tracked(listed),
        of,
    )


def owner(listed: ListedItem) -> str:
    """The name of the owner, or that there is none any more."""
    if not listed.has_owner:
        return f"{NO_OWNER} ({listed.owner_name or 'they'} left)"
    return listed.owner_name or "somebody"


def due(item: ActionItem, today: date) -> Mrkdwn:
    """By when it is due, or since when it is overdue; empty if it is over."""
    if not item.is_open:
        return Mrkdwn("")
    if item.is_overdue(today):
        return md("*overdue since {}*", day(item.due_on))
    return Mrkdwn("*due today*") if item.due_on == today else md("due {}", day(item.due_on))


def ended(item: ActionItem) -> Mrkdwn:
    """How it ended; empty if it is open."""
    if item.is_open or item.ended_at is None:
        return Mrkdwn("")
    how = "Done" if item.state is State.DONE else "Not doing it"
    return md("{}, {}: {}", how, when(item.ended_at), clip(item.outcome, _OUTCOME_MAX))


def verified(item: ActionItem) -> Mrkdwn:
    """What became of the question whether it has its effect; empty if nobody asked."""
    asked = item.verification
    if asked is None:
        return Mrkdwn("")
    if asked.answered_at is None:
        return md("Asked to verify it: {}, since {}", mention(asked.person), when(asked.asked_at))
    how = "Verified" if asked.is_verified else "*Not verified*"
    return md("{}, {}: {}", Mrkdwn(how), when(asked.answered_at), clip(asked.note, _OUTCOME_MAX))


def decided(item: ActionItem) -> Mrkdwn:
    """Which board has decided it; empty if none has."""
    return (
        md("{} of the board {}", item.decided.value.capitalize(), item.board) if item.decided else Mrkdwn("")
    )


def tracked(listed: ListedItem) -> Mrkdwn:
    """The link of its issue in a tracker, or that there is none yet, and why; empty if it is to have none."""
    issue = listed.issue
    if issue is None:
        return Mrkdwn("")
    if not issue.url and not issue.name:
        why = md(": {}", issue.trouble) if issue.trouble else Mrkdwn("")
        return md(
            "{}not in {} yet{}", Mrkdwn(":warning: ") if issue.trouble else Mrkdwn(""), issue.where, why
        )
    behind = md(" · :warning: not up to date there: {}", issue.trouble) if issue.trouble else Mrkdwn("")
    named = (
        link_to(issue.url, issue.name) if issue.url else md("{}", issue.name)
    )  # the retention removes links
    return md("{} {}{}", issue.where, named, behind)


def can_be_sent(listed: ListedItem) -> bool:
    """Whether somebody can ask for an issue of it, or for another try."""
    item, issue = listed.item, listed.issue
    if not listed.tracker.allows(private=item.private):
        return False
    return bool(issue.trouble) if issue else item.is_open


def buttons(listed: ListedItem) -> list[Element]:
    """What can be done with it."""
    item = listed.item
    again = button("Try again" if listed.issue else f"Send to {listed.tracker.name}", TRACK, value(item))
    if not item.is_open:
        rehearse = [button("Rehearse it", REHEARSE, value(item))] if can_be_rehearsed(item) else []
        ask = [button("Ask for verification", VERIFY, value(item))] if can_be_verified(item) else []
        send = [again] if listed.issue and can_be_sent(listed) else []
        return [*rehearse, *ask, button("Reopen", REOPEN, value(item)), *send]
    found = [
        button("Done", DONE, value(item), style="primary"),
        button("Move date", MOVE, value(item)),
        button("Not doing", DROP, value(item)),
        button("Hand over", GIVE, value(item)),
        *([again] if can_be_sent(listed) else []),
    ]
    return found if listed.has_owner else [button("Take it", TAKE, value(item), style="primary"), *found[1:]]


def can_be_verified(item: ActionItem) -> bool:
    """Whether it can be asked whether it has its effect: it is done, and nobody was asked, or found that it has not."""
    asked = item.verification
    return item.state is State.DONE and (asked is None or asked.is_verified is False)


def _moved(item: ActionItem) -> Mrkdwn:
    times = len(item.moves)
    return md("moved {}", "once" if times == 1 else f"{times} times") if times else Mrkdwn("")


def _important(item: ActionItem) -> Mrkdwn:
    return Mrkdwn("") if item.priority is Priority.MEDIUM else md("{} priority", item.priority.label)
