"""What people do with a channel as a whole, and what admins do with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.admin import accounts
from bot.sandbox.channels import settings
from bot.sandbox.core.errors import ActionRefused

if TYPE_CHECKING:
    from bot.sandbox.people.actor import Actor
    from bot.sandbox.state.user import User


async def rename(actor: Actor) -> None:
    """Give a channel another name."""
    channel = actor.room(active=True)
    _no_guest(actor)
    settings.rename(actor.workspace, channel, str(actor.need("name")), actor.user.id)


async def make_private(actor: Actor) -> None:
    """Make a public channel private."""
    channel = actor.room(active=True)
    _no_guest(actor)
    if channel.kind != "public":
        raise ActionRefused("not_possible: this channel is private")
    if channel.is_general:
        raise ActionRefused("not_possible: this channel is everybody's")
    settings.make_private(actor.workspace, channel, actor.user.id)


async def archive(actor: Actor) -> None:
    """Close a channel."""
    channel = actor.room(active=True)
    _no_guest(actor)
    if channel.is_general:
        raise ActionRefused("cant_archive_general: this channel stays")
    settings.archive(actor.workspace, channel, actor.user.id)


async def unarchive(actor: Actor) -> None:
    """Open an archived channel again."""
    channel = actor.room()
    _no_guest(actor)
    if not channel.archived:
        raise ActionRefused("not_archived: this channel is not archived")
    settings.unarchive(actor.workspace, channel, actor.user.id)


async def deactivate(actor: Actor) -> None:
    """Switch somebody's account off."""
    accounts.deactivate(actor.workspace, _account(actor, deleted=False))


async def reactivate(actor: Actor) -> None:
    """Switch somebody's account on again."""
    accounts.reactivate(actor.workspace, _account(actor, deleted=True))


async def change_role(actor: Actor) -> None:
    """Make somebody a member, an admin or a guest."""
    user, role = _account(actor, deleted=False), str(actor.need("role"))
    if role not in accounts.ROLES:
        raise ActionRefused(f"no_such_role: {role!r}; there are {', '.join(accounts.ROLES)}")
    accounts.set_role(actor.workspace, user, role)


def _no_guest(actor: Actor) -> None:
    if actor.user.is_restricted:
        raise ActionRefused("restricted_action: guests cannot do that")


def _account(actor: Actor, *, deleted: bool) -> User:
    """The account that the action is about; only admins change other people's."""
    if not actor.user.is_admin:
        raise ActionRefused("restricted_action: only admins can do that")
    user = actor.workspace.user(str(actor.need("target")))
    if user.is_bot or user.id == actor.user.id:
        raise ActionRefused(f"not_possible: {user.name} is no account that you can change")
    if user.deleted != deleted:
        raise ActionRefused(f"not_possible: {user.name} is {'' if user.deleted else 'not '}deactivated")
    return user
