"""The app's Home tab: the open incidents that a person may see, those with their own duties first.

It is published when a person opens or refreshes it. It is not updated at every change: the cards in the war rooms are
always current, the Home tab is not.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import MESSAGE_MAX, Block, View, actions, button, context, divider, header, section
from bot.core.text import Mrkdwn, lines, md, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.duties import duty_line, name_of, task_rows, tasks_of
from bot.incident.views.lists import how_many

HOME_MAX = 90  # incidents; a view has at most 100 blocks, and ten are for everything else
DUTIES_MAX = 30  # of these, the incidents in which the person has a role
TASKS_MAX = 8  # of the person's own
REFRESH, TASK_DONE = "refresh_home", "home_task_done"
_IF_NOT = "If something is failing for customers, declare it: you can easily close it again."


def home(
    listed: Shortlist, duties: Sequence[ListedIncident], person: str, policy: Policy, now: datetime
) -> View:
    """The Home tab of one person.

    Args:
        listed: the worst open incidents that they may see.
        duties: the incidents in which they hold a role, are asked to take command or have a task, worst first.
        person: the id of the person.
        policy: when updates are due.
        now: the time at which it is shown.
    """
    mine = [each for each in duties if person in each.incident.responders][:DUTIES_MAX]
    theirs = {each.incident.number for each in mine}
    tasks = _tasks(duties, person)
    most = HOME_MAX - len(mine) - len(tasks)
    others = [each for each in listed.worst if each.incident.number not in theirs][:most]
    quiet = [] if mine or others or tasks else [section(md(":sunny: All is quiet. {}", _IF_NOT))]
    blocks = [header(how_many(listed.total)), *quiet, _buttons()]
    blocks += tasks
    if mine:
        blocks += [divider(), *(section(_duty(each, person, policy, now)) for each in mine)]
    if others:
        blocks += [divider(), *(section(_other(each, policy, now)) for each in others)]
    if (more := listed.total - len(mine) - len(others)) > 0:
        blocks.append(context(md("and {} more", more)))
    return {"type": "home", "private_metadata": "", "blocks": [*blocks, divider(), _small_print(now)]}


def _tasks(duties: Sequence[ListedIncident], person: str) -> list[Block]:
    """The person's own open tasks."""
    tasks = tasks_of(duties, person)
    if not tasks:
        return []
    return [divider(), section(Mrkdwn("*Your tasks*")), *task_rows(tasks, TASK_DONE, TASKS_MAX, MESSAGE_MAX)]


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
    duty = md("{} {}", mark(incident), duty_line(listed, person, policy.roles))
    return lines(duty, _state(incident, None, policy, now))


def _other(listed: ListedIncident, policy: Policy, now: datetime) -> Mrkdwn:
    incident = listed.incident
    commander = md("IC {}", mention(incident.commander)) if incident.commander else md("no commander yet")
    return lines(md("{} {}", mark(incident), name_of(listed)), _state(incident, commander, policy, now))


def _state(incident: Incident, commander: Mrkdwn | None, policy: Policy, now: datetime) -> Mrkdwn:
    due = promised_at(incident, policy)
    news = md("next update by {}", when(due)) if due > now else md("*update overdue since {}*", when(due))
    parts = (md("{} · {}", incident.severity.label, incident.status), commander, news)
    return Mrkdwn(" · ".join(each for each in parts if each))
