"""`/incident service`: which services the incident affects."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.services import NONE_WORDS
from bot.incident.views import services as views

WITHOUT = "The policy names no services: they belong in the section `services` of policy.yml."


def _needed(request: Request) -> tuple[Capability]:
    """Whoever sets them changes the incident."""
    return (Capability.CHANGE if request.text.strip() else Capability.READ,)


@command(
    "service",
    "service [checkout, payments | none]",
    "Which services the incident affects",
    "`/incident service` shows them, `service checkout, payments` sets them instead of those before, `service none` says "
    "that it affects none. Which services there are is said in the policy.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
    synonyms={"services": "", "affects": "", "component": "", "components": ""},
)
def service(request: Request) -> Outcome:
    """Show or set them. The card and the announcement show the change, so only the person is answered."""
    services, text = request.policy.services, request.text.strip()
    incident = request.about
    if not services and not incident.services:
        return Refused(WITHOUT)
    if not text:
        return Reply(views.affected(incident, services))
    if text.lower() in NONE_WORDS:
        named: tuple[str, ...] = ()
    else:
        found = services.named(text)
        if found.unknown or not found.keys:
            return Refused(views.unknown(found.unknown or (text,), services))
        named = found.keys
    rule = partial(rules.set_services, services=named, by=request.actor, now=request.now)
    return ChangeIncident(rule, done=partial(views.changed, services))


def chosen(request: Request) -> tuple[str, ...]:
    """The services that were chosen in a form, of those that there are."""
    return tuple(each for each in request.fields.get("services", ()) if each in request.policy.services)
