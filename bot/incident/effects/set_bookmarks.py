"""Bring the bookmarks of the war room up to date, one after another."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, SetBookmarks
from bot.incident.effects import lanes
from bot.incident.effects.head import record_refusal
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views.bookmarks import bookmarks
from bot.ports.slack.calls import Call, RemoveBookmark, SetBookmark
from bot.ports.slack.port import SLACK


def render(_effect: SetBookmarks, context: RenderContext) -> Call | None:
    """The next bookmark that is not as it should be; None if all are, or if the workspace allows none."""
    if header.BOOKMARKS in context.refused_features:
        return None
    draft, published = context.head.get(header.DRAFT), context.head.get(header.PUBLISHED)
    wanted = bookmarks(
        context.incident,
        context.installation.policy,
        card=context.address(Place.CARD),
        draft=draft.item if draft else "",
        published=published.item if published else "",
    )
    shown = {
        name.removeprefix(header.OF_BOOKMARK): row
        for name, row in context.head.items()
        if name.startswith(header.OF_BOOKMARK)
    }
    for each in wanted:
        row = shown.get(each.name)
        if row is None or row.digest != each.digest:
            bookmark = row.item if row else ""
            return SetBookmark(
                context.room, bookmark, each.title, each.link, each.emoji, each.name, each.digest
            )
    names = {each.name for each in wanted}
    left_over = (name for name, row in shown.items() if row.item and name not in names)
    name = next(left_over, None)
    return RemoveBookmark(context.room, shown[name].item, name) if name is not None else None


async def delivered(
    transaction: DeliveryTransaction, effect: SetBookmarks, receipt: Mapping[str, str]
) -> None:
    """Store the bookmark; the next one follows."""
    if not receipt or await record_refusal(transaction, header.BOOKMARKS, receipt):
        return
    row = transaction.row
    name = f"{header.OF_BOOKMARK}{receipt['name']}"
    await header.put(
        transaction.session, row.team_id, row.stream_id, name, item=receipt["id"], digest=receipt["digest"]
    )
    await transaction.put(effect)


HANDLER = Handler(
    effect=SetBookmarks,
    port=SLACK,
    lane=lanes.BOOKMARKS,
    needs=Place.CARD,
    max_wait=None,
    coalesces=True,
    what="set the bookmarks of the war room",
    warns_if_dead=False,  # nobody misses them: the card has all that they lead to
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.HEAD,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
