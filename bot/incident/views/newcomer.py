"""How an incident stands, in a few lines, for one person who has come later."""

from datetime import datetime

from bot.core.blocks import Element, Message, actions, button, context, section
from bot.core.text import Mrkdwn, clip_mrkdwn, lines, md, span, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views import bridge
from bot.incident.views.card import mark

UPDATE_MAX = 600  # characters of the latest update: the card has all of it


def catchup(
    incident: Incident,
    policy: Policy,
    now: datetime,
    *,
    channel: str = "",
    card: str = "",
    outside: bool = False,
) -> Message:
    """State, command, latest update, next promise and what is needed; links; what can be done at once.

    Args:
        incident: the state.
        policy: when the next update is due.
        now: the time at which it is sent.
        channel: the war room's id; empty if it is not open.
        card: the address of the card in the war room; empty if it is not known.
        outside: whether the reader may be outside of the war room: then the video bridge is not shown.
    """
    where = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    head = md("{} *{}* {}{}", mark(incident), incident.reference, incident.title, where)
    state = lines(
        _state(incident, now),
        _command(incident),
        _latest(incident),
        _promise(incident, policy, now),
        None
        if outside or not bridge.is_open(incident)
        else md("*Video bridge* {}", bridge.address(incident)),
        md("*Needed* {}", _needed(incident, policy, now)),
    )
    return Message(
        text=lines(head, state),
        blocks=[
            section(head),
            section(state),
            context(*_links(incident, card)),
            actions(*_buttons(incident)),
        ],
    )


def _state(incident: Incident, now: datetime) -> Mrkdwn:
    level = md("*{}*, {}", incident.severity.label, incident.status)
    if incident.is_closed:
        return md("{}, declared {}", level, when(incident.declared_at))
    return md("{}, open for {} (since {})", level, span(now - incident.opened_at), when(incident.opened_at))


def _command(incident: Incident) -> Mrkdwn:
    who = mention(incident.commander) if incident.commander else "nobody yet"
    asked = md(" ({} is asked to take over)", mention(incident.handoff_to)) if incident.handoff_to else ""
    return md("*Commander* {}{}", who, asked)


def _latest(incident: Incident) -> Mrkdwn:
    if incident.updated_at is None:
        return Mrkdwn("*Latest update* none yet")
    text = clip_mrkdwn(md("{}", incident.update), UPDATE_MAX)
    return md("*Latest update* {}: {}", when(incident.updated_at), text)


def _promise(incident: Incident, policy: Policy, now: datetime) -> Mrkdwn | None:
    if incident.is_closed:
        return None
    due = promised_at(incident, policy)
    return md("*Next update by* {}", when(due)) if due > now else md("*Update overdue since* {}", when(due))


def _needed(incident: Incident, policy: Policy, now: datetime) -> str:
    """What is missing, the most urgent first."""
    if incident.is_closed:
        return "nothing: it is over. `/incident postmortem` drafts the review."
    missing = {
        "somebody who takes command": incident.commander is None,
        "an update, which is overdue": promised_at(incident, policy) <= now,
        "a scribe": _is_vacant(Role.SCRIBE, incident, policy),
        "somebody who informs others": _is_vacant(Role.COMMUNICATIONS, incident, policy),
    }
    wanted = [what for what, is_missing in missing.items() if is_missing]
    if not wanted:
        return "nothing in particular: tell the commander what you can do."
    *first, last = wanted
    return f"{', '.join(first)} and {last}." if first else f"{last}."


def _is_vacant(role: str, incident: Incident, policy: Policy) -> bool:
    """Whether the team has this role and nobody holds it."""
    return role in policy.roles and incident.holder(role) is None


def _links(incident: Incident, card: str) -> list[Mrkdwn]:
    to_card = md(" (<{}|link>)", Mrkdwn(card)) if card else ""
    known = [
        md("The pinned card shows all of it{}", to_card),
        md("Declared from <{}|this message>", Mrkdwn(incident.source)) if incident.source else Mrkdwn(""),
        md("What has happened: `/incident timeline {}`", incident.reference),
    ]
    return [each for each in known if each]


def _buttons(incident: Incident) -> list[Element]:
    value = str(incident.number)
    who = button("Who does what", "who", value)
    if incident.is_closed or incident.commander:
        return [who]
    return [button("Take command", "take_command", value, style="primary"), who]
