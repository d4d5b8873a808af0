"""What is posted once, and is edited from then on: posting it, and remembering where it stands."""

from collections.abc import Mapping
from typing import Protocol

from bot.core.blocks import Message
from bot.engine.delivery.marking import Marking
from bot.engine.store.tables import PlaceRow
from bot.ports.slack.calls import Edit, Post


class Stage(Protocol):
    """What posting takes of a scene.

    Attributes:
        places: where what stands already stands, by name.
        key: by which a message in doubt is found again.
    """

    @property
    def places(self) -> Mapping[str, PlaceRow]: ...  # noqa: D102  # see above
    @property
    def key(self) -> str: ...  # noqa: D102


def post_or_edit(place: str, channel: str, message: Message, scene: Stage) -> Edit | Post:
    """Edit it where it stands; post it in this channel where it does not."""
    known = scene.places.get(place)
    return Edit(known.channel, known.ts, message) if known else Post(channel, message, scene.key)


async def remember(marking: Marking, place: str, receipt: Mapping[str, str]) -> None:
    """Where it stands from now on. An edit tells nothing: that is known."""
    if receipt:
        await stands(marking, place, receipt["channel"], receipt["ts"])


async def stands(marking: Marking, place: str, channel: str, ts: str) -> None:
    """It stands there; `ts` is empty where it is the channel itself."""
    row = marking.row
    await marking.session.merge(
        PlaceRow(stream_id=row.stream_id, name=place, team_id=row.team_id, channel=channel, ts=ts)
    )


async def forget(marking: Marking, place: str) -> bool:
    """It stands nowhere any more. Whether it stood anywhere."""
    known = await marking.session.get(PlaceRow, (marking.row.stream_id, place))
    if known is not None:
        await marking.session.delete(known)
    return known is not None
