"""Tell the war room that something could not be shown in Slack, and what to do about it."""

from datetime import timedelta
from typing import Any

from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.engine.store import failures
from bot.incident.domain.access import may_see
from bot.incident.domain.effects import Place, Warn
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.store import rooms
from bot.incident.views import warnings
from bot.ports.all import PORTS
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK

ONCE_IN = timedelta(hours=1)  # the same warning, for one incident
WHAT = "post in the war room"


def render(effect: Warn, scene: Scene) -> Call | None:
    """The warning in the war room, or to one person, with the incident that it is about."""
    about = scene.incident.reference if effect.person else ""
    warning = warnings.warning(PORTS[effect.port], effect.what, effect.reason, about)
    return Post(effect.person or scene.room, warning, scene.key)


async def died(marking: Marking, effect: Warn, result: Dead) -> None:
    """Tell one person, because the war room cannot be reached: the commander, the declarer, or another person of it."""
    if effect.person:
        return
    if person := await _to_be_told(marking):
        await _give(marking, Warn(what=WHAT, reason=result.reason, person=person))


async def give(marking: Marking, of: Handler[Any, Any], reason: str) -> None:
    """Warn that what this handler is for was refused for this reason."""
    await _give(marking, Warn(what=of.what, reason=reason, port=of.port.key))


async def _give(marking: Marking, warning: Warn) -> None:
    """Give a warning, unless the very same one was given within the hour."""
    since = marking.now - ONCE_IN
    if not await failures.is_known(marking.session, marking.kinds, marking.row.stream_id, warning, since):
        await marking.put(warning)


async def _to_be_told(marking: Marking) -> str | None:
    """The person to tell: the commander, the declarer, or another person of it; the first who may see it."""
    stored = await marking.stored()
    incident = stored.state
    first = [incident.commander or "", incident.declared_by]
    wanted = [each for each in first if each in incident.people] + list(incident.people)
    viewers = await rooms.viewers(marking.session, stored, wanted)
    return next((each.person for each in viewers if may_see(incident, each)), None)


HANDLER = Handler(
    effect=Warn,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what=WHAT,
    is_told=False,  # the room cannot be told that it cannot be reached: a person is told
    latest_only=False,  # it is dropped: what it warns of is tried again
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=died,
)
