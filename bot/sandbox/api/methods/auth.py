"""auth.*, api.*, apps.* and bots.*: who the app is, and how it connects."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError


@answers("api.test")
def test_api(call: Call) -> dict[str, Any]:
    """Return the arguments, or the error that they name."""
    if call.args["error"]:
        raise SlackError(call.args["error"])
    return {"args": {}}


@answers("auth.test")
def test_auth(call: Call) -> dict[str, Any]:
    """Describe the token's owner."""
    workspace = call.workspace
    return {
        "url": f"{workspace.server.root_url}/",
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


@answers("apps.connections.open")
def open_connection(call: Call) -> dict[str, Any]:
    """Create a URL for one Socket Mode connection."""
    return {"url": call.workspace.server.open_socket()}


@answers("bots.info")
def bot_info(call: Call) -> dict[str, Any]:
    """Describe the app's bot, or another app's."""
    workspace, app = call.workspace, call.workspace.app
    found = workspace.integrations.get(call.args["bot"] or "")
    if found is not None:
        user = {"user_id": found.bot_user} if found.bot_user else {}
        return {"bot": _bot(found.bot_id, found.name, found.app_id, found.created) | user}
    if call.args["bot"] not in {None, app.bot_id}:
        raise SlackError("bot_not_found")
    bot = _bot(app.bot_id, app.name, app.id, workspace.bot.updated)
    return {"bot": {**bot, "user_id": app.bot_user_id}}


def _bot(bot_id: str, name: str, app_id: str, updated: int) -> dict[str, Any]:
    return {"id": bot_id, "deleted": False, "name": name, "updated": updated, "app_id": app_id, "icons": {}}


@answers("blocks.validate")
def validate_blocks(call: Call) -> dict[str, Any]:
    """Check blocks or a view without showing them."""
    if call.args["blocks"] is None and call.args["view"] is None:
        raise SlackError("invalid_arguments")
    if call.args["blocks"] is not None:
        validate.check_message_blocks(call.args["blocks"])
    if call.args["view"] is not None:
        validate.check_view(call.args["view"])
    return {}
