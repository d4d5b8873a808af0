"""The messages about action items: answers, direct messages, and what the war room is told."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.blocks import Block, Message, actions, button, context, section
from bot.core.text import Mrkdwn, clip, day, lines, md, quoted
from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.preferences import Absence
from bot.followup.domain.vocabulary import State
from bot.followup.views.rows import GIVE, TAKE, row, text, value
from bot.incident.domain.vocabulary import mention, reference
from bot.incident.views.closing import ADD_ACTION_ITEM

ADD = ADD_ACTION_ITEM
REMINDED_MAX = 12  # in one message, which has at most 50 blocks
REPLACED = Mrkdwn("_A newer reminder has taken the place of this one._")
CHANGE_REMINDERS = "change_reminders"
_PRIVATE = Mrkdwn("From private incidents, whose action items are shown to you alone.")
LIST = Mrkdwn("`/incident actions mine` lists all of yours.")


def added(item: ActionItem, by: str) -> Message:
    """The answer to whoever has added one. It says the day in full, so that a misread one is seen."""
    whose = "for you" if item.owner == by else f"for {mention(item.owner)}, who is told privately"
    return Message.of(
        lines(
            md(":dart: *{}* of {} added {}: {}", item.reference, reference(item.incident), whose, item.title),
            md("Due {}. `/incident actions {}` lists them.", day(item.due_on), reference(item.incident)),
        )
    )


def changed(item: ActionItem) -> Message:
    """The answer to whoever has changed one: how it is now."""
    match item.state:
        case State.DONE:
            said = md(":white_check_mark: *{}* is done: {}", item.reference, item.outcome)
        case State.NOT_DOING:
            said = md("*{}* will not be done: {}", item.reference, item.outcome)
        case _:
            said = md(":dart: *{}* is {}'s, due {}.", item.reference, mention(item.owner), day(item.due_on))
    return Message.of(lines(said, md("{}", clip(item.title, 200))))


def in_room(listed: ListedItem, by: str) -> Message:
    """What the war room is told of a new one."""
    item = listed.item
    whose = "themselves" if item.owner == item.added_by else listed.owner_name or "somebody"
    return Message.of(
        md(
            ":dart: {} added action item *{}* for {}, due {}: {}",
            by,
            item.reference,
            whose,
            day(item.due_on),
            in_words(item.title, {}),
        )
    )


def given(listed: ListedItem, today: date) -> Message:
    """The direct message to a person who was given one by somebody else."""
    item = listed.item
    head = md(":dart: {} gave you an action item", mention(item.given_by))
    blocks = [section(head), *row(listed, today)]
    return Message(text=md("{}: {} {}", head, item.reference, item.title), blocks=blocks)


def reminder(
    items: Sequence[ListedItem], today: date, *, elsewhere: str = "", was_away: Absence | None = None
) -> Message:
    """The direct message with all that a person has to do in the next days, and what is overdue; it is edited.

    Args:
        items: what is due. With `elsewhere` it comes from private incidents only.
        today: the person's own day.
        elsewhere: the channel where they are reminded of the rest; empty if there is none.
        was_away: when they were away, if this is their first day back.
    """
    if not items and elsewhere:
        return Message.of(md(":alarm_clock: You are reminded in <#{}> now.", Mrkdwn(elsewhere)))
    if not items:
        return Message.of(Mrkdwn(":sunny: Nothing of what you were reminded of is left."))
    head = md(":alarm_clock: You have {}", _count(items, today))
    why = [context(_PRIVATE)] if elsewhere else []
    return _reminder(head, items, today, [*why, *_after(was_away)])


def channel_reminder(
    owner: str, items: Sequence[ListedItem], today: date, was_away: Absence | None = None
) -> Message:
    """The same in the channel that the person has chosen, with what comes from incidents that are not private."""
    whom = Mrkdwn(mention(owner))
    if not items:
        return Message.of(md(":sunny: Nothing of what {} was reminded of is left.", whom))
    return _reminder(
        md(":alarm_clock: {}, you have {}", whom, _count(items, today)), items, today, _after(was_away)
    )


def _count(items: Sequence[ListedItem], today: date) -> str:
    late = sum(each.item.is_overdue(today) for each in items)
    overdue = f", {'all' if late == len(items) else late} overdue" if late else ""
    return f"{len(items)} action item{'s' if len(items) > 1 else ''} due{overdue}"


def _reminder(head: Mrkdwn, items: Sequence[ListedItem], today: date, notes: Sequence[Block]) -> Message:
    shown = items[:REMINDED_MAX]
    blocks: list[Block] = [section(md("*{}*", head)), *notes]
    blocks += [block for each in shown for block in row(each, today)]
    if more := len(items) - len(shown):
        blocks.append(context(md("and {} more. {}", more, LIST)))
    blocks.append(actions(button("Change where this comes", CHANGE_REMINDERS, "{}")))
    return Message(text=head, blocks=blocks)


def _after(was_away: Absence | None) -> list[Block]:
    return [context(md("You were away {}, so this comes now.", was_away.words))] if was_away else []


def without_owner(listed: ListedItem, incident_room: str | None, *, is_gone: bool, today: date) -> Message:
    """The message to those who look after an incident whose action item has lost its owner."""
    item = listed.item
    who = listed.owner_name or "Its owner"
    why = "no longer has an account in Slack" if is_gone else "can no longer see the incident"
    room = Mrkdwn(f" (<#{incident_room}>)") if incident_room else Mrkdwn("")
    head = md(
        ":warning: {} {}, and had action item *{}* of {}{}",
        who,
        why,
        item.reference,
        reference(item.incident),
        room,
    )
    orphan = ListedItem(item, listed.owner_name, has_owner=False)
    take = actions(
        button("Take it", TAKE, value(item), style="primary"),
        button("Give it to somebody", GIVE, value(item)),
    )
    return Message(
        text=md("{}: {}", head, item.title), blocks=[section(head), section(text(orphan, today)), take]
    )


def ask_for_the_rest(said: str, value: str, names: Mapping[str, str]) -> Message:
    """The answer to a reaction: an owner and a day are asked for, and never guessed."""
    words = quoted(clip(in_words(said, names), 300)) if said.strip() else None
    head = Mrkdwn(":dart: An action item needs an owner and a day.")
    return Message.of(
        lines(head, words), actions(button("Choose owner and day", ADD, value, style="primary"))
    )
