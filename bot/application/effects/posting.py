"""What stands in Slack once, and is edited from then on: posting it, and remembering where it stands."""

from collections.abc import Mapping

from bot.application.calls import Call, Edit, Post
from bot.application.effects.marking import Marking
from bot.application.scenes import Scene
from bot.core.blocks import Message
from bot.incident.domain.effects import Place
from bot.store.tables import PlaceRow


def post_or_edit(place: Place, channel: str, message: Message, scene: Scene) -> Call:
    """Edit it where it stands; post it in this channel where it does not."""
    known = scene.places.get(place)
    return Edit(known.channel, known.ts, message) if known else Post(channel, message, scene.key)


async def remember(marking: Marking, place: Place, receipt: Mapping[str, str]) -> None:
    """Where it stands from now on. An edit tells nothing: that is known."""
    if receipt:
        await stands(marking, place, receipt["channel"], receipt["ts"])


async def stands(marking: Marking, place: Place, channel: str, ts: str) -> None:
    """It stands there; `ts` is empty where it is the channel itself."""
    row = marking.row
    await marking.session.merge(
        PlaceRow(stream_id=row.stream_id, name=place, team_id=row.team_id, channel=channel, ts=ts)
    )


async def forget(marking: Marking, place: Place) -> bool:
    """It stands nowhere any more. Whether it stood anywhere."""
    known = await marking.session.get(PlaceRow, (marking.row.stream_id, place))
    if known is not None:
        await marking.session.delete(known)
    return known is not None
