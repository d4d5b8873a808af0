"""users.*: people."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.methods.conversations import read_types, shown
from bot.sandbox.api.paging import page
from bot.sandbox.core.errors import SlackError
from bot.sandbox.state.user import User


@answers("users.info")
def info(call: Call) -> dict[str, Any]:
    """One person."""
    locale = {"locale": "en-US"} if call.args["include_locale"] else {}
    return {"user": {**_shown(call, call.user()), **locale}}


@answers("users.list")
def list_users(call: Call) -> dict[str, Any]:
    """Everybody."""
    part, metadata = page(call, list(call.workspace.users.values()))
    members = [_shown(call, user) for user in part]
    return {"members": members, "cache_ts": call.workspace.seconds(), "response_metadata": metadata}


@answers("users.lookupByEmail")
def lookup_by_email(call: Call) -> dict[str, Any]:
    """The person with that address."""
    wanted = call.args["email"].lower()
    for user in call.workspace.users.values():
        if wanted and user.email.lower() == wanted and not user.deleted:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


@answers("users.conversations")
def conversations(call: Call) -> dict[str, Any]:
    """List a user's conversations that the bot can see; by default its own."""
    kinds = read_types(call)
    user_id = call.args["user"] or call.bot
    channels = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds and user_id in channel.members and channel.visible_to(call.bot)
        if not (call.args["exclude_archived"] and channel.archived)
    ]
    part, metadata = page(call, channels)
    return {"channels": [shown(call, channel) for channel in part], "response_metadata": metadata}


@answers("users.profile.get")
def profile(call: Call) -> dict[str, Any]:
    """One person's profile, by default the bot's."""
    user = call.user() if call.args["user"] else call.workspace.bot
    return {"profile": user.profile(with_email=_with_email(call))}


@answers("users.getPresence")
def presence(call: Call) -> dict[str, Any]:
    """Return the presence: everybody is always active."""
    del call
    return {"presence": "active"}


def _shown(call: Call, user: User) -> dict[str, Any]:
    return user.to_json(call.workspace.clock.now(), with_email=_with_email(call))


def _with_email(call: Call) -> bool:
    return "users:read.email" in call.workspace.app.scopes
