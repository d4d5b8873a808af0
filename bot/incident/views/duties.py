"""What one person has to do in open incidents: their roles and their tasks, each with its incident."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import Block, button, context, section, within
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.roles import Roles
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.domain.tasks import Task, of_person
from bot.incident.views.tasks import task_text, task_value


def duty_line(listed: ListedIncident, person: str, roles: Roles) -> Mrkdwn:
    """Which roles the person has in an incident, such as `You are *Scribe* of *INC-42* …`."""
    return md("You are {} of {}", _part(listed.incident, person, roles), name_of(listed))


def name_of(listed: ListedIncident) -> Mrkdwn:
    """An incident by its reference and title, with its war room."""
    where = Mrkdwn(f" · <#{listed.channel}>") if listed.channel else Mrkdwn("")
    return md("*{}* {}{}", listed.incident.reference, listed.incident.title, where)


def tasks_of(duties: Sequence[ListedIncident], person: str) -> list[tuple[ListedIncident, Task]]:
    """The person's open tasks, each with its incident: first those with a time, the earliest first."""
    found = [(each, task) for each in duties for task in of_person(each.incident.tasks, person)]
    return sorted(
        found, key=lambda each: (each[1].due_at is None, each[1].due_at and each[1].due_at.timestamp())
    )


def task_rows(
    tasks: Sequence[tuple[ListedIncident, Task]], action_id: str, most: int, room: int, now: datetime
) -> list[Block]:
    """A section with a button for each task, as many as fit, and how many more there are.

    Args:
        tasks: the tasks.
        action_id: what the button does.
        most: how many sections there may be.
        room: how many characters they may have together.
        now: the time at which they are shown.
    """
    texts = [lines(task_text(task, now), name_of(listed)) for listed, task in tasks[:most]]
    shown = within(texts, room)
    rows = [
        section(text) | {"accessory": button("Done", action_id, task_value(listed.incident, task, ""))}
        for text, (listed, task) in zip(shown, tasks, strict=False)
    ]
    if more := len(tasks) - len(rows):
        rows.append(context(md("and {} more: `/incident tasks` in their war rooms", more)))
    return rows


def _part(incident: Incident, person: str, roles: Roles) -> Mrkdwn:
    """The person's roles, such as `*Incident Commander*`, or that they are asked to take command."""
    parts = [md("*{}*", roles.title(key)) for key in incident.roles_of(person)]
    if incident.handoff_to == person:
        parts.append(md("*asked to take command*"))
    return Mrkdwn(" and ".join(parts))
