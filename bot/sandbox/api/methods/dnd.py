"""dnd.*: do-not-disturb."""

from typing import Any

from bot.sandbox.api.call import Call, answers


@answers("dnd.info")
def info(call: Call) -> dict[str, Any]:
    """A person's schedule, by default the bot's. Only of itself the bot would see a snooze, and it never has one."""
    user = call.user() if call.args["user"] else call.workspace.bot
    own = {"snooze_enabled": False} if user.id == call.bot else {}
    return {**user.dnd_status(call.workspace.seconds()), **own}
