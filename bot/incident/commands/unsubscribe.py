"""`/incident unsubscribe`: end what `/incident subscribe` began."""

from bot.core.decision import Refused
from bot.incident.commands.parsing import named_other
from bot.incident.commands.registry import NOTHING, command
from bot.incident.commands.request import Follow, Outcome, Request, Wants
from bot.incident.commands.subscribe import end, severity_of, show, unclear
from bot.incident.domain.permissions import Capability
from bot.incident.domain.subscriptions import WIDEST, Following
from bot.incident.domain.vocabulary import Severity
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
    wants=Wants.SUBSCRIPTIONS,
    synonyms={"unfollow": "", "unwatch": ""},
)
def unsubscribe(request: Request) -> Outcome:
    """End what is named, or the war room's incident, or show what the person follows."""
    text = request.text.strip()
    if not text:
        return end(request.incident.number) if request.incident else show(request)
    number = named_other(request)
    if number is not None:
        return end(number)
    severity = severity_of(text)
    if severity is None:
        return _service(request, text)
    return _everything(request) if text.lower() == "all" else _severity(request, severity)


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
