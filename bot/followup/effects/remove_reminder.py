"""Remove an earlier reminder, because a newer one has taken its place."""

from bot.core.blocks import Message
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import RemoveReminder
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views.messages import REPLACED
from bot.ports.slack.calls import Call, Remove
from bot.ports.slack.port import SLACK


def render(effect: RemoveReminder, _context: RenderContext) -> Call | None:
    """Delete it; where Slack does not allow that, it says that it was replaced."""
    return Remove(effect.channel, effect.ts, Message.of(REPLACED))


HANDLER = Handler(
    effect=RemoveReminder,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="remove an earlier reminder of action items",
    warns_if_dead=False,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
