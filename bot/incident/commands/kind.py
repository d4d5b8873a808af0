"""`/incident kind`: whether it is a drill or a real incident, and the correction of that."""

from functools import partial

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.text import md
from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.kinds import Kind
from bot.incident.domain.permissions import Capability

_WORDS = {
    "drill": Kind.DRILL,
    "incident": Kind.INCIDENT,
    "real": Kind.INCIDENT,
    "real incident": Kind.INCIDENT,
}


def _needed(request: Request) -> tuple[Capability]:
    """Whoever corrects it changes the incident."""
    return (Capability.CHANGE if request.text.strip() else Capability.READ,)


@command(
    "kind",
    "kind [drill | incident]",
    "Whether it is a drill or a real incident, and the correction of that",
    "The title, the card and the announcement follow, the war room is told, and what was said before stays on the timeline. "
    "It works after the end, too. If a drill turns out to be real, those are called whom its severity calls.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
)
def kind(request: Request) -> Outcome:
    """Say or correct it."""
    typed = " ".join(request.text.lower().split())
    if not typed:
        return Reply(_said(request.about))
    if typed not in _WORDS:
        return Refused(
            f"I do not know the kind “{request.text.strip()[:50]}”: write `/incident kind drill` or `/incident kind incident`."
        )
    rule = partial(rules.set_kind, kind=_WORDS[typed], by=request.actor, now=request.now)
    return ChangeIncident(rule, done=_said)


def _said(incident: Incident) -> Message:
    kind = Kind.DRILL if incident.is_drill else Kind.INCIDENT
    return Message.of(md("{} is {}: {}", incident.reference, kind.phrase, incident.title))
