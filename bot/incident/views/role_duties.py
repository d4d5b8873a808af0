"""The direct message to a person who has just got a role."""

import json

from bot.core.blocks import Element, Message, actions, button, section, sections
from bot.core.templates import Templates
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.roles import Roles, title_of
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views.card import mark


def prose(
    role: str, incident: Incident, roles: Roles, templates: Templates, *, may_read: bool = True
) -> Mrkdwn:
    """What is expected of the holder of a role: the policy's words, or those of the role's template; else nothing.

    Args:
        role: its key.
        incident: the state.
        roles: what the policy says about roles.
        templates: where `messages/duties_<key>.j2` is.
        may_read: whether the holder may read the incident's title.
    """
    if words := roles.duties(role):
        return md("{}", words)
    return templates.optional_message(
        f"messages/duties_{role}.j2",
        reference=incident.reference,
        title=incident.title if may_read else incident.reference,
        severity=incident.severity.label,
        status=incident.status.value,
        role=roles.title(role),
        commander=md("{}", mention(incident.commander)) if incident.commander else "",
    )


def duties(
    incident: Incident,
    fact: facts.RoleAssigned,
    expected: Mrkdwn,
    channel: str | None,
    *,
    may_read: bool = True,
) -> Message:
    """Which role they have, what is expected of them, and a button to decline if another person gave it to them.

    Args:
        incident: the state.
        fact: the fact that gave them the role.
        expected: the duties; empty if nothing is written about the role.
        channel: the war room's id; None if there is no war room.
        may_read: whether they may read the incident's title.
    """
    title = md(": {}", incident.title) if may_read else Mrkdwn("")
    where = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    role = title_of(fact)
    head = md("{} You are *{}* of *{}*{}{}", mark(incident), role, incident.reference, title, where)
    by = None if fact.by == fact.person else md("{} gave you this role.", mention(fact.by))
    text = lines(expected, by) or Mrkdwn("Tell the commander what you will do first.")
    who = button("Who does what", "who", str(incident.number))
    return Message(
        text=lines(head, text),
        blocks=[section(head), *sections(text), actions(who, *decline_button(incident, fact))],
    )


def decline_button(incident: Incident, fact: facts.RoleAssigned) -> list[Element]:
    """The button that ends a role which another person gave; whoever took or asked for it can step down with `leave`."""
    asked_for = fact.role == Role.COMMANDER and fact.by == fact.previous and not fact.forced
    if fact.by == fact.person or asked_for:
        return []
    value = json.dumps({"number": incident.number, "role": fact.role})
    return [button("I can't take it", "decline_role", value)]
