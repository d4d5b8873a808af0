"""Tell those who look after an incident that one of its action items has lost its owner."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellWithoutOwner
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellWithoutOwner, context: RenderContext) -> Call | None:
    """The commander; without one the channel of incidents, or the war room of a private incident."""
    item, incident = context.item, context.incident
    if not item.is_open or item.owner != effect.owner or context.can_be_told(effect.owner):
        return None
    commander = incident.commander
    if commander and commander != effect.owner and context.can_be_told(commander):
        channel = commander
    else:
        channel = context.room if incident.private else context.common_channel or context.room
    if not channel:
        return None
    person = context.people.get(effect.owner)
    is_gone = person is not None and not person.is_active
    room = context.room or None
    message = messages.without_owner(context.listed, room, is_gone=is_gone, today=context.today)
    return Post(channel, message, context.key)


HANDLER = Handler(
    effect=TellWithoutOwner,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell of an action item that has lost its owner",
    warns_if_dead=False,  # the list shows it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
