"""Tell whoever asked for a verification what was found."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellOfVerification
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import verification
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellOfVerification, context: RenderContext) -> Call | None:
    """What was found, unless the item was opened again or the person may not see the incident any more."""
    asked = context.item.verification
    if asked is None or asked.is_open or not context.can_be_told(effect.person):
        return None
    return Post(effect.person, verification.found(context.item), context.key)


HANDLER = Handler(
    effect=TellOfVerification,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody what a verification has found",
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
