"""Read whether a commander, or a person who is asked to take command, is in do-not-disturb."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from bot.core.actor import can_be_reached
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import rules
from bot.incident.domain.do_not_disturb import Stretch
from bot.incident.domain.effects import Place, ReadDoNotDisturb, TellOfDoNotDisturb
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import do_not_disturb
from bot.ports.slack.calls import Call, FetchDoNotDisturb
from bot.ports.slack.port import SLACK


def render(effect: ReadDoNotDisturb, context: RenderContext) -> Call | None:
    """The request, if the workspace lets us know, and if it still matters."""
    incident = context.incident
    matters = effect.person in (incident.commander, incident.handoff_to) and not incident.is_closed
    return FetchDoNotDisturb(effect.person) if matters and context.installation.sees_do_not_disturb else None


async def delivered(
    transaction: DeliveryTransaction, effect: ReadDoNotDisturb, receipt: Mapping[str, str]
) -> None:
    """Tell who gave them command, and the war room. Who has just taken command is there, whatever their schedule says."""
    if not receipt:  # it was not asked, or cannot be known
        return
    session, now, stretch = transaction.session, transaction.now, stretch_of(receipt)
    stored = await transaction.locked()  # first: whoever writes both locks the incident before the schedule
    await do_not_disturb.remember(session, transaction.row.team_id, effect.person, stretch, now)
    if stretch is None or not stretch.covers(now) or effect.by == effect.person:
        return
    if effect.by and can_be_reached(effect.by):
        await transaction.put(TellOfDoNotDisturb(effect.person, effect.by, stretch.end))
    decide = partial(rules.note_do_not_disturb, person=effect.person, until=stretch.end, now=now)
    await transaction.acts.move(session, stored, decide, now)


def stretch_of(receipt: Mapping[str, str]) -> Stretch | None:
    """The stretch in a receipt of `FetchDoNotDisturb`; None if the person has no schedule."""
    start, end = (datetime.fromtimestamp(int(receipt[name]), UTC) for name in ("start", "end"))
    return Stretch(start, end) if start < end else None


HANDLER = Handler(
    effect=ReadDoNotDisturb,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read whether somebody is in do-not-disturb",
    warns_if_dead=False,  # nobody misses it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
