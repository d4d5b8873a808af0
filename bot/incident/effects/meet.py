"""Learn a person's name and time zone."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.engine.people import person_row
from bot.engine.store import people
from bot.incident.domain.effects import Meet
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.ports.slack.calls import Call, FetchPerson
from bot.ports.slack.port import SLACK


def render(effect: Meet, _scene: Scene) -> Call | None:
    """The request for the person's profile."""
    return FetchPerson(effect.person)


async def delivered(marking: Marking, effect: Meet, receipt: Mapping[str, str]) -> None:
    """Store the person."""
    if receipt:
        row = person_row(marking.row.team_id, effect.person, receipt, marking.now)
        await people.remember(marking.session, row)


HANDLER = Handler(
    effect=Meet,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    patience=None,
    coalesces=False,
    what="learn somebody's name",
    is_told=False,  # nobody misses it: Slack shows the name wherever it shows the id
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
