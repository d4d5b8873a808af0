"""The question whether to archive a war room, and its answers."""

from datetime import datetime

from bot.core.blocks import Message, actions, button
from bot.core.text import Mrkdwn, md, when
from bot.incident.domain import facts
from bot.incident.domain.archiving import ask_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.views.upkeep import upkeep_sentence


def question(incident: Incident, at: datetime) -> Message:
    """The question. Nobody is called: whoever still reads the room sees it."""
    value = str(incident.number)
    text = md(
        ":file_cabinet: {} is {}. I will archive this channel ({}), unless somebody wants to keep it or writes here. Nothing "
        "is lost: it can be read and unarchived.",
        incident.reference,
        incident.status,
        when(at),
    )
    return Message.of(
        text,
        actions(button("Keep it open", "room_keep", value), button("Archive now", "room_archive", value)),
    )


def answered(incident: Incident, policy: Policy, fact: facts.Fact) -> Message:
    """The same message after the answer."""
    again = ask_at(incident, policy)
    how = (
        upkeep_sentence(fact) if isinstance(fact, facts.UpkeepFact) else f"{incident.reference} is open again"
    )
    more = md(". I ask again {}", when(again)) if again else Mrkdwn("")
    return Message.of(md(":file_cabinet: {}{}", how, more))


def archiving_now(incident: Incident) -> Message:
    """The answer to somebody who wants it archived now."""
    return Message.of(md("Archiving the war room of {} …", incident.reference))


def archived_room(channel: str, incident: Incident) -> Message:
    """What somebody is told who reopens an incident whose room is archived: Slack does not let apps unarchive."""
    room = Mrkdwn(f"<#{channel}>") if channel else Mrkdwn("the war room")
    return Message.of(
        md(
            ":warning: {} is open again, but its war room is archived, and Slack does not let an app unarchive a "
            "channel: open {} and choose *Unarchive channel*. I then post there what has happened since.",
            incident.reference,
            room,
        )
    )
