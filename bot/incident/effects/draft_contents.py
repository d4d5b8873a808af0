"""What the files of a postmortem draft contain."""

from dataclasses import replace

import structlog

from bot.core.png.render import NoPictureError
from bot.incident.domain.postmortem import draft
from bot.incident.domain.postmortem_state import Stage
from bot.incident.effects.render_context import RenderContext
from bot.incident.views.drawing.summary import in_one_sentence
from bot.incident.views.published.material import Material, material
from bot.ports.slack.calls import UploadPicture

log = structlog.get_logger(__name__)


def markdown(context: RenderContext) -> str:
    """The whole document as Markdown."""
    return _material(context).markdown(context.installation.templates)


def picture(context: RenderContext) -> UploadPicture | None:
    """The picture of the timeline; None if it cannot be drawn: the draft is shared all the same."""
    incident, found = context.incident, _material(context)
    try:
        content = found.picture(context.installation.draw)
    except NoPictureError as error:
        log.warning("draft.no_picture", incident=incident.number, error=str(error))
        return None
    alt = f"Timeline of {incident.reference}. {in_one_sentence(found.sheet())}"
    return UploadPicture(f"{incident.reference.lower()}-timeline.png", content, alt)


def _material(context: RenderContext) -> Material:
    policy = context.installation.policy
    contents = draft(
        context.incident,
        context.timeline,
        policy,
        context.now,
        context.duplicates,
        action_items=context.action_lines,
    )
    found = material(contents, context.names, policy)
    is_out = context.incident.postmortem.stage is Stage.PUBLISHED
    return replace(found, checked=False) if is_out else found
