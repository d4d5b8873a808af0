"""The announcement, in whichever channel."""

from bot.engine.delivery import posting
from bot.incident.effects.render_context import RenderContext
from bot.incident.views import card
from bot.ports.slack.calls import Call


def announcement(place: str, channel: str, context: RenderContext) -> Call | None:
    """The announcement of the present state at this place; None for a private incident, which is not announced."""
    if context.incident.private:
        return None
    message = card.announcement(
        context.incident,
        context.installation.policy,
        context.room_if_open,
        opening=not context.refused,
        slack_url=context.installation.slack_url,
    )
    return posting.post_or_edit(place, channel, message, context)
