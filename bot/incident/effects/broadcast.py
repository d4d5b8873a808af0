"""Post a reminder in the incidents channel: the last step, which needs no war room."""

from bot.engine.delivery.handler import Handler, do_nothing
from bot.incident.domain.effects import Broadcast
from bot.incident.effects import lanes, reminding
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: Broadcast, context: RenderContext) -> Call | None:
    """The reminder as a post, or as an edit that updates it."""
    if reminding.is_over(effect, context):
        return reminding.find(context, context.installation.incidents_channel)
    reminder_text = views.ReminderText(
        context.incident, context.installation.policy, context.installation.templates, context.now
    )
    message = views.broadcast(reminder_text, context.room_if_open)
    return reminding.post_or_edit(context, context.installation.incidents_channel, message)


HANDLER = Handler(
    effect=Broadcast,
    port=SLACK,
    lane=lanes.BROADCAST,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="post a reminder in the incidents channel",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=reminding.delivered,
    replaced=reminding.replaced,
    died=do_nothing,
)
