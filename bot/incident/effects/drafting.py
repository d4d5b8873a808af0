"""The file with the postmortem draft, wherever it is shared."""

from bot.incident.domain.postmortem import draft
from bot.incident.domain.postmortem_state import Stage
from bot.incident.effects.render_context import RenderContext
from bot.incident.views import blame
from bot.incident.views.postmortem import postmortem
from bot.ports.slack.calls import UploadFile


def upload(context: RenderContext) -> UploadFile:
    """The upload, which nobody sees yet."""
    incident, installation = context.incident, context.installation
    contents = draft(
        incident,
        context.timeline,
        installation.policy,
        context.now,
        context.duplicates,
        action_items=context.action_lines,
    )
    text = postmortem(contents, context.names, installation.templates)
    if installation.policy.check_postmortem and incident.postmortem.stage is not Stage.PUBLISHED:
        text = blame.with_list(text, context.names)
    return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text)


def title(context: RenderContext) -> str:
    """The title of the file."""
    is_out = context.incident.postmortem.stage is Stage.PUBLISHED
    return f"{context.incident.reference} postmortem{'' if is_out else ' draft'}"
