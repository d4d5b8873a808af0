"""Tell a person, once, that they cannot be reminded in the channel that they have chosen."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellOfLostChannel
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import preferences as views
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellOfLostChannel, context: RenderContext) -> Call | None:
    """That it is a direct message from now on, with the button to choose again."""
    person = context.people.get(effect.owner)
    if person and not person.is_active:
        return None
    return Post(effect.owner, views.lost(effect.channel), context.key)


HANDLER = Handler(
    effect=TellOfLostChannel,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody that they cannot be reminded in a channel",
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
