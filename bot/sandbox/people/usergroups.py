"""Admins' actions on user groups."""

from bot.sandbox.admin import usergroups
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor


async def change_group(actor: Actor) -> None:
    """Add people to a group, by its handle, or remove them."""
    if not actor.user.is_admin:
        raise ActionRefused("restricted_action: only admins can do that")
    handle = str(actor.need("group"))
    group = next((each for each in actor.workspace.usergroups.values() if each.handle == handle), None)
    if group is None:
        raise ActionRefused(f"no_such_subteam: there is no group {handle!r}")
    added, removed = (
        [actor.workspace.user(str(name)).id for name in actor.details.get(what) or ()]
        for what in ("add", "remove")
    )
    usergroups.change_members(actor.workspace, group, added, removed)
