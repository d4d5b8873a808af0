"""Post the postmortem draft in the war room as a file."""

from bot.application.calls import Call, ShareFile, UploadFile
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.postmortem import draft
from bot.incident.views import messages
from bot.incident.views.postmortem import postmortem


def render(_effect: ShareDraft, scene: Scene, house: House) -> Call | None:
    """First the bytes, which nobody sees; then, by the id that they got, the file is shared."""
    incident = scene.incident
    if file := scene.progress.get("file"):
        title = f"{incident.reference} postmortem draft"
        return ShareFile(scene.room, file, title, messages.draft_comment(incident).text)
    text = postmortem(draft(incident, scene.timeline, scene.now), scene.names, house.templates)
    return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text)


HANDLER = Handler(
    effect=ShareDraft,
    what="post the postmortem draft (`warroom postmortem` prints it)",
    is_told=True,
    latest_only=True,
    lengthy=True,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
