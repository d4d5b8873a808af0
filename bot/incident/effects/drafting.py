"""The file with the postmortem draft and the picture of its timeline, wherever they are shared."""

from bot.incident.domain.postmortem_state import Stage
from bot.incident.effects.render_context import RenderContext
from bot.ports.slack.calls import ShareFile, UploadFile, UploadPicture


def call(context: RenderContext, channel: str, comment: str) -> UploadFile | UploadPicture | ShareFile:
    """The next call: first the upload of the draft, then that of the picture, which nobody sees yet; then both are shared."""
    incident, progress = context.incident, context.progress
    if "file" not in progress:
        return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text(context))
    if "picture" not in progress and (picture := _picture(context)):
        return picture
    return ShareFile(
        channel,
        progress["file"],
        title(context),
        comment,
        progress.get("picture", ""),
        f"{incident.reference} timeline",
    )


def text(context: RenderContext) -> str:
    """The whole document as Markdown."""
    # To draw, and to read for blame, takes 55 modules, which a start does not need.
    from bot.incident.effects.draft_contents import markdown  # noqa: PLC0415

    return markdown(context)


def _picture(context: RenderContext) -> UploadPicture | None:
    from bot.incident.effects.draft_contents import picture  # noqa: PLC0415  # see above

    return picture(context)


def title(context: RenderContext) -> str:
    """The title of the file."""
    is_out = context.incident.postmortem.stage is Stage.PUBLISHED
    return f"{context.incident.reference} postmortem{'' if is_out else ' draft'}"
