"""The app under test, as its manifest describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from bot.sandbox.core.ids import Ids


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut of the app."""

    type: str
    name: str
    callback_id: str


@dataclass(slots=True)
class App:
    """One installed app: its identity, scopes and subscriptions.

    Attributes:
        scopes: the bot token's scopes, as listed in the manifest.
        unfurl_domains: the domains about whose links it is told.
        subscriptions: the events that it subscribes to, named as in the manifest (`message.channels`).
    """

    id: str
    name: str
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    scopes: set[str] = field(default_factory=set)
    subscriptions: frozenset[str] = frozenset()
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = False
    messages_tab: bool = True
    unfurl_domains: tuple[str, ...] = ()

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any], ids: Ids) -> Self:
        """Install the app that an app manifest describes (Slack docs, app manifest reference)."""
        features = manifest.get("features") or {}
        home = features.get("app_home") or {}
        settings = manifest.get("settings") or {}
        scopes = (manifest.get("oauth_config") or {}).get("scopes") or {}
        app_id = ids.make("A")
        return cls(
            id=app_id,
            name=_name(manifest),
            bot_id=ids.make("B"),
            bot_user_id=ids.make("U"),
            bot_token=f"xoxb-{ids.secret()}",
            app_token=f"xapp-1-{app_id}-{ids.secret()}",
            signing_secret=ids.secret(),
            verification_token=ids.secret(),
            scopes=set(scopes.get("bot") or ()),
            subscriptions=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
            commands=tuple(_command(entry) for entry in features.get("slash_commands") or ()),
            shortcuts=tuple(_shortcut(entry) for entry in features.get("shortcuts") or ()),
            home_tab=bool(home.get("home_tab_enabled", False)),
            unfurl_domains=tuple(str(each).lower() for each in features.get("unfurl_domains") or ()),
            messages_tab=bool(home.get("messages_tab_enabled", True)),
        )

    def command(self, name: str) -> Command | None:
        """The slash command of that name, with its leading slash."""
        return next((entry for entry in self.commands if entry.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with that callback id."""
        return next((entry for entry in self.shortcuts if entry.callback_id == callback_id), None)


def _name(manifest: Mapping[str, Any]) -> str:
    bot = (manifest.get("features") or {}).get("bot_user") or {}
    shown = manifest.get("display_information") or {}
    return str(bot.get("display_name") or shown.get("name") or "app")


def _command(entry: Mapping[str, Any]) -> Command:
    return Command(
        command=str(entry["command"]),
        description=str(entry.get("description", "")),
        usage_hint=str(entry.get("usage_hint", "")),
        should_escape=bool(entry.get("should_escape", False)),
    )


def _shortcut(entry: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        type=str(entry.get("type", "global")),
        name=str(entry["name"]),
        callback_id=str(entry["callback_id"]),
    )
