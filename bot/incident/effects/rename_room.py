"""Give the channel of the war room a name by its new title."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import facts
from bot.incident.domain.effects import Place, RenameRoom
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views.channel_names import channel_names, former_names
from bot.ports.slack.calls import Call, RenameChannel
from bot.ports.slack.port import SLACK


def render(_effect: RenameRoom, context: RenderContext) -> Call | None:
    """A name by the present title, unless people have given the channel a name of their own."""
    fact = context.required_entry.fact
    if not isinstance(fact, facts.Renamed):
        return None
    incident, policy = context.incident, context.installation.policy
    former = former_names(incident, policy, fact.old_title)
    return RenameChannel(context.room, channel_names(incident, policy), former)


HANDLER = Handler(
    effect=RenameRoom,
    port=SLACK,
    lane=lanes.TOPIC,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="rename the channel",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
