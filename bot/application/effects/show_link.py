"""Tell the declarer where the war room is, or that it could not be opened."""

from bot.application.calls import Call, ReplaceView, Respond
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import ShowLink
from bot.incident.views import messages, modals


def render(effect: ShowLink, scene: Scene, _house: House) -> Call | None:
    """Where they declared it: in the form's place, or as the command's own answer."""
    message = messages.opened(scene.incident, scene.room_if_open, scene.refused)
    if effect.view_id:
        return ReplaceView(effect.view_id, modals.opening(message.text))
    return Respond(effect.response_url, message) if effect.response_url else None


HANDLER = Handler(
    effect=ShowLink,
    what="tell the declarer where the war room is",
    is_told=False,  # whoever reads it in the room has found the room
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
