"""Learn a person's name and time zone."""

from collections.abc import Mapping

from bot.application.calls import Call, FetchPerson
from bot.application.effects.handler import Handler, never, nothing
from bot.application.effects.marking import Marking
from bot.application.house import House
from bot.application.people import person_row
from bot.application.scenes import Scene
from bot.incident.domain.effects import Meet
from bot.store import people


def render(effect: Meet, _scene: Scene, _house: House) -> Call | None:
    """Ask Slack who it is."""
    return FetchPerson(effect.person)


async def delivered(marking: Marking, effect: Meet, receipt: Mapping[str, str]) -> None:
    """Who it is."""
    if receipt:
        row = person_row(marking.row.team_id, effect.person, receipt, marking.now)
        await people.remember(marking.session, row)


HANDLER = Handler(
    effect=Meet,
    what="learn somebody's name",
    is_told=False,  # nobody misses it: Slack shows the name wherever it shows the id
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
