"""The direct message to a person who has just become commander."""

from datetime import datetime

from bot.core.blocks import Block, Message, actions, button, section, sections
from bot.core.text import Mrkdwn, lines, md, span, when
from bot.incident.domain import facts
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.parking import still_parked
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views import decisions, parking
from bot.incident.views.card import mark
from bot.incident.views.role_duties import decline_button
from bot.incident.views.tasks import open_now

_NONE = Mrkdwn("")

BRIEF_MAX = 5  # decisions, and parked thoughts
BRIEF_TEXT_MAX = 300  # characters of a parked thought


def brief(
    incident: Incident,
    fact: facts.RoleAssigned,
    policy: Policy,
    channel: str | None,
    now: datetime,
    *,
    duties: Mrkdwn = _NONE,
) -> Message:
    """The state, who has which role, when the next update is due, and what to do first.

    Args:
        incident: the state.
        fact: the fact that made them commander.
        policy: when the next update is due.
        channel: the war room's id; None if there is no war room.
        now: the time at which it is sent.
        duties: what the team expects of a commander; empty if it says nothing.
    """
    where = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    head = md("{} You have command of *{}*: {}{}", mark(incident), incident.reference, incident.title, where)
    value = str(incident.number)
    return Message(
        text=head,
        blocks=[
            section(head),
            section(lines(*_state(incident, policy, now))),
            *open_now(incident),
            *_open_questions(incident),
            *(sections(duties) if duties else ()),
            section(
                lines(Mrkdwn("*First*"), *(md("• {}", each) for each in _first(incident, fact, policy, now)))
            ),
            actions(
                button("Post update", "update", value, style="primary"),
                button("Roles", "roles", value),
                *decline_button(incident, fact),
            ),
        ],
    )


def _open_questions(incident: Incident) -> list[Block]:
    """The latest decisions that count, the undecided ones first, and the latest parked thoughts."""
    counting = [each for each in incident.decisions if not each.state.is_over]
    decided = sorted(counting, key=lambda each: (not each.state.is_undecided, -each.number))
    parked = still_parked(incident.parked)[: -BRIEF_MAX - 1 : -1]
    found = (
        ("Decisions", "decisions", [decisions.line(each) for each in decided[:BRIEF_MAX]]),
        ("Parked for the postmortem", "park", [parking.line(each, BRIEF_TEXT_MAX) for each in parked]),
    )
    return [
        section(lines(md("*{}* (all: `/incident {}`)", title, word), *shown))
        for title, word, shown in found
        if shown
    ]


def _state(incident: Incident, policy: Policy, now: datetime) -> list[Mrkdwn]:
    age = span(now - incident.opened_at)
    last_update = (
        md("*Last update* {}: {}", when(incident.updated_at), incident.update)
        if incident.updated_at
        else Mrkdwn("*Last update* none yet")
    )
    return [
        md(
            "*{}*, {}, open for {} (since {})",
            incident.severity.label,
            incident.status,
            age,
            when(incident.opened_at),
        ),
        *_roles(incident, policy),
        last_update,
        md("*Next update by* {}", when(promised_at(incident, policy))),
    ]


def _roles(incident: Incident, policy: Policy) -> list[Mrkdwn]:
    """A line for each role that somebody has, and one line for all others: on a phone each line counts."""
    others = [each for each in policy.roles.with_held(incident.held).all if each.key != Role.COMMANDER]
    held = [each for each in others if incident.roles.get(each.key)]
    vacant = ", ".join(each.title for each in others if each not in held)
    return [
        *(
            md("*{}* {}", each.title, Mrkdwn(", ".join(map(mention, incident.roles[each.key]))))
            for each in held
        ),
        *([md("*Nobody yet* {}", vacant)] if vacant else []),
    ]


def _first(incident: Incident, fact: facts.RoleAssigned, policy: Policy, now: datetime) -> list[Mrkdwn]:
    """What to do first, the most urgent on top."""
    late = promised_at(incident, policy) <= now
    steps = [Mrkdwn("Post an update: it is overdue.")] if late else []
    if fact.previous and fact.previous != fact.person:
        steps.append(md("Ask {} what is not written down.", mention(fact.previous)))
    steps.append(
        Mrkdwn("Say in the war room who works on what. Decide and delegate; let others do the fixing.")
    )
    if any(role in policy.roles and not incident.holder(role) for role in (Role.SCRIBE, Role.COMMUNICATIONS)):
        steps.append(Mrkdwn("Ask one person to take notes and one to inform others: *Roles*."))
    return steps
