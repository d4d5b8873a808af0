"""Post the announcement in the incidents channel, or edit it to the present state."""

from collections.abc import Mapping

from bot.application.calls import Call
from bot.application.effects import posting
from bot.application.effects.handler import Handler, nothing
from bot.application.effects.marking import Marking
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import Announce, Place
from bot.incident.views import card


def render(_effect: Announce, scene: Scene, house: House) -> Call | None:
    """The announcement as the state is now. A private incident is announced nowhere."""
    if scene.incident.private or not house.incidents_channel:
        return None
    message = card.announcement(
        scene.incident,
        house.policy,
        scene.room_if_open,
        opening=not scene.refused,
        slack_url=house.slack_url,
    )
    return posting.post_or_edit(Place.ANNOUNCEMENT, house.incidents_channel, message, scene)


async def delivered(marking: Marking, _effect: Announce, receipt: Mapping[str, str]) -> None:
    """Where the announcement stands."""
    await posting.remember(marking, Place.ANNOUNCEMENT, receipt)


async def replaced(marking: Marking, _effect: Announce) -> bool:
    """Where it stood it is posted anew."""
    return await posting.forget(marking, Place.ANNOUNCEMENT)


HANDLER = Handler(
    effect=Announce,
    what="announce it in the incidents channel",
    is_told=True,
    latest_only=True,
    lengthy=False,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=nothing,
)
