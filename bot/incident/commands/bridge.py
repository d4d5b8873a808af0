"""`/incident bridge`: the video bridge of the incident, another one, or none."""

from functools import partial

from bot.core.decision import Refused
from bot.core.tokens import Kind, Token, split
from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import bridge as views

_NONE = ("none", "no", "off", "remove", "delete")


def _needed(request: Request) -> tuple[Capability]:
    """Whoever sets or removes it changes the incident."""
    return (Capability.CHANGE if request.text.strip() else Capability.READ,)


@command(
    "bridge",
    "bridge [link | none]",
    "The video bridge: how to join it, another one, or none",
    "`/incident bridge` answers with the link, `bridge https://…` sets another one, `bridge none` removes it. The link is "
    "shown in the war room only: on the card, in the topic and among the bookmarks.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
    wants=Wants.PRESENT,
    synonyms={"call": "", "meeting": "", "video": "", "zoom": "", "meet": ""},
)
def bridge(request: Request) -> Outcome:
    """Answer only the person who asks. From outside the war room, its members alone are told and may change it."""
    if _is_outside(request):
        return Refused(
            "The video bridge is for the people of the war room. Join the room first: `/incident show "
            f"{request.about.reference}` shows where it is."
        )
    text = request.text.strip()
    if not text:
        return Reply(views.bridge(request.about))
    if text.lower() in _NONE:
        rule = partial(rules.remove_bridge, by=request.actor, now=request.now)
        return ChangeIncident(rule, done=views.removed)
    rule = partial(rules.set_bridge, address=_address(text), by=request.actor, now=request.now)
    return ChangeIncident(rule, done=views.bridge)


def _is_outside(request: Request) -> bool:
    """Whether it is not certain that the person is in the war room."""
    if request.in_its_room and request.channel_is_verified:
        return False
    people = request.present.people
    return request.actor not in (request.about.people if people is None else people)


def _address(text: str) -> str:
    """The address in what was typed: Slack makes a token of it."""
    pieces = list(split(text))
    (piece,) = pieces if len(pieces) == 1 else (text,)
    return piece.value if isinstance(piece, Token) and piece.kind is Kind.LINK else text
