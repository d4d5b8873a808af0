"""Tasks: the list in the card's thread, its private copy, and the lists in other messages."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from bot.core.blocks import Block, Message, actions, button, context, section, within
from bot.core.text import Mrkdwn, clip, clip_mrkdwn, dotted, lines, md, when
from bot.core.tokens import in_words
from bot.incident.domain.incident import Incident
from bot.incident.domain.tasks import Task, TaskState
from bot.incident.domain.vocabulary import mention
from bot.incident.views.lists import paragraphs

DONE, UNDO, TAKE, NEW, DROP = "task_done", "task_undo", "task_take", "task_new", "task_drop"

# A message has at most 50 blocks and 12,000 characters (Slack docs, "Block Kit", "chat.postMessage").
_BLOCKS_OF_OPEN, _OPEN_ROOM = 39, 5000
_SHORT_MAX, _SHORT_ROOM = 80, 3500  # those that have no block of their own
_DONE_SHOWN, _DONE_MAX = 5, 250
_ADD = Mrkdwn("`/incident task @person check replica lag in 10 min`")

Names = Mapping[str, str] | None


class Shown(StrEnum):
    """Where a button of a task is, which decides how a press is answered."""

    LIST = "list"  # in the card's thread: the list itself is edited
    PRIVATE = "private"  # in the private copy of the list
    DIRECT = "direct"  # in a direct message about one task


def task_list(incident: Incident, names: Names = None, *, shown: Shown = Shown.LIST) -> Message:
    """All tasks: open ones with buttons, then those that were done last, then how many more were.

    Args:
        incident: the state. A closed incident's tasks have no buttons.
        names: people's names by id, to mention nobody; None to mention them.
        shown: where it is shown.
    """
    open_tasks = incident.open_tasks
    done = sorted(
        (task for task in incident.tasks if task.state is TaskState.DONE),
        key=lambda task: (task.ended_at or incident.declared_at, task.number),
        reverse=True,
    )
    head = section(md("*Tasks of {}*: {}", incident.reference, _count(incident, len(open_tasks), len(done))))
    if not incident.is_closed:
        head["accessory"] = button("Add a task", NEW, str(incident.number))
    blocks = [head, *_open(incident, open_tasks, names, shown), *_done(incident, done, names, shown)]
    if not incident.tasks:
        blocks.append(context(md("To add one: {}", _ADD)))
    return Message(text=md("Tasks of {}: {} open", incident.reference, len(open_tasks)), blocks=blocks)


def left_open(incident: Incident, names: Mapping[str, str]) -> list[Block]:
    """The tasks that are still open at the end, for a message that notifies nobody; nothing if there are none."""
    return _in_short(incident, Mrkdwn("*Tasks left open*"), names)


def open_now(incident: Incident) -> list[Block]:
    """The open tasks, for a message to one person; nothing if there are none."""
    return _in_short(incident, Mrkdwn("*Open tasks*"), None)


def without_assignee(incident: Incident) -> list[Block]:
    """The open tasks that nobody has, by their numbers; nothing if there are none."""
    free = [task.reference for task in incident.open_tasks if not task.assignee]
    return [context(md("Open tasks that nobody has: {}", ", ".join(free)))] if free else []


def task_value(incident: Incident, task: Task, shown: str) -> str:
    """The value of a task's button."""
    return json.dumps({"number": incident.number, "task": task.number, "shown": shown})


def task_text(task: Task, now: datetime) -> Mrkdwn:
    """A task of the reader's own: what is to be done, and when they are reminded or since when it is overdue."""
    return lines(md("*{}* {}", task.reference, task.text), task_details(task, now=now))


def task_details(
    task: Task, who: Mrkdwn | None = None, *, is_over: bool = False, now: datetime | None = None
) -> Mrkdwn:
    """Who has a task, when they are reminded, and which message it is from; empty if there is nothing to say."""
    late = task.due_at is not None and now is not None and task.due_at <= now
    due = Mrkdwn("*overdue since {}*" if late else "reminder {}")
    reminder = md(due, when(task.due_at)) if task.due_at and not is_over else None
    source = md("from <{}|this message>", Mrkdwn(task.link)) if task.link else None
    return dotted(who, reminder, source)


def _open(incident: Incident, tasks: Sequence[Task], names: Names, shown: Shown) -> list[Block]:
    """A section with buttons for each open task, as many as fit; the others in short."""
    blocks: list[Block] = []
    room, at = _OPEN_ROOM, 0
    for task in tasks:
        rows = _row(incident, task, names, shown)
        room -= len(rows[0]["text"]["text"])
        if room < 0 or len(blocks) + len(rows) > _BLOCKS_OF_OPEN:
            break
        blocks += rows
        at += 1
    rest = [in_one_line(task, names) for task in tasks[at:]]
    short = within(rest, _SHORT_ROOM)
    blocks += [section(text) for text in paragraphs(short)]
    if len(short) < len(rest):
        blocks.append(context(md("and {} more", len(rest) - len(short))))
    elif rest:
        blocks.append(context(md("To mark one of these as done: `/incident task done {}`", tasks[at].number)))
    return blocks


def _row(incident: Incident, task: Task, names: Names, shown: Shown) -> list[Block]:
    details = task_details(task, _whose(task, names), is_over=incident.is_closed)
    text = lines(md("*{}* {}", task.reference, _words(task.text, names)), details)
    row = section(text)
    if incident.is_closed:
        return [row]
    value = task_value(incident, task, shown)
    done = button("Done", DONE, value)
    if task.assignee:
        return [row | {"accessory": done}]
    return [row, actions(button("Take it", TAKE, value), done)]


def _done(incident: Incident, tasks: Sequence[Task], names: Names, shown: Shown) -> list[Block]:
    blocks = []
    for task in tasks[:_DONE_SHOWN]:
        words = clip_mrkdwn(_words(task.text, names), _DONE_MAX)
        row = section(md(":white_check_mark: *{}* ~{}~", task.reference, words))
        undo = button("Undo", UNDO, task_value(incident, task, shown))
        blocks.append(row if incident.is_closed else row | {"accessory": undo})
    if more := len(tasks) - len(blocks):
        blocks.append(context(md("and {} more done", more)))
    return blocks


def _in_short(incident: Incident, head: Mrkdwn, names: Names) -> list[Block]:
    """The open tasks, one line each, as many as fit."""
    rows = [in_one_line(task, names) for task in incident.open_tasks]
    shown = within(rows, _SHORT_ROOM)
    more = [md("and {} more", len(rows) - len(shown))] if len(shown) < len(rows) else []
    return [section(text) for text in paragraphs([head, *shown, *more])] if rows else []


def in_one_line(task: Task, names: Names) -> Mrkdwn:
    """A task in one line."""
    who = (mention(task.assignee) if names is None else names.get(task.assignee, "")) if task.assignee else ""
    whose = md(" ({})", who) if who else Mrkdwn("")
    return md("• *{}* {}{}", task.reference, clip(in_words(task.text, names or {}), _SHORT_MAX), whose)


def _words(text: str, names: Names) -> Mrkdwn:
    return md("{}", text if names is None else in_words(text, names))


def _whose(task: Task, names: Names) -> Mrkdwn:
    if task.assignee is None:
        return Mrkdwn("nobody yet")
    return md("{}", mention(task.assignee) if names is None else names.get(task.assignee, "somebody"))


def _count(incident: Incident, open_tasks: int, done: int) -> str:
    if not open_tasks and not done:
        return "none" if incident.is_closed else "none yet"
    left = f"{open_tasks} {'left open' if incident.is_closed else 'open'}"
    return f"{left}, {done} done" if done else left
