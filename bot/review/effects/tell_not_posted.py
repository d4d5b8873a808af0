"""Tell whoever wanted the pack posted that it could not be."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK
from bot.review.domain.board import TellNotPosted
from bot.review.effects import lanes
from bot.review.effects.render_context import RenderContext
from bot.review.views import board_message


def render(effect: TellNotPosted, context: RenderContext) -> Call | None:
    """A direct message."""
    message = board_message.not_posted(context.board.pack, effect.channel, effect.reason)
    return Post(effect.person, message, context.key)


HANDLER = Handler(
    effect=TellNotPosted,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody that a pack could not be posted",
    warns_if_dead=False,  # doctor says so
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
