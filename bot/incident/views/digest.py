"""The digest: all open incidents in one message."""

from collections.abc import Mapping
from datetime import datetime

from bot.core.blocks import MESSAGE_MAX, Block, Message, context, section, within
from bot.core.text import Mrkdwn, dotted, lines, md, span, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.ending import status_words
from bot.incident.views.lists import LISTED_MAX, how_many, paragraphs
from bot.incident.views.services import affects_in_short
from bot.incident.views.unreadable import unreadable

QUIET = Mrkdwn(":sunny: No incident is open.")


def digest(
    listed: Shortlist, policy: Policy, now: datetime, names: Mapping[str, str] | None = None
) -> Message:
    """The open incidents, the worst first; the first line says how many, and how many have an update overdue.

    Args:
        listed: those that the readers may see.
        policy: when updates are due.
        now: the time at which it is shown.
        names: people's names by id: nobody whose name is here is mentioned, and so notified, by a message in a channel.
    """
    if listed.is_empty:
        return Message.of(QUIET)
    shown = listed.worst[:LISTED_MAX]
    late = sum(promised_at(each.incident, policy) <= now for each in shown)
    overdue = md(", *{} with an update overdue*", late) if late else Mrkdwn("")
    head = md(":newspaper: *{}*{}", how_many(listed.total), overdue)
    rows = within([_rows(each, policy, now, names or {}) for each in shown], MESSAGE_MAX)
    blocks: list[Block] = [section(text) for text in paragraphs([head, *rows])]
    if listed.unreadable:
        blocks.append(section(unreadable(listed.unreadable)))
    if more := listed.total - len(rows) - len(listed.unreadable):
        blocks.append(context(md("and {} more: `/incident list`", more)))
    return Message(text=head, blocks=blocks)


def _rows(listed: ListedIncident, policy: Policy, now: datetime, names: Mapping[str, str]) -> Mrkdwn:
    incident = listed.incident
    room = Mrkdwn(f" · <#{listed.channel}>") if listed.channel else Mrkdwn("")
    name = md("{} *{}* {}{}", mark(incident), incident.reference, incident.title, room)
    state = dotted(
        md("{} · {}", incident.severity.label, status_words(incident)),
        affects_in_short(incident, policy.services),
        _commander(incident, names),
        _last(incident, now),
        _next(incident, policy, now),
    )
    return lines(name, state)


def _commander(incident: Incident, names: Mapping[str, str]) -> Mrkdwn:
    if incident.commander is None:
        return Mrkdwn("no commander yet")
    return md("IC {}", names.get(incident.commander) or mention(incident.commander))


def _last(incident: Incident, now: datetime) -> Mrkdwn:
    if incident.updated_at is None:
        return md("no update yet, declared {} ago", span(now - incident.declared_at))
    return md("last update {} ago", span(now - incident.updated_at))


def _next(incident: Incident, policy: Policy, now: datetime) -> Mrkdwn:
    due = promised_at(incident, policy)
    return md("next by {}", when(due)) if due > now else md("*:warning: overdue since {}*", when(due))
