"""Post the announcement in the incidents channel, or edit it to show the present state."""

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, nothing
from bot.engine.delivery.marking import Marking
from bot.incident.domain.effects import Announce, Place
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import card
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: Announce, scene: Scene) -> Call | None:
    """The announcement of the present state. A private incident is not announced."""
    if scene.incident.private or not scene.house.incidents_channel:
        return None
    message = card.announcement(
        scene.incident,
        scene.house.policy,
        scene.room_if_open,
        opening=not scene.refused,
        slack_url=scene.house.slack_url,
    )
    return posting.post_or_edit(Place.ANNOUNCEMENT, scene.house.incidents_channel, message, scene)


async def delivered(marking: Marking, _effect: Announce, receipt: Mapping[str, str]) -> None:
    """Store the place of the announcement."""
    await posting.remember(marking, Place.ANNOUNCEMENT, receipt)


async def replaced(marking: Marking, _effect: Announce) -> bool:
    """Delete its place and post it anew, if it had one."""
    return await posting.forget(marking, Place.ANNOUNCEMENT)


HANDLER = Handler(
    effect=Announce,
    port=SLACK,
    lane=lanes.ANNOUNCEMENT,
    needs=Place.ROOM,
    patience=timedelta(seconds=5),
    coalesces=True,
    what="announce it in the incidents channel",
    is_told=True,
    latest_only=True,
    together=None,
    lengthy=False,
    reads=Reads.OPENING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=nothing,
)
