"""Other apps, which post into one channel each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Integration:
    """An incoming webhook, or an app with a bot user.

    Attributes:
        icon: an emoji's name with its colons, or empty.
        channel: the id of the channel in which it posts.
        bot_user: the id of its bot user; None for an incoming webhook.
        secret: the last part of its URL.
    """

    app_id: str
    bot_id: str
    name: str
    icon: str
    channel: str
    bot_user: str | None
    secret: str
    created: int
