"""`/incident subscribe`: follow an incident, or all incidents of a severity or service, without being in the war room."""

from bot.core.decision import Refused
from bot.incident.commands.parsing import named_other
from bot.incident.commands.registry import INCIDENT, NOTHING, button, command
from bot.incident.commands.request import Follow, Outcome, Reply, Request, Wants
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.subscriptions import WIDEST, Following
from bot.incident.domain.vocabulary import Severity, reference
from bot.incident.views import subscriptions as views
from bot.incident.views.replies import no_such_incident

GUEST = "As a guest you can follow single incidents: type `/incident subscribe` in their war rooms."
OUTSIDE = (
    "Only members of its war room can follow a private incident: direct messages about it go to nobody else."
)
UNCLEAR = (
    "Say what you want to follow: `/incident subscribe INC-12`, `/incident subscribe sev2` (all incidents of SEV2 or "
    "worse) or `/incident subscribe all`."
)


@command(
    "subscribe",
    "subscribe [INC-1|sev1…sev4|service|all]",
    "Get direct messages about an incident without being in its war room, or about all of a severity or a service",
    "`subscribe` alone follows the incident whose war room you are in; elsewhere it shows what you follow. "
    "`subscribe sev2` is for good: it follows all incidents of SEV2 or worse, also new ones, but never private ones; "
    "with the name of a service, those that affect it. You are told when the severity or status changes, when it ends, and of updates to stakeholders.",
    about=NOTHING,
    may=Capability.OWN,
    wants=Wants.PEOPLE | Wants.OTHER | Wants.SUBSCRIPTIONS,
    synonyms={"follow": "", "watch": "", "subscriptions": ""},
)
def subscribe(request: Request) -> Outcome:
    """Follow what is named, or the war room's incident, or show what the person follows."""
    text = request.text.strip()
    if not text:
        return _begin(request, request.incident) if request.incident else show(request)
    number = named_other(request)
    if number is not None:
        if request.other is None:
            return Refused(no_such_incident(number))
        if request.other.is_seen_from_outside:
            return Refused(OUTSIDE)
        return _begin(request, request.other.incident)
    severity, service = severity_of(text), request.policy.services.find(text)
    if severity is None and service is None:
        return Refused(unclear(UNCLEAR, request, "subscribe"))
    profile = request.people.get(request.actor)
    if profile is None or profile.is_guest:
        return Refused(GUEST)
    if severity is None:
        return _service(request, service or "")
    if severity is request.follows.severity:
        return Reply(views.already(views.range_words(severity)))
    return Follow((Following(severity=severity),), views.begun_for(severity, request.follows.severity))


@button(views.FOLLOW, about=INCIDENT, may=Capability.OWN, wants=Wants.SUBSCRIPTIONS)
def follow(request: Request) -> Outcome:
    """Follow the incident, from its announcement."""
    return _begin(request, request.about)


@button(views.STOP, about=NOTHING, may=Capability.OWN, wants=Wants.SUBSCRIPTIONS)
def stop(request: Request) -> Outcome:
    """End it, from a direct message. Whoever can no longer see the incident can end it, too."""
    return end(request.number) if request.number else Refused(UNCLEAR)


@button(views.STOP_LISTED, about=NOTHING, may=Capability.OWN, wants=Wants.SUBSCRIPTIONS)
def stop_listed(request: Request) -> Outcome:
    """End one of the list, which then shows the others."""
    number = request.number
    if not number:
        return Refused(UNCLEAR)
    following = Following(number=number, follows=False)
    left = [each for each in request.followed if each.incident.number != number]
    message = views.following(
        request.follows.after(following), left, request.policy.services, reference(number)
    )
    return Follow((following,), message, in_place=True)


@button(views.STOP_SEVERITY, about=NOTHING, may=Capability.OWN, wants=Wants.SUBSCRIPTIONS)
def stop_severity(request: Request) -> Outcome:
    """The same for the severity that they follow."""
    following = Following()
    before = request.follows.severity
    return _stopped(request, following, views.range_words(before) if before else "them")


@button(views.STOP_SERVICE, about=NOTHING, may=Capability.OWN, wants=Wants.SUBSCRIPTIONS)
def stop_service(request: Request) -> Outcome:
    """The same for a service that they follow, also one that the policy no longer has."""
    key = request.text
    words = views.service_words(request.policy.services.title(key))
    return _stopped(request, Following(service=key, follows=False), words) if key else Refused(UNCLEAR)


def _stopped(request: Request, following: Following, ended_words: str) -> Outcome:
    """The list without it."""
    after, services = request.follows.after(following), request.policy.services
    message = views.following(after, request.followed, services, ended_words)
    return Follow((following,), message, in_place=True)


def show(request: Request) -> Outcome:
    """What the person follows, each with a button to end it."""
    return Reply(views.following(request.follows, request.followed, request.policy.services))


def end(number: int) -> Outcome:
    """End a person's following of one incident, whatever the reason for which they hear of it."""
    return Follow((Following(number=number, follows=False),), views.ended(reference(number)))


def severity_of(text: str) -> Severity | None:
    """The severity that is typed, `all` for the widest; None if it is none. A bare digit is an incident's number."""
    return WIDEST if text.lower() in ("all", "everything") else Severity.parse(text)


def unclear(words: str, request: Request, command_name: str) -> str:
    """The refusal of what was typed, with the services if the policy has any."""
    services = request.policy.services
    return f"{words} {views.or_a_service(services, command_name)}" if services else words


def _service(request: Request, key: str) -> Outcome:
    title = request.policy.services.title(key)
    if key in request.follows.services:
        return Reply(views.already(views.service_words(title)))
    return Follow((Following(service=key),), views.begun_for_service(title, key))


def _begin(request: Request, incident: Incident) -> Outcome:
    if incident.number in request.follows.incidents:
        return Reply(views.already(incident.reference))
    return Follow((Following(number=incident.number),), views.begun(incident))
