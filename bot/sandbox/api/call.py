"""One call of a Web API method, and the registry of handlers."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.catalogue import Method
from bot.sandbox.core.errors import SlackError
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# A message's `ts`, as it is returned.
STAMP = re.compile(r"\d+\.\d{6}")


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose token, scopes and arguments are valid.

    Attributes:
        args: every documented argument; None if it was not given.
    """

    workspace: Workspace
    method: Method
    args: dict[str, Any]

    @property
    def bot(self) -> str:
        """The id of the calling user: the app's bot user."""
        return self.workspace.app.bot_user_id

    def channel(self, argument: str = "channel", *, member: bool = False) -> Channel:
        """The conversation that an argument names, if the bot can see it.

        Args:
            argument: which argument holds the id.
            member: whether the bot must be a member.

        Raises:
            SlackError: `channel_not_found`, `missing_scope` or `not_in_channel`.
        """
        channel = self.workspace.channels.get(self.args[argument] or "")
        if channel is None or not channel.visible_to(self.bot):
            raise SlackError("channel_not_found")
        self.need_family_scope(channel.scope_family)
        if member and self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def user(self, argument: str = "user") -> User:
        """The user that an argument names.

        Raises:
            SlackError: `user_not_found`.
        """
        user = self.workspace.users.get(self.args[argument] or "")
        if user is None:
            raise SlackError("user_not_found")
        return user

    def message(
        self, channel: Channel, argument: str = "ts", code: str = "message_not_found"
    ) -> dict[str, Any]:
        """The message that an argument names.

        Raises:
            SlackError: with `code`.
        """
        message = channel.messages.get(self.args[argument] or "")
        if message is None or message.get("subtype") == "tombstone":
            raise SlackError(code)
        return message

    def stamped(self, channel: Channel) -> dict[str, Any]:
        """The message that the argument `timestamp` names.

        Raises:
            SlackError: `no_item_specified`, `bad_timestamp` or `message_not_found`.
        """
        if not self.args["timestamp"]:
            raise SlackError("no_item_specified")
        if not STAMP.fullmatch(self.args["timestamp"]):
            raise SlackError("bad_timestamp")
        return self.message(channel, "timestamp")

    def refusal(self, code: str, otherwise: str = "invalid_arguments") -> SlackError:
        """The error with this code, or with `otherwise` if the method does not document the code."""
        return SlackError(code if code in self.method.errors else otherwise)

    def need_family_scope(self, family: str) -> None:
        """Refuse unless the token has one of the method's scopes for that kind of conversation.

        A method that documents `channels:read` and `groups:read` needs the second one for a private
        channel, whatever else the token has.
        """
        families = {scope for scope in self.method.scopes if scope.partition(":")[0] == family}
        if families:
            need_scope(self.workspace, families)


def need_scope(workspace: Workspace, any_of: Iterable[str]) -> None:
    """Refuse unless the bot token has one of those scopes.

    Raises:
        SlackError: `missing_scope`.
    """
    wanted = sorted(any_of)
    if wanted and not workspace.app.scopes.intersection(wanted):
        provided = ",".join(sorted(workspace.app.scopes))
        raise SlackError("missing_scope", needed=",".join(wanted), provided=provided)


Handler = Callable[[Call], dict[str, Any]]

HANDLERS: dict[str, Handler] = {}


def answers(name: str) -> Callable[[Handler], Handler]:
    """Register the function that answers a method; what it returns is the answer besides `ok`."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register
