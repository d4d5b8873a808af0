"""Post a reminder in the war room, if it is still due at delivery."""

from bot.engine.delivery.handler import Handler, do_nothing
from bot.incident.domain.effects import Place, Remind
from bot.incident.effects import lanes, reminding
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: Remind, context: RenderContext) -> Call | None:
    """The reminder as a post, or as an edit that updates it."""
    if reminding.is_over(effect, context):
        return reminding.find(context, context.room)
    reminder_text = views.ReminderText(
        context.incident, context.installation.policy, context.installation.templates, context.now
    )
    return reminding.post_or_edit(
        context, context.room, views.reminder(reminder_text, effect.nudge, context.absent)
    )


HANDLER = Handler(
    effect=Remind,
    port=SLACK,
    lane=lanes.URGENT,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="post a reminder",
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
