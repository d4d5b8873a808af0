"""Slash commands and shortcuts."""

from bot.sandbox.core.errors import ActionRefused, SlackError
from bot.sandbox.messages.responses import respond
from bot.sandbox.people.actor import Actor
from bot.sandbox.text import emoji
from bot.sandbox.text.mrkdwn import escape, to_mrkdwn


async def command(actor: Actor) -> None:
    """Type a slash command (Slack docs, slash commands)."""
    workspace, channel = actor.workspace, actor.channel(active=True)
    name = "/" + str(actor.need("command")).removeprefix("/")
    known = workspace.app.command(name)
    if known is None:
        raise ActionRefused(f"no_such_command: {name} is not a command of any app here")
    typed = str(actor.details.get("text") or "").strip()
    if known.should_escape:
        text = to_mrkdwn(workspace, typed, actor.user.id, labels=True, broadcasts=False)
    else:
        text = escape(typed)
    payload = {
        "token": workspace.app.verification_token,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.shown_name,
        "user_id": actor.user.id,
        "user_name": actor.user.name,
        "command": name,
        "text": emoji.named(text),
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": actor.response_url(channel),
        "trigger_id": actor.trigger(),
    }
    answer = await actor.courier.ask("slash_commands", payload)
    if answer.get("text") or answer.get("blocks") or answer.get("attachments"):
        try:
            respond(workspace, channel, actor.user.id, answer)
        except SlackError as error:
            raise ActionRefused(f"{error.code}: Slack could not show what {name} answered") from error


async def shortcut(actor: Actor) -> None:
    """Use a global shortcut, or one on a message (Slack docs, shortcuts)."""
    workspace = actor.workspace
    found = workspace.app.shortcut(str(actor.need("callback_id")))
    if found is None:
        raise ActionRefused(f"no_such_shortcut: the app has no {actor.need('callback_id')!r}")
    payload = {
        **actor.identity(),
        "type": "shortcut",
        "callback_id": found.callback_id,
        "trigger_id": actor.trigger(),
        "action_ts": workspace.stamp(),
    }
    if found.type == "message":
        channel = actor.channel(member=False)
        message = actor.message(channel)
        payload |= {
            "type": "message_action",
            "channel": {"id": channel.id, "name": channel.shown_name},
            "message": message,
            "message_ts": message["ts"],
            "response_url": actor.response_url(channel, message["ts"]),
        }
    await actor.courier.ask("interactive", payload)
