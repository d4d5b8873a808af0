"""Post the postmortem draft in the war room as a file."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import Place, ShareDraft
from bot.incident.domain.postmortem import draft
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.incident.views.postmortem import postmortem
from bot.ports.slack.calls import Call, ShareFile, UploadFile
from bot.ports.slack.port import SLACK


def render(_effect: ShareDraft, scene: Scene) -> Call | None:
    """First the upload, which nobody sees; then, with the id of the file, its post in the war room."""
    incident = scene.incident
    if file := scene.progress.get("file"):
        title = f"{incident.reference} postmortem draft"
        return ShareFile(scene.room, file, title, messages.draft_comment(incident).text)
    text = postmortem(draft(incident, scene.timeline, scene.now), scene.names, scene.house.templates)
    return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text)


HANDLER = Handler(
    effect=ShareDraft,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="post the postmortem draft (`warroom postmortem` prints it)",
    is_told=True,
    latest_only=True,
    together=None,
    lengthy=True,
    reads=Reads.TIMELINE,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
