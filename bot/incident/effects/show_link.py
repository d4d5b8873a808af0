"""Tell the declarer where the war room is, or that it could not be opened."""

from collections.abc import Sequence

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import Effect, OpenRoom, ShowLink
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import modals, replies
from bot.ports.slack.calls import Call, ReplaceView, Respond
from bot.ports.slack.port import SLACK


def render(effect: ShowLink, context: RenderContext) -> Call | None:
    """The link at the place of the declaration: instead of the form, or as the command's own answer."""
    message = replies.opened(context.incident, context.room_if_open, context.refused)
    if effect.view_id:
        return ReplaceView(effect.view_id, modals.opening(message.text))
    return Respond(effect.response_url, message) if effect.response_url else None


def with_link(effects: Sequence[Effect], link: ShowLink) -> Sequence[Effect]:
    """The effects of a declaration, with the link directly after the opening of the room, if one is opened: the declarer waits for it."""
    if OpenRoom() not in effects:
        return effects
    place = effects.index(OpenRoom()) + 1
    return (*effects[:place], link, *effects[place:])


HANDLER = Handler(
    effect=ShowLink,
    port=SLACK,
    lane=lanes.OPEN,  # behind OpenRoom, whether that succeeds or dies
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell the declarer where the war room is",
    warns_if_dead=False,  # people who could read a warning in the room have found the room
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.OPENING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
