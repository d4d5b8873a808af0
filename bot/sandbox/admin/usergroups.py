"""The members of user groups."""

from collections.abc import Collection
from dataclasses import replace

from bot.sandbox.delivery import events
from bot.sandbox.state.usergroup import UserGroup
from bot.sandbox.state.workspace import Workspace


def change_members(
    workspace: Workspace, group: UserGroup, added: Collection[str], removed: Collection[str]
) -> None:
    """Add people to a group and remove others (Slack docs, subteam_members_changed: counts are texts there)."""
    kept = [user for user in group.users if user not in removed]
    users = tuple(dict.fromkeys([*kept, *added]))
    came, went = (
        [each for each in users if each not in group.users],
        [each for each in group.users if each not in users],
    )
    if not came and not went:
        return
    now = workspace.seconds()
    workspace.usergroups[group.id] = replace(group, users=users, updated=now)
    told = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": group.team_id,
        "date_previous_update": group.updated or group.created,
        "date_update": now,
        **({"added_users": came, "added_users_count": str(len(came))} if came else {}),
        **({"removed_users": went, "removed_users_count": str(len(went))} if went else {}),
    }
    events.emit(workspace, told)
