"""Edit a reminder that stands in the war room to say how it was answered."""

from functools import partial

from bot.application.calls import Call
from bot.application.effects import reminding
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import CloseReminder
from bot.incident.views import reminders as views


def render(_effect: CloseReminder, scene: Scene, _house: House) -> Call | None:
    """No buttons any more, and how it was answered."""
    return reminding.close(scene, partial(views.answered, scene.incident))


HANDLER = Handler(
    effect=CloseReminder,
    what="mark a reminder as answered",
    is_told=False,  # the answer itself is told
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
