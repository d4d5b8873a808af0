"""Tell one person, and nobody else, that a task is due."""

from collections.abc import Mapping

from bot.core.actor import can_be_reached
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import RemindOfTask
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import task_messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: RemindOfTask, context: RenderContext) -> Call | None:
    """The reminder, unless the task or the incident is over, or the person may not see the incident any more."""
    incident = context.incident
    task = incident.tasks[effect.number - 1]
    person = task.reminded
    if incident.is_closed or not task.is_open or not can_be_reached(person):
        return None
    if incident.private and context.has_left(person):
        return None
    return Post(person, task_messages.due(incident, task, context.room_if_open), context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: RemindOfTask, receipt: Mapping[str, str]
) -> None:
    """Count it, with its delay."""
    if receipt:
        transaction.count_reminder(effect.due_at)


HANDLER = Handler(
    effect=RemindOfTask,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="remind somebody of a task",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
