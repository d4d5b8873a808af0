"""Post the list of tasks in the thread of the card, or edit it to show the present state."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, ShowTasks
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import tasks
from bot.ports.slack.calls import Call, Edit, Post
from bot.ports.slack.port import SLACK


def render(_effect: ShowTasks, context: RenderContext) -> Call | None:
    """The list. A post would notify everybody whom it mentions, so it has names; an edit notifies nobody."""
    known = context.places.get(Place.TASKS)
    if known:
        return Edit(known.channel, known.ts, tasks.task_list(context.incident))
    card = context.places[Place.CARD]
    message = tasks.task_list(context.incident, context.names)
    return Post(card.channel, message, context.key, thread=card.ts)


async def delivered(transaction: DeliveryTransaction, _effect: ShowTasks, receipt: Mapping[str, str]) -> None:
    """Store the place of the list."""
    await posting.remember(transaction, Place.TASKS, receipt)


async def replaced(transaction: DeliveryTransaction, _effect: ShowTasks) -> bool:
    """Delete its place and post it anew, if it had one."""
    return await posting.forget(transaction, Place.TASKS)


HANDLER = Handler(
    effect=ShowTasks,
    port=SLACK,
    lane=lanes.TASKS,
    needs=Place.CARD,
    max_wait=None,
    coalesces=True,
    what="show the list of tasks",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
