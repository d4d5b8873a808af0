"""A person's own roles and tasks in all open incidents that they may see."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import Block, Message, button, section, within
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.roles import Roles
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.tasks import Task
from bot.incident.views.duties import duty_line, task_rows, tasks_of
from bot.incident.views.lists import paragraphs
from bot.incident.views.tasks import task_value
from bot.incident.views.unreadable import unreadable

MINE_MAX = 30  # incidents
TASKS_MAX = 30  # in one message, which has at most 50 blocks
DONE, UNDO = "mine_task_done", "mine_task_undo"
_ROOM = 4500  # characters for roles, and as many for tasks: a message has at most 12,000


def mine(
    duties: Shortlist,
    person: str,
    policy_roles: Roles,
    now: datetime,
    settled: tuple[Incident, Task] | None = None,
    *,
    more_duties: Sequence[Block] = (),
) -> Message:
    """What this person has to do.

    Args:
        duties: the incidents in which they have a role or a task, the worst first.
        person: the id of the person.
        policy_roles: which roles there are.
        now: the time at which it is shown.
        settled: the task that they have just marked as done, with its incident.
        more_duties: what they have to do in other subjects.
    """
    roles = [
        md("• {}", duty_line(each, person, policy_roles))
        for each in duties.worst
        if person in each.incident.responders
    ]
    tasks = tasks_of(duties.worst, person)
    blocks: list[Block] = [_settled(*settled)] if settled else []
    if duties.unreadable:
        blocks.append(section(unreadable(duties.unreadable)))
    elif not roles and not tasks and not more_duties:
        blocks.append(section(md("You have no role and no task in an open incident.")))
    if roles:
        shown = within(roles, _ROOM)
        more = [md("and {} more", len(roles) - len(shown))] if len(shown) < len(roles) else []
        blocks += [section(text) for text in paragraphs([Mrkdwn("*Your roles*"), *shown, *more])]
    if tasks:
        blocks += [section(Mrkdwn("*Your tasks*")), *task_rows(tasks, DONE, TASKS_MAX, _ROOM, now)]
    blocks += more_duties
    count = md("Your roles: {}, your tasks: {}", len(roles), len(tasks))
    return Message(text=lines(count, unreadable(duties.unreadable)), blocks=blocks)


def _settled(incident: Incident, task: Task) -> Block:
    undo = button("Undo", UNDO, task_value(incident, task, ""))
    text = md(
        ":white_check_mark: Task *{}* of *{}* is done: {}", task.reference, incident.reference, task.text
    )
    return section(text) | {"accessory": undo}
