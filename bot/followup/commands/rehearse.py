"""[Rehearse it] on a done action item of the kind `detect`: a drill tries it out, and what came of it is recorded."""

from dataclasses import replace
from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import same_words
from bot.core.text import clip
from bot.core.tokens import in_words
from bot.followup.commands.loaded import GONE, ONE, REHEARSED, item_of
from bot.followup.domain import rehearsing
from bot.followup.domain.action_item import SUBJECT
from bot.followup.views import rehearsals as views
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import DeclareIncident, OpenForm, Outcome, Request, Wants, Write, moment
from bot.incident.domain import rules
from bot.incident.domain.kinds import DRILL_PREFIX
from bot.incident.domain.permissions import Capability
from bot.incident.views.rehearsal import MISSED, NOTICED


@button(views.REHEARSE, about=INCIDENT, may=Capability.DECLARE, loads=ONE)
def rehearse_button(request: Request) -> Outcome:
    """Ask what is simulated."""
    item = item_of(request)
    if item is None:
        return GONE
    return rehearsing.not_rehearsable(item) or OpenForm(views.rehearse(item))


@form(views.REHEARSE, about=INCIDENT, may=Capability.DECLARE, wants=Wants.MENTIONED, loads=ONE)
def rehearse(request: Request) -> Outcome:
    """Declare the drill. It is as severe, and as private, as the incident that the item comes from."""
    item = item_of(request)
    if item is None:
        return GONE
    if refused := rehearsing.not_rehearsable(item):
        return refused
    inject = in_words(str(request.fields.get("inject", "")), request.names).strip()
    if not inject:
        return Refused("Say what is simulated, so that nobody takes it for real.", field="inject")
    title = clip(f"{DRILL_PREFIX}{in_words(item.title, request.names)}", rules.TITLE_MAX)
    decide = partial(
        rules.declare,
        title=title,
        severity=request.about.severity,
        summary=f"Simulated: {inject}\nIt tries out {item.reference}: {item.title}",
        private=item.private or request.about.private,
        rehearses=item.number,
        by=request.actor,
        now=request.now,
    )
    tried = decide(number=0)
    if isinstance(tried, Refused):
        return replace(tried, field="inject")
    once = same_words(f"rehearse:{item.number}", request.actor, inject)
    return DeclareIncident(title, lambda number: decide(number=number), (once,))


@button(NOTICED, about=INCIDENT, may=Capability.CHANGE, loads=REHEARSED)
def noticed_button(request: Request) -> Outcome:
    """Ask how and when."""
    item = item_of(request)
    if item is None:
        return GONE
    drill = request.about
    return rehearsing.already_recorded(item, drill) or OpenForm(views.noticed(item, drill, request.now))


@form(NOTICED, about=INCIDENT, may=Capability.CHANGE, wants=Wants.MENTIONED, loads=REHEARSED)
def noticed(request: Request) -> Outcome:
    """Record it."""
    item, at = item_of(request), moment(request, "at")
    if item is None:
        return GONE
    if at is None:
        return Refused("Choose the time at which it was noticed.", field="at")
    how = in_words(str(request.fields.get("how", "")), request.names)
    rule = partial(rehearsing.noticed, drill=request.about, at=at, how=how, by=request.actor, now=request.now)
    return Write(SUBJECT, item.number, rule, views.recorded)


@button(MISSED, about=INCIDENT, may=Capability.CHANGE, loads=REHEARSED)
def missed(request: Request) -> Outcome:
    """Record that nobody noticed; the item is open again."""
    item = item_of(request)
    if item is None:
        return GONE
    rule = partial(rehearsing.missed, drill=request.about, by=request.actor, now=request.now)
    return Write(SUBJECT, item.number, rule, views.recorded)
