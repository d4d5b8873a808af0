"""Bring the row of an action item in the list in Slack up to date."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store.tables import SlackListItemRow
from bot.followup.domain.effects import ShowInList
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import slack_lists
from bot.followup.views import slack_list
from bot.ports.port import Dead
from bot.ports.slack.calls import Call
from bot.ports.slack.lists import KeepRow
from bot.ports.slack.port import SLACK


def render(_effect: ShowInList, context: RenderContext) -> Call | None:
    """The row as it should be. None if it is so, or if there is no list now: what was missed then is found later.

    An item that is over or private has no row. Even if none is known, it is asked for: after a try in doubt there may be one.
    """
    kept, item, known = context.slack_list, context.item, context.list_item
    if not context.tracker.slack_list or kept is None or not kept.list_id or kept.trouble:
        return None
    is_wanted = item.is_open and not (item.private or context.incident.private)
    row = known.row if known and known.list_id == kept.list_id else ""
    if is_wanted and row and known and known.version == item.version:
        return None
    owner = context.people.get(item.owner)
    return KeepRow(
        list_id=kept.list_id,
        columns=kept.columns,
        key_column=slack_list.REFERENCE,
        key=item.reference,
        row=row,
        cells=slack_list.cells(item, has_owner=owner is None or owner.is_active) if is_wanted else None,
        version=item.version,
    )


async def delivered(
    transaction: DeliveryTransaction, _effect: ShowInList, receipt: Mapping[str, str]
) -> None:
    """Store the row; or, for all items, that the list is gone or takes none as things are."""
    if not receipt:
        return
    session, row = transaction.session, transaction.row
    if "row" in receipt:
        await slack_lists.put(
            session,
            SlackListItemRow(
                stream_id=row.stream_id,
                team_id=row.team_id,
                list_id=receipt["list"],
                row=receipt["row"],
                version=int(receipt["version"]),
            ),
        )
        return
    kept = await slack_lists.locked(session, row.team_id)
    if kept.list_id != receipt["list"]:
        return  # there is another one since
    if "gone" in receipt:
        slack_lists.lose(kept, transaction.now)
    elif not kept.trouble:
        slack_lists.refuse(kept, receipt["refused"], transaction.now)
    session.add(kept)


async def died(transaction: DeliveryTransaction, _effect: ShowInList, dead: Dead) -> None:
    """Write down why, so that it is not tried again and again. The next change of the item is tried."""
    row = transaction.row
    known = await slack_lists.of_stream(transaction.session, row.stream_id)
    found = known or SlackListItemRow(stream_id=row.stream_id, team_id=row.team_id)
    found.trouble = dead.reason
    transaction.session.add(found)


HANDLER = Handler(
    effect=ShowInList,
    port=SLACK,
    lane=lanes.LIST,
    needs=None,
    max_wait=None,
    coalesces=True,
    what="show an action item in the list",
    warns_if_dead=False,  # doctor says so
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
