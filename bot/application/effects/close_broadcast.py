"""Edit a reminder that stands in the incidents channel to say how it was answered."""

from functools import partial

from bot.application.calls import Call
from bot.application.effects import reminding
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import CloseBroadcast
from bot.incident.views import reminders as views


def render(_effect: CloseBroadcast, scene: Scene, _house: House) -> Call | None:
    """No button any more, how it was answered, and where it goes on."""
    return reminding.close(
        scene, partial(views.answered_broadcast, scene.incident, channel=scene.room_if_open)
    )


HANDLER = Handler(
    effect=CloseBroadcast,
    what="mark a reminder as answered",
    is_told=False,  # the answer itself is told
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
