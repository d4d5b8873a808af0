"""Tell somebody directly that they could not be brought into the war room, and what helps."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import TellUninvited
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import warnings
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellUninvited, scene: Scene) -> Call | None:
    """The message to them alone, unless they are in, have left, or no longer belong to the incident."""
    person = effect.person
    if person not in scene.incident.people or scene.is_in(person) or scene.has_left(person):
        return None
    return Post(person, warnings.uninvited(scene.incident, effect.reason), scene.key)


HANDLER = Handler(
    effect=TellUninvited,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    patience=None,
    coalesces=False,
    what="tell somebody that they could not be brought in",
    is_told=False,  # the room is told by name already that they are missing
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
