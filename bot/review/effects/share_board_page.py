"""Share the page and the picture of a pack in the channel where it was posted."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK
from bot.review.domain.board import ShareBoardPage
from bot.review.effects import lanes, pages
from bot.review.effects.render_context import RenderContext


def render(effect: ShareBoardPage, context: RenderContext) -> Call | None:
    """The uploads, then their post."""
    return pages.call(context, effect.channel)


HANDLER = Handler(
    effect=ShareBoardPage,
    port=SLACK,
    lane=lanes.BOARD,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="share the page of the review board (`warroom review` writes it)",
    warns_if_dead=False,  # doctor says so
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
