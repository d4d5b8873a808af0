"""Post a reminder in the war room, if it is still due when it gets there."""

from bot.application.calls import Call
from bot.application.effects import reminding
from bot.application.effects.handler import Handler, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import Remind
from bot.incident.views import reminders as views


def render(effect: Remind, scene: Scene, house: House) -> Call | None:
    """Post it, or bring it up to date."""
    if reminding.is_over(effect, scene, house):
        return reminding.find(scene, scene.room)
    written = views.Written(scene.incident, house.policy, house.templates, scene.now)
    return reminding.post_or_edit(scene, scene.room, views.reminder(written, effect.nudge, scene.absent))


HANDLER = Handler(
    effect=Remind,
    what="post a reminder",
    is_told=True,
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=reminding.delivered,
    replaced=reminding.replaced,
    died=nothing,
)
