"""Installing other apps and incoming webhooks."""

from bot.sandbox.state.channel import Channel
from bot.sandbox.state.integration import Integration
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace


def install(
    workspace: Workspace, channel: Channel, name: str, *, icon: str = "", bot_user: bool = False
) -> Integration:
    """Install an app that posts into a channel. With a bot user, it is also one of the users."""
    ids = workspace.ids
    integration = Integration(
        app_id=ids.make("A"),
        bot_id=ids.make("B"),
        name=name,
        icon=icon,
        channel=channel.id,
        bot_user=ids.make("U") if bot_user else None,
        secret=ids.secret(),
        created=workspace.seconds(),
    )
    workspace.integrations[integration.bot_id] = integration
    if integration.bot_user is not None:
        workspace.users[integration.bot_user] = _bot_user(workspace, integration, integration.bot_user)
        workspace.revisions.bump("channels")
    return integration


def address(workspace: Workspace, integration: Integration) -> str:
    """The URL of its incoming webhook."""
    root, team = workspace.server.root_url, workspace.team.id
    return f"{root}/services/{team}/{integration.bot_id}/{integration.secret}"


def _bot_user(workspace: Workspace, integration: Integration, user_id: str) -> User:
    return User(
        id=user_id,
        team_id=workspace.team.id,
        name=integration.name.lower().replace(" ", ""),
        real_name=integration.name,
        email="",
        is_bot=True,
        bot_id=integration.bot_id,
        api_app_id=integration.app_id,
        updated=integration.created,
    )
