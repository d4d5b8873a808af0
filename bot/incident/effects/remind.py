"""Post a reminder in the war room, if it is still due at delivery."""

from bot.engine.delivery.handler import Handler, nothing
from bot.incident.domain.effects import Place, Remind
from bot.incident.effects import lanes, reminding
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(effect: Remind, scene: Scene) -> Call | None:
    """The reminder as a post, or as an edit that updates it."""
    if reminding.is_over(effect, scene):
        return reminding.find(scene, scene.room)
    written = views.Written(scene.incident, scene.house.policy, scene.house.templates, scene.now)
    return reminding.post_or_edit(scene, scene.room, views.reminder(written, effect.nudge, scene.absent))


HANDLER = Handler(
    effect=Remind,
    port=SLACK,
    lane=lanes.URGENT,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="post a reminder",
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
