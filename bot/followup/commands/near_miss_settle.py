"""The buttons of a near miss, and their forms: answer, promote, change, take back, bring back."""

from collections.abc import Callable
from functools import partial

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.followup.commands.near_miss_loaded import GONE, OF_FORM, ONE, item_of, needed
from bot.followup.commands.nearmiss import without_people
from bot.followup.domain import near_miss_rules as rules
from bot.followup.domain.near_miss import SUBJECT, NearMiss
from bot.followup.domain.near_miss_facts import NOBODY
from bot.followup.views import near_miss_messages as messages
from bot.followup.views import near_miss_modals as modals
from bot.followup.views import near_miss_rows as rows
from bot.incident.commands.declare import declare_from
from bot.incident.commands.registry import NOTHING, button, form
from bot.incident.commands.request import OpenForm, Outcome, Request, Wants, Write
from bot.incident.domain.permissions import Capability

NOT_YOURS = Refused("Only the person who has reported it can change its words. You can answer it.")


@button(rows.ANSWER, about=NOTHING, may=Capability.ANSWER, loads=ONE)
def answer_button(request: Request) -> Outcome:
    """Ask what is done about it."""
    item = item_of(request)
    if item is None:
        return GONE
    return rules.withdrawn(item) or OpenForm(modals.answer(item))


@form(modals.ANSWER, about=NOTHING, may=Capability.ANSWER, loads=ONE)
def answer(request: Request) -> Outcome:
    """Answer it."""
    rule = partial(rules.answer, text=str(request.fields.get("answer", "")))
    return _change(request, rule, messages.answered)


@button(rows.PROMOTE, about=NOTHING, may=Capability.DECLARE, wants=Wants.KNOWN, loads=ONE)
def promote(request: Request) -> Outcome:
    """Open the form to declare an incident with its words. What becomes of the near miss follows from the declaration."""
    item = item_of(request)
    if item is None:
        return GONE
    headline, summary = rows.as_incident(item)
    return rules.not_promotable(item) or declare_from(request, item.reference, headline, summary)


@button(rows.CHANGE, about=NOTHING, may=Capability.OWN, loads=ONE)
def change_button(request: Request) -> Outcome:
    """Open the form with its words."""
    item = item_of(request)
    if item is None:
        return GONE
    if item.reported_by != request.actor:
        return NOT_YOURS
    return rules.withdrawn(item) or OpenForm(modals.change(item))


@form(modals.CHANGE, about=NOTHING, may=Capability.OWN, loads=ONE)
def change(request: Request) -> Outcome:
    """Say it better."""
    item = item_of(request)
    if item is not None and item.reported_by != request.actor:
        return NOT_YOURS
    title, summary = (without_people(str(request.fields.get(name, ""))) for name in ("title", "summary"))
    return _change(request, partial(rules.change, title=title, summary=summary), messages.changed)


@button(rows.WITHDRAW, about=NOTHING, may=Capability.ANSWER, needs=needed, loads=ONE)
def withdraw(request: Request) -> Outcome:
    """Take it back; or, as somebody else, take out one that names people."""
    return _change(request, rules.withdraw, messages.withdrawn)


@button(rows.RESTORE, about=NOTHING, may=Capability.ANSWER, needs=needed, loads=ONE)
def restore(request: Request) -> Outcome:
    """It counts after all."""
    return _change(request, rules.restore, messages.restored)


@button(modals.UNDO, about=NOTHING, may=Capability.OWN, loads=OF_FORM)
def undo(request: Request) -> Outcome:
    """Take it back in the window that has thanked for it. Without a name, that window is the only proof of whose it is.

    The window is the form that was sent: the loader has found the act of this form, which began the near miss.
    """
    item = item_of(request)
    if item is None:
        return GONE
    rule = partial(rules.withdraw, by=item.reported_by or NOBODY, now=request.now)
    return Write(SUBJECT, item.number, rule, messages.withdrawn)


def _change(
    request: Request, rule: Callable[..., rules.Decision], done: Callable[[NearMiss], Message]
) -> Outcome:
    item = item_of(request)
    if item is None:
        return GONE
    return Write(SUBJECT, item.number, partial(rule, by=request.actor, now=request.now), done)
