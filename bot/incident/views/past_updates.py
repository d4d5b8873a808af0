"""The updates of an incident so far, for one person, in pages."""

import json
from collections.abc import Sequence

from bot.core.blocks import MESSAGE_MAX, Block, Message, actions, button, context, section, within
from bot.core.text import Mrkdwn, clip_mrkdwn, lines, md, quoted, when
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import mention
from bot.incident.views.facts import update_text

UPDATES_MAX = 5  # of a page
_UPDATE_MAX = 1900


def past_updates(incident: Incident, found: Sequence[Entry]) -> Message:
    """A page of updates, the latest first, with a button for those before them.

    Args:
        incident: the state.
        found: the updates of this page, and one more if there are any before them.
    """
    head = md("*Updates of {}*, the latest first", incident.reference)
    if not found:
        return Message.of(head, context(md("There is no update yet.")))
    page = found[:UPDATES_MAX]
    rows = within([_row(entry) for entry in page], MESSAGE_MAX)
    blocks: list[Block] = [section(head), *(section(row) for row in rows)]
    if len(found) > len(rows):
        value = json.dumps({"number": incident.number, "before": page[len(rows) - 1].seq})
        blocks.append(actions(button("Earlier ones", "past_updates", value)))
    return Message(text=lines(head, *rows), blocks=blocks)


def _row(entry: Entry) -> Mrkdwn:
    fact = entry.fact
    said = update_text(fact) if isinstance(fact, facts.UpdatePosted) else ""
    head = md("{} · {}", when(fact.at), mention(fact.by))
    return lines(head, clip_mrkdwn(quoted(said), _UPDATE_MAX))
