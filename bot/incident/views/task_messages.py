"""The messages about one task to one person."""

from typing import assert_never

from bot.core.blocks import Element, Message, actions, button, context, section
from bot.core.text import Mrkdwn, lines, md, when
from bot.incident.domain.incident import Incident
from bot.incident.domain.tasks import Task, TaskState
from bot.incident.domain.vocabulary import mention
from bot.incident.views.tasks import DONE, TAKE, UNDO, Shown, task_details, task_value


def added(incident: Incident, task: Task, by: str) -> Message:
    """The answer to whoever has added a task."""
    whom = (
        ""
        if task.assignee is None
        else " for you"
        if task.assignee == by
        else f" for {mention(task.assignee)}"
    )
    told = "They are told privately. " if task.assignee not in (None, by) else ""
    reminder = md("Reminder: {}.", when(task.due_at)) if task.due_at else Mrkdwn("No reminder.")
    return Message.of(
        lines(
            md(
                ":ballot_box_with_check: Task *{}* of *{}* added{}: {}",
                task.reference,
                incident.reference,
                whom,
                task.text,
            ),
            md("{}{} The list is in the thread of the card.", told, reminder),
        )
    )


def changed(incident: Incident, task: Task) -> Message:
    """The answer to whoever has changed a task by a command: how it is now."""
    return Message.of(md(":ballot_box_with_check: {}: {}", _state(incident, task), task.text))


def given(incident: Incident, task: Task, by: str, channel: str | None) -> Message:
    """The direct message to a person who was given a task."""
    head = md(
        ":ballot_box_with_check: {} gave you task *{}* of {}",
        mention(by),
        task.reference,
        _where(incident, channel),
    )
    return _direct(incident, task, head)


def due(incident: Incident, task: Task, channel: str | None) -> Message:
    """The direct message when a task is due: to whoever has it, or, if nobody has, to whoever added it."""
    nobody = "" if task.assignee else " Nobody has taken it."
    head = md(":alarm_clock: Task *{}* is due.{} {}", task.reference, nobody, _where(incident, channel))
    return _direct(incident, task, head)


def single(incident: Incident, task: Task) -> Message:
    """A direct message about a task after a press of its button: how it is now, and the button that undoes it."""
    return _direct(incident, task, md(":ballot_box_with_check: {}", _state(incident, task)))


def _direct(incident: Incident, task: Task, head: Mrkdwn) -> Message:
    details = task_details(task, is_over=incident.is_closed)
    value = task_value(incident, task, Shown.DIRECT)
    done, take, undo = (
        button("Done", DONE, value, style="primary"),
        button("Take it", TAKE, value),
        button("Undo", UNDO, value),
    )
    buttons: list[Element] = ([done] if task.assignee else [done, take]) if task.is_open else [undo]
    return Message(
        text=md("{}: {}", head, task.text),
        blocks=[
            section(head),
            section(md(">{}", task.text)),
            *([context(details)] if details and task.is_open else []),
            *([] if incident.is_closed else [actions(*buttons)]),
        ],
    )


def _state(incident: Incident, task: Task) -> Mrkdwn:
    """How a task is now."""
    about = md("Task *{}* of *{}*", task.reference, incident.reference)
    match task.state:
        case TaskState.DONE:
            return md("{} is done", about)
        case TaskState.DROPPED:
            return md("{} is dropped", about)
        case TaskState.OPEN:
            whose = (
                md("is {}'s", mention(task.assignee))
                if task.assignee
                else Mrkdwn("is open, and nobody has it")
            )
            return md("{} {}", about, whose)
        case _:
            assert_never(task.state)


def _where(incident: Incident, channel: str | None) -> Mrkdwn:
    room = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    return md("*{}* {}{}", incident.reference, incident.title, room)
