"""Tell the person who gave or offered command, and nobody else, that the other one is in do-not-disturb."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import Place, TellOfDoNotDisturb
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import do_not_disturb
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellOfDoNotDisturb, context: RenderContext) -> Call | None:
    """A direct message, unless it is over, does not matter any more, or they may not see the incident any more."""
    incident = context.incident
    matters = effect.person in (incident.commander, incident.handoff_to) and not incident.is_closed
    if not matters or context.now >= effect.until or (incident.private and context.has_left(effect.to)):
        return None
    message = do_not_disturb.told_privately(incident, effect.person, effect.until, context.room_if_open)
    return Post(effect.to, message, context.key)


HANDLER = Handler(
    effect=TellOfDoNotDisturb,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="tell somebody that a person is in do-not-disturb",
    warns_if_dead=False,  # the war room shows it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
