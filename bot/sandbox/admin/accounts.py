"""People's accounts: switched off and on, and what they may do."""

from bot.sandbox.delivery import events
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# For each role: whether it is an admin's, a guest's, and a guest's with one channel only.
ROLES = {
    "member": (False, False, False),
    "admin": (True, False, False),
    "guest": (False, True, False),
    "single_channel_guest": (False, True, True),
}


def deactivate(workspace: Workspace, user: User) -> None:
    """Switch an account off: it is in no channel any more (Slack help, reactivate a member's account)."""
    user.deleted = True
    for channel in workspace.channels.values():
        if not channel.is_direct and user.id in channel.members:
            channel.members.remove(user.id)
    _changed(workspace, user)


def reactivate(workspace: Workspace, user: User) -> None:
    """Switch an account on again; its channels do not come back with it."""
    user.deleted = False
    _changed(workspace, user)


def set_role(workspace: Workspace, user: User, role: str) -> None:
    """Make somebody one of `ROLES`."""
    user.is_admin, user.is_restricted, user.is_ultra_restricted = ROLES[role]
    _changed(workspace, user)


def _changed(workspace: Workspace, user: User) -> None:
    user.updated = workspace.seconds()
    workspace.revisions.bump("channels")
    with_email = "users:read.email" in workspace.app.scopes
    whole = user.to_json(workspace.clock.now(), with_email=with_email)
    events.emit(workspace, {"type": "user_change", "user": whole, "cache_ts": workspace.seconds()})
