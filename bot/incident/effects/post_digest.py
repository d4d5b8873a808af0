"""Post the digest of all open incidents in the incidents channel."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.digest import LATEST
from bot.incident.domain.effects import PostDigest
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import digest
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: PostDigest, context: RenderContext) -> Call | None:
    """The digest of this moment; nothing if no incident is open any more, or if it is too late for a morning digest."""
    is_late = context.now >= effect.due_at + LATEST
    if is_late or context.open_incidents.is_empty or not context.installation.incidents_channel:
        return None
    message = digest.digest(context.open_incidents, context.installation.policy, context.now, context.names)
    return Post(context.installation.incidents_channel, message, context.key)


HANDLER = Handler(
    effect=PostDigest,
    port=SLACK,
    lane=lanes.DIGEST,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="post the morning digest in the incidents channel",
    warns_if_dead=False,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.OPEN,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
