"""Settling an action item in one line: the same rules as its buttons, and their forms where something is missing."""

from functools import partial

from bot.core import dates_ahead, mentions
from bot.core.blocks import Message
from bot.core.dates_ahead import NoSuchDay
from bot.core.decision import Refused
from bot.followup.commands.arguments import ME
from bot.followup.commands.change_arguments import ItemChange
from bot.followup.commands.fitting import unfit_owner
from bot.followup.commands.loaded import today_of
from bot.followup.commands.writing import changed_by, opened
from bot.followup.domain import rules
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.views import modals, rows
from bot.incident.commands.request import Outcome, Reply, Request

NO_DAY = "I see no day in “{}”. Write it after the number: `/incident action move ACT-{} friday`, and then the reason."
WHO = "I see no person in “{}”: write `/incident action ACT-{} @person`."


def settle(request: Request, listed: ListedItem, asked: ItemChange) -> Outcome:
    """Do what was typed about this item, whose incident is the request's."""
    item = listed.item
    match asked.verb:
        case "done":
            if not asked.rest:
                return opened(item, modals.done)
            return changed_by(request, item, partial(rules.finish, proof=asked.rest))
        case "drop":
            if not asked.rest:
                return opened(item, modals.drop)
            return changed_by(request, item, partial(rules.drop, reason=asked.rest))
        case "move":
            return _move(request, item, asked.rest)
        case "undo":
            return changed_by(request, item, rules.reopen)
        case "give":
            return _give(request, item, asked.rest)
        case _:
            blocks = rows.row(listed, today_of(request))
            return Reply(Message(text=rows.text(listed, today_of(request)), blocks=blocks))


def _move(request: Request, item: ActionItem, typed: str) -> Outcome:
    """Another day, which comes first; what follows is the reason."""
    if not typed:
        return opened(item, modals.move)
    today = request.now.astimezone(request.zone).date() if request.zone else None
    dated = dates_ahead.parse(typed, today)
    if isinstance(dated, NoSuchDay):
        return rules.ended(item) or Refused(dated.why)
    if dated is None:
        return rules.ended(item) or Refused(NO_DAY.format(typed[:50], item.number))
    reason = dated.rest.strip(" ,;:")
    rule = partial(rules.move, due_on=dated.day, reason=reason, today=today_of(request))
    return changed_by(request, item, rule)


def _give(request: Request, item: ActionItem, typed: str) -> Outcome:
    if not typed:
        return opened(item, modals.give)
    is_me = typed.lower() in (ME, "myself")
    if not is_me and not typed.startswith(("@", "<@")):
        return Refused(WHO.format(typed[:50], item.number))
    owner = request.actor if is_me else mentions.person(typed) or ""
    return unfit_owner(request, owner, typed) or changed_by(request, item, partial(rules.assign, owner=owner))
