"""How a change of an action item is carried out, whether it was pressed or typed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.followup.domain import rules
from bot.followup.domain.action_item import SUBJECT, ActionItem
from bot.followup.views import messages
from bot.incident.commands.request import OpenForm, Outcome, Request, Write


def opened(item: ActionItem, view: Callable[[ActionItem], Any]) -> Outcome:
    """Ask in a form for what is missing, if it is still open."""
    return rules.ended(item) or OpenForm(view(item))


def changed_by(request: Request, item: ActionItem, rule: Callable[..., rules.Decision]) -> Outcome:
    """Change it by this rule; the person is told how it is then."""
    return Write(SUBJECT, item.number, partial(rule, by=request.actor, now=request.now), messages.changed)
