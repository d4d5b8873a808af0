"""Tell the declarer where the war room is, or that it could not be opened."""

from collections.abc import Sequence

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import Effect, OpenRoom, ShowLink
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import modals, replies
from bot.ports.slack.calls import Call, ReplaceView, Respond
from bot.ports.slack.port import SLACK


def render(effect: ShowLink, scene: Scene) -> Call | None:
    """The link at the place of the declaration: instead of the form, or as the command's own answer."""
    message = replies.opened(scene.incident, scene.room_if_open, scene.refused)
    if effect.view_id:
        return ReplaceView(effect.view_id, modals.opening(message.text))
    return Respond(effect.response_url, message) if effect.response_url else None


def with_link(effects: Sequence[Effect], link: ShowLink) -> Sequence[Effect]:
    """The effects of a declaration, with the link directly after the opening of the room: the declarer waits for it."""
    place = effects.index(OpenRoom()) + 1
    return (*effects[:place], link, *effects[place:])


HANDLER = Handler(
    effect=ShowLink,
    port=SLACK,
    lane=lanes.OPEN,  # behind OpenRoom, whether that succeeds or dies
    needs=None,
    patience=None,
    coalesces=False,
    what="tell the declarer where the war room is",
    is_told=False,  # people who could read a warning in the room have found the room
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.OPENING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
