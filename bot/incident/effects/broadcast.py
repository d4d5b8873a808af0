"""Post a reminder in the incidents channel: the last rung, which needs no war room."""

from bot.engine.delivery.handler import Handler, nothing
from bot.incident.domain.effects import Broadcast
from bot.incident.effects import lanes, reminding
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: Broadcast, scene: Scene) -> Call | None:
    """The reminder as a post, or as an edit that updates it."""
    if reminding.is_over(effect, scene):
        return reminding.find(scene, scene.house.incidents_channel)
    written = views.Written(scene.incident, scene.house.policy, scene.house.templates, scene.now)
    message = views.broadcast(written, scene.room_if_open)
    return reminding.post_or_edit(scene, scene.house.incidents_channel, message)


HANDLER = Handler(
    effect=Broadcast,
    port=SLACK,
    lane=lanes.BROADCAST,
    needs=None,
    patience=None,
    coalesces=False,
    what="post a reminder in the incidents channel",
    is_told=True,
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=reminding.delivered,
    replaced=reminding.replaced,
    died=nothing,
)
