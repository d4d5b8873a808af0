"""What is said of a commander who is in do-not-disturb, to the war room and to who gave them command."""

import json
from datetime import datetime

from bot.core.blocks import Message, actions, button
from bot.core.text import Mrkdwn, md, when
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention

TAKE_OVER = "take_over_in_do_not_disturb"


def in_do_not_disturb(fact: facts.CommanderInDoNotDisturb, incident: Incident) -> Message:
    """The message in the war room, with a button for who takes over. It names the commander and so notifies nobody else."""
    value = json.dumps({"number": incident.number, "person": fact.person})
    return Message.of(
        md(
            ":zzz: {} has command of *{}* and is in do-not-disturb until {}: Slack does not notify them.",
            mention(fact.person),
            incident.reference,
            when(fact.until),
        ),
        actions(button("Take command", TAKE_OVER, value)),
    )


def told_privately(incident: Incident, person: str, until: datetime, room: str | None) -> Message:
    """The direct message to the person who gave or offered command."""
    is_commander = incident.commander == person
    what = Mrkdwn("has command") if is_commander else Mrkdwn("is asked to take command")
    where = Mrkdwn(f" · <#{room}>") if room else Mrkdwn("")
    return Message.of(
        md(
            ":zzz: {} {} of *{}*, but is in do-not-disturb until {}: Slack does not notify them. Call them, or choose "
            "somebody else.{}",
            mention(person),
            what,
            incident.reference,
            when(until),
            where,
        )
    )
