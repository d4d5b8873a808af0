"""The request for command in the war room, while it is open and after it is answered."""

import json

from bot.core.blocks import Message, actions, button, context
from bot.core.text import Mrkdwn, md, when
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention


def request(fact: facts.TakeoverAsked, incident: Incident, actor: Mrkdwn) -> Message:
    """The request, with the buttons with which the commander answers."""
    commander = mention(fact.commander)
    text = md(
        ":raising_hand: {} asks {} to hand over command. Until {} answers, nothing changes.",
        actor,
        commander,
        commander,
    )
    value = json.dumps({"number": incident.number, "asker": fact.by})
    return Message.of(
        text,
        actions(
            button("Hand over", "takeover_accept", value, style="primary"),
            button("Keep command", "takeover_keep", value),
        ),
        context(md("If {} cannot be reached: `/incident assign me commander force`", commander)),
    )


def closed_request(fact: facts.Fact) -> Message:
    """The request after this fact has ended it: how it ended, without buttons."""
    match fact:
        case facts.RoleAssigned(forced=False) if fact.by == fact.previous:
            how = md("{} has handed over to {}", mention(fact.by), mention(fact.person))
        case facts.RoleAssigned():
            how = md("not open any more: {} has command", mention(fact.person))
        case facts.TakeoverDeclined() if fact.by == fact.to:
            how = md("taken back by {}", mention(fact.by))
        case facts.TakeoverDeclined():
            how = md("{} keeps command", mention(fact.by))
        case _:
            how = Mrkdwn("not open any more")
    return Message.of(md(":raising_hand: Request for command: {} ({})", how, when(fact.at)))
