"""Post the postmortem draft in the war room as a file."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, SetBookmarks, ShareDraft
from bot.incident.effects import drafting, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views.postmortem_messages import draft_comment
from bot.ports.slack.calls import Call, ShareFile
from bot.ports.slack.port import SLACK


def render(_effect: ShareDraft, context: RenderContext) -> Call | None:
    """First the upload, which nobody sees; then, with the id of the file, its post in the war room."""
    if file := context.progress.get("file"):
        comment = draft_comment(context.incident).text
        return ShareFile(context.room, file, drafting.title(context), comment)
    return drafting.upload(context)


async def delivered(
    transaction: DeliveryTransaction, _effect: ShareDraft, receipt: Mapping[str, str]
) -> None:
    """Keep the address of the latest draft for its bookmark, if Slack tells it."""
    if link := receipt.get("link"):
        row = transaction.row
        await header.put(transaction.session, row.team_id, row.stream_id, header.DRAFT, item=link)
        await transaction.put(SetBookmarks())


HANDLER = Handler(
    effect=ShareDraft,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="post the postmortem draft (`warroom postmortem` prints it)",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
