"""Announce a published postmortem in the incidents channel, as a file with a message."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import PublishPostmortem
from bot.incident.effects import drafting, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views.postmortem_messages import announcement
from bot.ports.slack.calls import Call, ShareFile
from bot.ports.slack.port import SLACK


def render(effect: PublishPostmortem, context: RenderContext) -> Call | None:
    """First the upload, then its post. A later version, or a private incident, is not announced by this one."""
    channel, incident = context.installation.incidents_channel, context.incident
    if not channel or incident.private or incident.postmortem.published != effect.version:
        return None
    if file := context.progress.get("file"):
        comment = announcement(incident, context.room_if_open).text
        return ShareFile(channel, file, drafting.title(context), comment)
    return drafting.upload(context)


HANDLER = Handler(
    effect=PublishPostmortem,
    port=SLACK,
    lane=lanes.PUBLISHED,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="announce the published postmortem in the incidents channel",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
