"""Tell the war room that something could not be shown in Slack, and what to do about it."""

from datetime import timedelta
from typing import Any

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import failures
from bot.incident.domain.access import may_see
from bot.incident.domain.effects import Place, Warn
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import rooms
from bot.incident.views import warnings
from bot.ports.all import PORTS
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK

ONCE_IN = timedelta(hours=1)  # the same warning, for one incident
WHAT = "post in the war room"


def render(effect: Warn, context: RenderContext) -> Call | None:
    """The warning in the war room, or to one person, with the incident that it is about."""
    about = context.incident.reference if effect.person else ""
    warning = warnings.warning(PORTS[effect.port], effect.what, effect.reason, about)
    return Post(effect.person or context.room, warning, context.key)


async def died(transaction: DeliveryTransaction, effect: Warn, result: Dead) -> None:
    """Tell one person, because the war room cannot be reached: the commander, the declarer, or another person of it."""
    if effect.person:
        return
    if person := await _to_be_told(transaction):
        await _give(transaction, Warn(what=WHAT, reason=result.reason, person=person))


async def warn_about(transaction: DeliveryTransaction, of: Handler[Any, Any], reason: str) -> None:
    """Warn that what this handler is for was refused for this reason."""
    await _give(transaction, Warn(what=of.what, reason=reason, port=of.port.key))


async def _give(transaction: DeliveryTransaction, warning: Warn) -> None:
    """Give a warning, unless the very same one was given within the hour."""
    since = transaction.now - ONCE_IN
    if not await failures.is_known(
        transaction.session, transaction.kinds, transaction.row.stream_id, warning, since
    ):
        await transaction.put(warning)


async def _to_be_told(transaction: DeliveryTransaction) -> str | None:
    """The person to tell: the commander, the declarer, or another person of it; the first who may see it."""
    stored = await transaction.stored()
    incident = stored.state
    first = [incident.commander or "", incident.declared_by]
    wanted = [each for each in first if each in incident.people] + list(incident.people)
    viewers = await rooms.viewers(transaction.session, stored, wanted)
    return next((each.person for each in viewers if may_see(incident, each)), None)


HANDLER = Handler(
    effect=Warn,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what=WHAT,
    warns_if_dead=False,  # the room cannot be told that it cannot be reached: a person is told
    latest_only=False,  # it is dropped: what it warns of is tried again
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=died,
)
