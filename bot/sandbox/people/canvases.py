"""People's actions on canvases: edit and delete."""

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.files import canvases
from bot.sandbox.people.actor import Actor
from bot.sandbox.state.file import Canvas


async def edit(actor: Actor) -> None:
    """Replace the document by another one, as it is after the person has edited it."""
    canvas, markdown = _writable(actor), str(actor.need("markdown"))
    if len(markdown) > canvases.LARGEST:
        raise ActionRefused(f"canvas_too_large: a canvas has at most {canvases.LARGEST} characters")
    canvas.sections = canvases.sections_of(actor.workspace.ids, markdown.replace("\r\n", "\n"))
    actor.workspace.revisions.bump("channels", channel=canvas.channel)


async def delete(actor: Actor) -> None:
    """Delete it, as whoever may edit it can in Slack."""
    canvas = _writable(actor)
    canvas.deleted = True
    if canvas.channel:
        actor.workspace.channels[canvas.channel].canvas_id = None
    actor.workspace.revisions.bump("channels", channel=canvas.channel)


def _writable(actor: Actor) -> Canvas:
    canvas = actor.workspace.canvases.get(str(actor.need("canvas")))
    mine = {actor.user.id, *(c.id for c in actor.workspace.channels.values() if actor.user.id in c.members)}
    levels = {canvas.access[each] for each in mine & canvas.access.keys()} if canvas else set()
    if canvas is None or canvas.deleted or not levels:
        raise ActionRefused("canvas_not_found: there is no such canvas that you can see")
    if levels == {"read"}:
        raise ActionRefused("restricted_action: you can read this canvas, but not edit it")
    return canvas
