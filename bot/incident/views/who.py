"""Who does what in an incident, since when, and who is in its war room without a role."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.text import Mrkdwn, lines, md, span, when
from bot.incident.domain.incident import Incident
from bot.incident.domain.present import Present
from bot.incident.domain.roles import RoleDefinition, Roles
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark

PRESENT_MAX = 60  # people who are named; the rest is counted
HOLDERS_MAX = 40


def who(incident: Incident, roles: Roles, present: Present, person: str, now: datetime) -> Message:
    """The roles, who has been asked to take command, and who is there without a role.

    Args:
        incident: the state.
        roles: which roles there are.
        present: who is in the war room.
        person: who asks; they are offered to step down if they hold a role.
        now: the time at which it is shown.
    """
    head = md("{} *{}* {}: who does what", mark(incident), incident.reference, incident.title)
    every = roles.with_held(incident.held).all
    held = [(role, holder) for role in every for holder in incident.roles.get(role.key, ())]
    rows = [_holder(incident, role, holder, present, now) for role, holder in held[:HOLDERS_MAX]]
    if incident.handoff_to:
        rows.append(md("*Asked to take command* {}", mention(incident.handoff_to)))
    if incident.takeover_by:
        rows.append(md("*Asks for command* {}", mention(incident.takeover_by)))
    vacant = [role.title for role in every if not incident.roles.get(role.key)]
    if vacant and not incident.is_closed:
        rows.append(md("*Nobody yet* {}", ", ".join(vacant)))
    shown = lines(*rows) or Mrkdwn("Nobody held a role at the end.")
    blocks: list[Block] = [section(head), *sections(shown), *_others(incident, present)]
    if buttons := _buttons(incident, person):
        blocks.append(actions(*buttons))
    return Message(text=lines(head, shown), blocks=blocks)


def _holder(incident: Incident, role: RoleDefinition, person: str, present: Present, now: datetime) -> Mrkdwn:
    since = incident.held_since[role.key][person]
    away = Mrkdwn(" · not in the war room") if present.lacks(person) else Mrkdwn("")
    return md("*{}* {} since {} ({}){}", role.title, mention(person), when(since), span(now - since), away)


def _others(incident: Incident, present: Present) -> Sequence[Block]:
    if present.people is None:
        return [context(Mrkdwn("I do not know yet who is in the war room."))]
    busy = set(incident.responders)
    free = [person for person in present.people if person not in busy]
    if not free:
        return [context(Mrkdwn("Nobody is in the war room without a role."))]
    more = f" and {len(free) - PRESENT_MAX} more" if len(free) > PRESENT_MAX else ""
    return [
        section(md("*Here without a role* {}{}", Mrkdwn(", ".join(map(mention, free[:PRESENT_MAX]))), more))
    ]


def _buttons(incident: Incident, person: str) -> list[Element]:
    if incident.is_closed:
        return []
    value = str(incident.number)
    take = [] if incident.commander else [button("Take command", "take_command", value, style="primary")]
    leave = [button("Step down", "leave", value)] if incident.roles_of(person) else []
    return [*take, button("Roles", "roles", value), *leave]
