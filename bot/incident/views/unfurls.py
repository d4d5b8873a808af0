"""The preview below a link to an incident, and its details: blocks, and a Work Object where Slack shows those.

Source: Slack docs, "Unfurling links in messages" (no rich text blocks), "Implementing Work Objects".
"""

from datetime import datetime
from typing import Any

from bot.core.actor import can_be_reached
from bot.core.blocks import Block, context, section
from bot.core.text import clip, dotted, lines, md, when
from bot.core.tokens import in_words
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.card import commander_words, mark, news
from bot.incident.views.duties import name_of
from bot.incident.views.ending import status_words
from bot.incident.views.services import affects_in_short, short_titles

Entity = dict[str, Any]

ENTITY_TYPE = "slack#/entities/incident"
REFERENCE_TYPE = "incident"
SHORT, LONG = 300, 2000  # characters: all Work Objects of a message may have about 3,400 bytes

# Slack's tags have only these colours; the word in them says it all.
_STATUS_COLORS = {
    Status.TRIAGE: "red",
    Status.MITIGATING: "yellow",
    Status.MITIGATED: "blue",
    Status.RESOLVED: "green",
    Status.REVIEWED: "green",
}
_SEVERITY_COLORS = {
    Severity.SEV1: "red",
    Severity.SEV2: "yellow",
    Severity.SEV3: "blue",
    Severity.SEV4: "gray",
}

_ORDER = ("status", "severity", "service", "assigned_to", "war_room", "next_update", "description")


def preview(listed: ListedIncident, policy: Policy, now: datetime) -> list[Block]:
    """What everybody sees below the link: the state of the incident when the link was posted."""
    incident = listed.incident
    head = lines(
        md("{} *{}* {}", mark(incident), incident.severity.label, name_of(listed)),
        dotted(
            md("{}", status_words(incident)),
            affects_in_short(incident, policy.services),
            commander_words(incident),
        ),
    )
    return [section(head), section(news(incident, policy)), context(md("As of {}.", when(now)))]


def work_object(
    listed: ListedIncident, policy: Policy, now: datetime, address: str, *, full: bool = False
) -> Entity:
    """The incident as Slack's Work Object.

    Args:
        listed: the incident and its war room.
        policy: when the next update is due.
        now: the time at which it is shown.
        address: its address.
        full: whether it is for the pane with its details, and not for the preview below a link.
    """
    incident = listed.incident
    return {
        "entity_type": ENTITY_TYPE,
        "url": address,
        "external_ref": {"id": incident.reference, "type": REFERENCE_TYPE},
        "entity_payload": {
            "attributes": {
                "title": {"text": _words(incident.title, SHORT)},
                "display_id": incident.reference,
                "display_type": "Incident",
                "metadata_last_modified": int(now.timestamp()),
            },
            "fields": _fields(incident, policy, full=full),
            "custom_fields": _custom_fields(listed, policy, full=full),
            "display_order": list(_ORDER),
        },
    }


def _fields(incident: Incident, policy: Policy, *, full: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "status": {"value": str(incident.status), "tag_color": _STATUS_COLORS.get(incident.status, "gray")},
        "severity": {
            "value": incident.severity.label,
            "tag_color": _SEVERITY_COLORS[incident.severity],
        },
        "date_created": {"value": int(incident.declared_at.timestamp())},
    }
    if incident.services:
        every = ", ".join(policy.services.titles(incident.services))
        short = short_titles(incident, policy.services)
        fields["service"] = {"value": _words(every if full else short, LONG)}
    if can_be_reached(incident.declared_by):
        fields["created_by"] = _person(incident.declared_by)
    if incident.commander and can_be_reached(incident.commander):
        fields["assigned_to"] = _person(incident.commander)
    if incident.updated_at:
        fields["date_updated"] = {"value": int(incident.updated_at.timestamp())}
    if text := incident.update or incident.summary:
        fields["description"] = {"value": _words(text, LONG if full else SHORT), "long": True}
    return fields


def _custom_fields(listed: ListedIncident, policy: Policy, *, full: bool) -> list[dict[str, Any]]:
    incident = listed.incident
    found: list[dict[str, Any]] = []
    if listed.channel:
        found.append(_custom("war_room", "War room", "slack#/types/channel_id", listed.channel))
    if not incident.is_closed:
        due = int(promised_at(incident, policy).timestamp())
        found.append(_custom("next_update", "Next update by", "slack#/types/timestamp", due))
    if full and incident.update and incident.summary:
        found.append(_custom("summary", "Summary", "string", _words(incident.summary, LONG)))
    if full and incident.open_tasks:
        found.append(_custom("open_tasks", "Open tasks", "integer", len(incident.open_tasks)))
    return found


def _custom(key: str, label: str, kind: str, value: object) -> dict[str, Any]:
    return {"key": key, "label": label, "type": kind, "value": value}


def _person(person: str) -> dict[str, Any]:
    return {"type": "slack#/types/user", "user": {"user_id": person}}


def _words(text: str, most: int) -> str:
    """Plain text, in which nothing is a mention."""
    return clip(in_words(text, {}), most)
