"""`/incident unsubscribe`: end what `/incident subscribe` began."""

from bot.core.decision import Refused
from bot.incident.commands.parsing import named_other
from bot.incident.commands.registry import NOTHING, command
from bot.incident.commands.request import Follow, Outcome, Request, Wants
from bot.incident.commands.subscribe import end, severity_of, show, unclear
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.subscriptions import WIDEST, Following
from bot.incident.domain.vocabulary import Severity, reference
from bot.incident.views import subscriptions as views

UNCLEAR = (
    "Say what you no longer want to follow: `/incident unsubscribe INC-12`, `/incident unsubscribe sev2` or "
    "`/incident unsubscribe all`. `/incident subscribe` shows what you follow."
)


@command(
    "unsubscribe",
    "unsubscribe [INC-1|sev1…sev4|service|all]",
    "Get no more direct messages about an incident, a severity, a service, or anything",
    "`unsubscribe` alone is about the incident whose war room you are in; elsewhere it shows what you follow, with buttons. "
    "`unsubscribe INC-12` also stops messages that you get about it because you follow its severity or a service.",
    about=NOTHING,
    may=Capability.OWN,
    wants=Wants.PEOPLE | Wants.OTHER | Wants.SUBSCRIPTIONS,
    synonyms={"unfollow": "", "unwatch": ""},
)
def unsubscribe(request: Request) -> Outcome:
    """End what is named, or the war room's incident, or show what the person follows."""
    text = request.text.strip()
    if not text:
        return (
            _single(request, request.incident.number, request.incident) if request.incident else show(request)
        )
    number = named_other(request)
    if number is not None:
        return _single(request, number, request.other.incident if request.other else None)
    severity = severity_of(text)
    if severity is None:
        return _service(request, text)
    return _everything(request) if text.lower() == "all" else _severity(request, severity)


def _single(request: Request, number: int, incident: Incident | None) -> Outcome:
    """End one incident. One that the person may not see is answered like one that does not exist."""
    follows = request.follows
    if number in follows.incidents or (incident is not None and follows.hears_of(incident)):
        return end(number)
    return Refused(f"You do not follow {reference(number)}. `/incident subscribe` shows what you follow.")


def _service(request: Request, typed: str) -> Outcome:
    services = request.policy.services
    # One that the policy no longer has is known by its key.
    key = services.find(typed) or next((each for each in request.follows.services if each == typed), None)
    if key is None:
        return Refused(unclear(UNCLEAR, request, "unsubscribe"))
    words = views.service_words(services.title(key))
    if key not in request.follows.services:
        return Refused(f"You do not follow {words}. `/incident subscribe` shows what you follow.")
    return Follow((Following(service=key, follows=False),), views.ended(words))


def _severity(request: Request, severity: Severity) -> Outcome:
    followed = request.follows.severity
    if followed is None:
        return Refused("You follow no severity. `/incident subscribe` shows what you follow.")
    if followed is not severity:
        word = "all" if followed is WIDEST else followed.label.lower()
        return Refused(f"You follow {views.range_words(followed)}: `/incident unsubscribe {word}` ends that.")
    return Follow((Following(),), views.ended(views.range_words(severity)))


def _everything(request: Request) -> Outcome:
    single = tuple(Following(number=each, follows=False) for each in sorted(request.follows.incidents))
    services = tuple(Following(service=each, follows=False) for each in sorted(request.follows.services))
    return Follow((Following(), *single, *services), views.ended("any incident"))
