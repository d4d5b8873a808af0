"""Post a reminder in the incidents channel: the last rung, which needs no war room."""

from bot.application.calls import Call
from bot.application.effects import reminding
from bot.application.effects.handler import Handler, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import Broadcast
from bot.incident.views import reminders as views


def render(effect: Broadcast, scene: Scene, house: House) -> Call | None:
    """Post it, or bring it up to date."""
    if reminding.is_over(effect, scene, house):
        return reminding.find(scene, house.incidents_channel)
    written = views.Written(scene.incident, house.policy, house.templates, scene.now)
    message = views.broadcast(written, scene.room_if_open)
    return reminding.post_or_edit(scene, house.incidents_channel, message)


HANDLER = Handler(
    effect=Broadcast,
    what="post a reminder in the incidents channel",
    is_told=True,
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=reminding.delivered,
    replaced=reminding.replaced,
    died=nothing,
)
