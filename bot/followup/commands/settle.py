"""The buttons of an action item, and their forms: done, not doing, another day, another owner, open again."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.core.decision import Refused
from bot.followup.commands.action import chosen_day
from bot.followup.commands.fitting import unfit_owner
from bot.followup.commands.loaded import GONE, ONE, item_of, needed, today_of
from bot.followup.commands.writing import changed_by, opened
from bot.followup.domain import rules
from bot.followup.domain.action_item import ActionItem
from bot.followup.views import modals, rows
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import Outcome, Request, Wants
from bot.incident.domain.permissions import Capability


@button(rows.DONE, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def done_button(request: Request) -> Outcome:
    """Ask for the proof."""
    return _open(request, modals.done)


@button(rows.DROP, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def drop_button(request: Request) -> Outcome:
    """Ask for the reason."""
    return _open(request, modals.drop)


@button(rows.MOVE, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def move_button(request: Request) -> Outcome:
    """Ask for the day, and for the reason if it was moved twice."""
    return _open(request, modals.move)


@button(rows.GIVE, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def give_button(request: Request) -> Outcome:
    """Ask for the person."""
    return _open(request, modals.give)


@button(
    rows.TAKE,
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=needed,
    wants=Wants.PEOPLE | Wants.PRESENT,
    loads=ONE,
)
def take(request: Request) -> Outcome:
    """Take it over from somebody who has left."""
    refused = unfit_owner(request, request.actor)
    return refused or _change(request, partial(rules.assign, owner=request.actor))


@button(rows.REOPEN, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def reopen(request: Request) -> Outcome:
    """It is to be done after all."""
    return _change(request, rules.reopen)


@form(modals.DONE, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def done(request: Request) -> Outcome:
    """It is done."""
    return _change(request, partial(rules.finish, proof=str(request.fields.get("proof", ""))))


@form(modals.DROP, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def drop(request: Request) -> Outcome:
    """It will not be done."""
    return _change(request, partial(rules.drop, reason=str(request.fields.get("reason", ""))))


@form(modals.MOVE, about=INCIDENT, may=Capability.CHANGE, needs=needed, wants=Wants.PEOPLE, loads=ONE)
def move(request: Request) -> Outcome:
    """Another day."""
    due_on = chosen_day(request)
    if due_on is None:
        return Refused("Choose the day by which it is done.", field="due")
    reason = str(request.fields.get("reason", ""))
    return _change(request, partial(rules.move, due_on=due_on, reason=reason, today=today_of(request)))


@form(
    modals.GIVE,
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=needed,
    wants=Wants.PEOPLE | Wants.PRESENT,
    loads=ONE,
)
def give(request: Request) -> Outcome:
    """Another owner."""
    owner = str(request.fields.get("person", ""))
    if not owner:
        return Refused("Choose who does it.", field="person")
    return unfit_owner(request, owner) or _change(request, partial(rules.assign, owner=owner))


def _open(request: Request, view: Callable[[ActionItem], Any]) -> Outcome:
    item = item_of(request)
    return GONE if item is None else opened(item, view)


def _change(request: Request, rule: Callable[..., rules.Decision]) -> Outcome:
    item = item_of(request)
    return GONE if item is None else changed_by(request, item, rule)
