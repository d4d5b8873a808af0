"""Edit a reminder in the war room to say how it was answered."""

from functools import partial

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import CloseReminder, Place
from bot.incident.effects import lanes, reminding
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: CloseReminder, scene: Scene) -> Call | None:
    """The reminder without buttons, with its answer."""
    return reminding.close(scene, partial(views.answered, scene.incident))


HANDLER = Handler(
    effect=CloseReminder,
    port=SLACK,
    lane=lanes.URGENT,  # behind the reminder itself
    needs=Place.ROOM,
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
