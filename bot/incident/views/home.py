"""The app's Home tab: the open incidents that a person may see, those with their own duties first.

It is published when a person opens or refreshes it. It is not updated at every change: the cards in the war rooms are
always current, the Home tab is not.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import Block, View, actions, button, context, divider, header, section
from bot.core.text import Mrkdwn, lines, md, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.roles import Roles
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.lists import how_many

HOME_MAX = 90  # incidents; a view has at most 100 blocks, and ten are for everything else
DUTIES_MAX = 30  # of these, the incidents in which the person has a role
REFRESH = "refresh_home"
_IF_NOT = "If something is failing for customers, declare it: you can easily close it again."


def home(
    listed: Shortlist, duties: Sequence[ListedIncident], person: str, policy: Policy, now: datetime
) -> View:
    """The Home tab of one person.

    Args:
        listed: the worst open incidents that they may see.
        duties: the incidents in which they hold a role or are asked to take command, worst first.
        person: the id of the person.
        policy: when updates are due.
        now: the time at which it is shown.
    """
    mine = duties[:DUTIES_MAX]
    theirs = {each.incident.number for each in mine}
    others = [each for each in listed.worst if each.incident.number not in theirs][: HOME_MAX - len(mine)]
    quiet = [] if mine or others else [section(md(":sunny: All is quiet. {}", _IF_NOT))]
    blocks = [header(how_many(listed.total)), *quiet, _buttons()]
    if mine:
        blocks += [divider(), *(section(_duty(each, person, policy, now)) for each in mine)]
    if others:
        blocks += [divider(), *(section(_other(each, policy, now)) for each in others)]
    if (more := listed.total - len(mine) - len(others)) > 0:
        blocks.append(context(md("and {} more", more)))
    return {"type": "home", "private_metadata": "", "blocks": [*blocks, divider(), _small_print(now)]}


def _buttons() -> Block:
    return actions(
        button("Declare an incident", "declare", "home", style="danger"), button("Refresh", REFRESH, "home")
    )


def _small_print(now: datetime) -> Block:
    return context(
        md("As of {}.", when(now)),
        md("`/incident help` lists all commands."),
        md("To practise without risk: `warroom practice`, on your own machine, without Slack."),
    )


def _duty(listed: ListedIncident, person: str, policy: Policy, now: datetime) -> Mrkdwn:
    incident = listed.incident
    part = _part(incident, person, policy.roles)
    duty = md("{} You are {} of {}", mark(incident), part, _name(listed))
    return lines(duty, _state(incident, None, policy, now))


def _other(listed: ListedIncident, policy: Policy, now: datetime) -> Mrkdwn:
    incident = listed.incident
    commander = md("IC {}", mention(incident.commander)) if incident.commander else md("no commander yet")
    return lines(md("{} {}", mark(incident), _name(listed)), _state(incident, commander, policy, now))


def _part(incident: Incident, person: str, roles: Roles) -> Mrkdwn:
    """The person's roles, such as `*Incident Commander*`, or that they are asked to take command."""
    parts = [md("*{}*", roles.title(key)) for key in incident.roles_of(person)]
    if incident.handoff_to == person:
        parts.append(md("*asked to take command*"))
    return Mrkdwn(" and ".join(parts))


def _name(listed: ListedIncident) -> Mrkdwn:
    where = Mrkdwn(f" · <#{listed.channel}>") if listed.channel else Mrkdwn("")
    return md("*{}* {}{}", listed.incident.reference, listed.incident.title, where)


def _state(incident: Incident, commander: Mrkdwn | None, policy: Policy, now: datetime) -> Mrkdwn:
    due = promised_at(incident, policy)
    news = md("next update by {}", when(due)) if due > now else md("*update overdue since {}*", when(due))
    parts = (md("{} · {}", incident.severity.label, incident.status), commander, news)
    return Mrkdwn(" · ".join(each for each in parts if each))
