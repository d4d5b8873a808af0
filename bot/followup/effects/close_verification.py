"""Show in the message that asked for a verification what became of it."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import CloseVerification
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import verification
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: CloseVerification, context: RenderContext) -> Call | None:
    """The message without its buttons, if there is one and nobody was asked anew."""
    asked = context.item.verification
    if not context.asked_at or (asked and asked.is_open):
        return None
    channel, ts = context.asked_at
    return Edit(channel, ts, verification.closed(context.listed))


HANDLER = Handler(
    effect=CloseVerification,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="show what became of a verification",
    warns_if_dead=False,  # the list of finished ones shows it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
