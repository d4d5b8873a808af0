"""What happened while a war room could not be reached, in one later message, in order, with times."""

from collections.abc import Mapping, Sequence

from bot.core.blocks import MESSAGE_MAX, Block, Message, context, section, within
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry
from bot.incident.views import messages
from bot.incident.views.lists import TIMELINE_MAX, entry_line, paragraphs

HEAD = Mrkdwn(":mailbox_with_mail: *While this room could not be reached*")


def missed(entries: Sequence[Entry], incident: Incident, names: Mapping[str, str]) -> Message:
    """What happened meanwhile. An offer of command that is still open can be answered here.

    Args:
        entries: the facts, in the order in which they were recorded; only the latest are shown if there are many.
        incident: the present state.
        names: people's names by id. A person with a name here is not mentioned, and so not notified of their own act.
    """
    latest_first = [entry_line(entry, names) for entry in reversed(entries)]
    shown = within(latest_first[:TIMELINE_MAX], MESSAGE_MAX)
    blocks: list[Block] = [section(HEAD)]
    if earlier := len(entries) - len(shown):
        blocks.append(
            context(md("{} earlier entries are in the postmortem draft: `/incident postmortem`", earlier))
        )
    blocks += [section(text) for text in paragraphs(shown[::-1])]
    for entry in reversed(entries):
        if isinstance(entry.fact, facts.HandoffOffered):
            is_open = entry.fact.to == incident.handoff_to
            blocks += messages.fact_message(entry, incident, names).blocks if is_open else []
            break
    return Message(text=lines(HEAD, *shown[::-1]), blocks=blocks)
