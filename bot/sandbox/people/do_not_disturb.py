"""A person switches their do-not-disturb on or off."""

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.delivery import events
from bot.sandbox.people.actor import Actor

_DAY = 24 * 60  # minutes


async def change(actor: Actor) -> None:
    """Set the daily schedule to `minutes` that begin now, or after `starts_in` minutes; with 0 there is none."""
    minutes, starts_in = _whole(actor, "minutes", actor.need("minutes")), 0
    if actor.details.get("starts_in") is not None:
        starts_in = _whole(actor, "starts_in", actor.details["starts_in"])
    workspace, user = actor.workspace, actor.user
    start = workspace.seconds() + starts_in * 60
    user.undisturbed = (start, start + minutes * 60) if minutes else None
    workspace.revisions.bump("channels")
    status = user.dnd_status(workspace.seconds())
    events.emit(workspace, {"type": "dnd_updated_user", "user": user.id, "dnd_status": status})


def _whole(actor: Actor, name: str, value: object) -> int:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _DAY:
        raise ActionRefused(
            f"invalid_arguments: {actor.details.get('action')} needs {name!r} from 0 to {_DAY - 1}"
        )
    return value
