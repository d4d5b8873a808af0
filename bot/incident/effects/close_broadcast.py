"""Edit a reminder in the incidents channel to say how it was answered."""

from functools import partial

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import CloseBroadcast
from bot.incident.effects import lanes, reminding
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: CloseBroadcast, scene: Scene) -> Call | None:
    """The reminder without a button, with its answer and the place where work continues."""
    return reminding.close(
        scene, partial(views.answered_broadcast, scene.incident, channel=scene.room_if_open)
    )


HANDLER = Handler(
    effect=CloseBroadcast,
    port=SLACK,
    lane=lanes.BROADCAST,
    needs=None,
    patience=None,
    coalesces=False,
    what="mark a reminder as answered",
    is_told=False,  # people see the answer itself
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
