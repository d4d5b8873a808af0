"""Edit a reminder in the incidents channel to say how it was answered."""

from functools import partial

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import CloseBroadcast
from bot.incident.effects import lanes, reminding
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: CloseBroadcast, context: RenderContext) -> Call | None:
    """The reminder without a button, with its answer and the place where work continues."""
    return reminding.close(
        context, partial(views.answered_broadcast, context.incident, channel=context.room_if_open)
    )


HANDLER = Handler(
    effect=CloseBroadcast,
    port=SLACK,
    lane=lanes.BROADCAST,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="mark a reminder as answered",
    warns_if_dead=False,  # people see the answer itself
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
