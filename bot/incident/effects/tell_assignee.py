"""Tell a person, and nobody else, that they were given a task."""

from datetime import timedelta

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import facts
from bot.incident.domain.effects import Place, TellAssignee
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import task_messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellAssignee, context: RenderContext) -> Call | None:
    """The task, unless it is done, has gone to somebody else, or the person has left the war room."""
    fact, incident = context.required_entry.fact, context.incident
    if not isinstance(fact, (facts.TaskAdded, facts.TaskAssigned)) or incident.is_closed:
        return None
    task = incident.tasks[fact.number - 1]
    if not task.is_open or task.assignee is None or task.assignee != fact.assignee:
        return None
    if context.has_left(task.assignee, context.wanted_at):
        return None
    return Post(
        task.assignee, task_messages.given(incident, task, fact.by, context.room_if_open), context.key
    )


HANDLER = Handler(
    effect=TellAssignee,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=False,
    what="tell somebody of their task",
    warns_if_dead=False,  # the list shows it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
