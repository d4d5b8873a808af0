"""The buttons and forms of verification: does what was done have its effect?"""

from functools import partial

from bot.core.decision import Refused
from bot.followup.commands.fitting import unfit_owner
from bot.followup.commands.loaded import GONE, ONE, item_of, needed
from bot.followup.domain import verifying
from bot.followup.domain.action_item import SUBJECT
from bot.followup.views import verification as views
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import OpenForm, Outcome, Request, Wants, Write
from bot.incident.domain.permissions import Capability


@button(views.ASK, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def ask_button(request: Request) -> Outcome:
    """Choose whom to ask."""
    item = item_of(request)
    if item is None:
        return GONE
    return verifying.unfit(item) or OpenForm(views.ask(item))


@form(
    views.ASK,
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=needed,
    wants=Wants.PEOPLE | Wants.PRESENT,
    loads=ONE,
)
def ask(request: Request) -> Outcome:
    """Ask them."""
    item, person = item_of(request), str(request.fields.get("person", ""))
    if item is None:
        return GONE
    if not person:
        return Refused("Choose who looks.", field="person")
    if refused := unfit_owner(request, person):
        return refused
    rule = partial(verifying.ask, person=person, by=request.actor, now=request.now)
    return Write(SUBJECT, item.number, rule, views.asked)


@button(views.YES, about=INCIDENT, may=Capability.OWN, loads=ONE)
def verified_button(request: Request) -> Outcome:
    """Ask for a sentence."""
    return _open(request, is_verified=True)


@button(views.NO, about=INCIDENT, may=Capability.OWN, loads=ONE)
def not_verified_button(request: Request) -> Outcome:
    """Ask for a sentence."""
    return _open(request, is_verified=False)


@form(views.YES, about=INCIDENT, may=Capability.OWN, loads=ONE)
def verified(request: Request) -> Outcome:
    """It has its effect."""
    return _answer(request, is_verified=True)


@form(views.NO, about=INCIDENT, may=Capability.OWN, loads=ONE)
def not_verified(request: Request) -> Outcome:
    """It does not have its effect, or not yet."""
    return _answer(request, is_verified=False)


def _open(request: Request, *, is_verified: bool) -> Outcome:
    item = item_of(request)
    if item is None:
        return GONE
    refused = verifying.unanswerable(item, by=request.actor)
    return refused or OpenForm(views.answer(item, is_verified=is_verified))


def _answer(request: Request, *, is_verified: bool) -> Outcome:
    item = item_of(request)
    if item is None:
        return GONE
    note = str(request.fields.get("note", ""))
    rule = partial(verifying.answer, note=note, is_verified=is_verified, by=request.actor, now=request.now)
    return Write(SUBJECT, item.number, rule, views.found)
