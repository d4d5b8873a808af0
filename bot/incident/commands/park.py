"""`/incident park`: keep a thought about the cause for the postmortem; also by shortcut from a message."""

from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import same_words
from bot.incident.commands.registry import INCIDENT, command, shortcut
from bot.incident.commands.request import ChangeIncident, Outcome, Reply, Request, Show
from bot.incident.domain import rules
from bot.incident.domain.effects import ParkMessage
from bot.incident.domain.permissions import Capability
from bot.incident.views import parking
from bot.incident.views.replies import answer


@command(
    "park",
    "park [thought]",
    "Keep a thought about the cause for the postmortem; alone it lists them",
    "Restoring the service comes first. What is parked is not lost: the postmortem draft opens with it. "
    "The shortcut “Park it” parks a message.",
    about=INCIDENT,
    may=Capability.CHANGE,
    free_text=True,
    synonyms={"parked": "", "parking": "", "parking-lot": "", "hypothesis": "", "theory": "", "idea": ""},
)
def park(request: Request) -> Outcome:
    """Park the thought, or list what is parked to this person only."""
    if not request.text.strip():
        return Reply(parking.parking_lot(request.about))
    return ChangeIncident(
        partial(rules.park, text=request.text, by=request.actor, now=request.now),
        dedup_keys=(same_words(f"park:{request.about.number}", request.actor, request.text),),
    )


@shortcut("park_message", about=INCIDENT, may=Capability.CHANGE)
def park_message(request: Request) -> Outcome:
    """Read a message and park it, once; from the message shortcut."""
    message = request.message
    if message is None:
        return Refused("Use it from a message's menu.")
    effect = ParkMessage(channel=message.channel, ts=message.ts, by=request.actor)
    return Show(
        (effect,),
        done=answer("Parked for the postmortem. `/incident park` lists what is parked."),
        once=effect.act,
        again=answer("That message was parked already. `/incident park` lists what is parked."),
    )
