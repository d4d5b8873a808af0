"""People's accounts: deactivating, reactivating, and roles."""

from bot.sandbox.delivery import events
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# For each role: whether it is an admin, a guest, and a guest with one channel only.
ROLES = {
    "member": (False, False, False),
    "admin": (True, False, False),
    "guest": (False, True, False),
    "single_channel_guest": (False, True, True),
}


def deactivate(workspace: Workspace, user: User) -> None:
    """Deactivate an account and remove it from all channels (Slack help, reactivate a member's account)."""
    user.deleted = True
    for channel in workspace.channels.values():
        if not channel.is_direct and user.id in channel.members:
            channel.members.remove(user.id)
    _changed(workspace, user)


def reactivate(workspace: Workspace, user: User) -> None:
    """Reactivate an account; it is not added to its old channels."""
    user.deleted = False
    _changed(workspace, user)


def set_role(workspace: Workspace, user: User, role: str) -> None:
    """Give a user one of `ROLES`."""
    user.is_admin, user.is_restricted, user.is_ultra_restricted = ROLES[role]
    _changed(workspace, user)


def _changed(workspace: Workspace, user: User) -> None:
    user.updated = workspace.seconds()
    workspace.revisions.bump("channels")
    with_email = "users:read.email" in workspace.app.scopes
    whole = user.to_json(workspace.clock.now(), with_email=with_email)
    events.emit(workspace, {"type": "user_change", "user": whole, "cache_ts": workspace.seconds()})
