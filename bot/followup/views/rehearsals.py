"""Rehearsals of action items: their forms, and what is said of them."""

import json
from datetime import datetime

from bot.core.blocks import Message, View, context, field_block, modal, moment_picker, section, text_input
from bot.core.text import Mrkdwn, clip, lines, md, span
from bot.followup.domain.action_item import ActionItem, Rehearsal
from bot.followup.domain.rules import OUTCOME_MAX
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import reference
from bot.incident.views.rehearsal import NOTICED

REHEARSE = "action_rehearse"
INJECT_MAX = 1000
_HOW_MAX = 150


def rehearse(item: ActionItem) -> View:
    """What is simulated?"""
    fields = [
        section(md("*{}* {}", item.reference, clip(item.title, 200))),
        field_block(
            "inject",
            "What is simulated?",
            text_input(
                multiline=True,
                max_length=INJECT_MAX,
                placeholder="Replication to the standby is paused at 14:00 in staging",
            ),
            hint="Everybody in the war room reads it. Do it where no customer is affected.",
        ),
        context(
            Mrkdwn(
                "This declares a drill with a war room. Its card asks whether it was noticed. It calls nobody."
            )
        ),
    ]
    metadata = json.dumps({"number": item.incident, "item": item.number})
    return modal(REHEARSE, "Rehearse it", fields, submit="Declare the drill", metadata=metadata)


def noticed(item: ActionItem, drill: Incident, now: datetime) -> View:
    """How and when was it noticed?"""
    fields = [
        section(md("*{}* {}", item.reference, clip(item.title, 200))),
        field_block(
            "how",
            "What or who noticed it?",
            text_input(max_length=OUTCOME_MAX, placeholder="The alert on replica lag"),
        ),
        field_block("at", "When?", moment_picker(now)),
    ]
    return modal(
        NOTICED, "It was noticed", fields, submit="Record", metadata=json.dumps({"number": drill.number})
    )


def outcome(rehearsal: Rehearsal) -> str:
    """What came of one: `rehearsed 2026-11-29: noticed after 4 min by the alert (INC-7)`."""
    after = rehearsal.noticed_after
    if after is None:
        said = "nobody noticed"
    else:
        said = f"noticed after {span(after)} by {clip(rehearsal.how, _HOW_MAX)}"
    return f"rehearsed {rehearsal.began_at:%Y-%m-%d}: {said} ({reference(rehearsal.drill)})"


def recorded(item: ActionItem) -> Message:
    """The answer to whoever has recorded what came of one."""
    last = item.rehearsals[-1]
    opened = (
        None
        if last.noticed_at
        else md("So it is open again: `/incident action move {} friday` sets another day.", item.reference)
    )
    end = md("End the drill with `/incident resolve {}`.", reference(last.drill))
    return Message.of(lines(md(":dart: *{}* {}", item.reference, outcome(last)), opened, end))
