"""Post the postmortem draft in the war room as a file."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import Place, ShareDraft
from bot.incident.effects import drafting, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import messages
from bot.ports.slack.calls import Call, ShareFile
from bot.ports.slack.port import SLACK


def render(_effect: ShareDraft, context: RenderContext) -> Call | None:
    """First the upload, which nobody sees; then, with the id of the file, its post in the war room."""
    if file := context.progress.get("file"):
        comment = messages.draft_comment(context.incident).text
        return ShareFile(context.room, file, drafting.title(context), comment)
    return drafting.upload(context)


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
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
