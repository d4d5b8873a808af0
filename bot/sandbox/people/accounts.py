"""Admins' actions on people's accounts."""

from bot.sandbox.admin import accounts
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor
from bot.sandbox.state.user import User


async def deactivate(actor: Actor) -> None:
    """Deactivate an account."""
    accounts.deactivate(actor.workspace, _account(actor, deleted=False))


async def reactivate(actor: Actor) -> None:
    """Reactivate an account."""
    accounts.reactivate(actor.workspace, _account(actor, deleted=True))


async def change_role(actor: Actor) -> None:
    """Make somebody a member, an admin or a guest."""
    user, role = _account(actor, deleted=False), str(actor.need("role"))
    if role not in accounts.ROLES:
        raise ActionRefused(f"no_such_role: {role!r}; there are {', '.join(accounts.ROLES)}")
    accounts.set_role(actor.workspace, user, role)


def _account(actor: Actor, *, deleted: bool) -> User:
    """The account that the action is about; only admins can change other people's accounts."""
    if not actor.user.is_admin:
        raise ActionRefused("restricted_action: only admins can do that")
    user = actor.workspace.user(str(actor.need("target")))
    if user.is_bot or user.id == actor.user.id:
        raise ActionRefused(f"not_possible: {user.name} is no account that you can change")
    if user.deleted != deleted:
        raise ActionRefused(f"not_possible: {user.name} is {'' if user.deleted else 'not '}deactivated")
    return user
