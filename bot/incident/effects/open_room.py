"""Create the war room's channel."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.incident.domain.effects import Announce, OpenRoom, Place
from bot.incident.effects import lanes
from bot.incident.effects.read_members import LOOK_EVERY
from bot.incident.effects.scene import Reads, Scene
from bot.incident.store import rooms
from bot.incident.views import card
from bot.ports.slack.calls import Call, CreateChannel
from bot.ports.slack.port import SLACK


def render(_effect: OpenRoom, scene: Scene) -> Call | None:
    """A channel with the first of the incident's names that is free."""
    incident = scene.incident
    return CreateChannel(card.channel_names(incident), private=incident.private, since=incident.declared_at)


async def delivered(marking: Marking, _effect: OpenRoom, receipt: Mapping[str, str]) -> None:
    """Store the room, and edit the announcement, which may have been posted already without it.

    If that announcement still waits, a second one adds nothing.
    """
    if not receipt:
        return
    await posting.stands(marking, Place.ROOM, receipt["channel"], "")
    await rooms.look_again(marking.session, marking.row.stream_id, marking.now + LOOK_EVERY)
    if not (await marking.stored()).state.private:
        await marking.put(Announce())


HANDLER = Handler(
    effect=OpenRoom,
    port=SLACK,
    lane=lanes.OPEN,
    needs=None,
    patience=None,
    coalesces=False,
    what="open the war room",
    is_told=False,  # there is no room to tell; ShowLink tells the declarer
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
