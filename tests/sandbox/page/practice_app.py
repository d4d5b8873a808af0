"""A small Bolt app to practise on: commands, modals with errors, buttons, shortcuts, a Home tab."""

import re
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.page.practice_views import card, details, evidence, form, option
from tests.sandbox.page.samples import Json

MANIFEST: Json = {
    "display_information": {"name": "Firefly"},
    "features": {
        "bot_user": {"display_name": "Firefly"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {
                "command": "/incident",
                "description": "Run an incident",
                "usage_hint": "declare <what is wrong>",
                "should_escape": True,
            },
            {"command": "/whisper", "description": "Answer so that only you see it"},
            {"command": "/evidence", "description": "Hand in files"},
            {"command": "/silent", "description": "Never answer"},
        ],
        "shortcuts": [
            {
                "name": "Declare",
                "type": "global",
                "callback_id": "declare",
                "description": "Declare an incident",
            },
            {"name": "Add to timeline", "type": "message", "callback_id": "note", "description": "Note it"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "chat:write.public",
                "channels:read",
                "channels:manage",
                "channels:history",
                "users:read",
                "reactions:read",
                "files:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def build(client: AsyncWebClient) -> AsyncApp:
    """The app with its listeners."""
    app = AsyncApp(client=client, signing_secret="unused", process_before_response=False)  # noqa: S106 (Socket Mode signs nothing)
    _listen_to_words(app)
    _listen_to_clicks(app)
    return app


def _listen_to_words(app: AsyncApp) -> None:
    @app.command("/incident")
    async def incident(ack: Any, command: Json, client: AsyncWebClient) -> None:
        await ack()
        title = command.get("text", "").removeprefix("declare").strip()
        await client.views_open(trigger_id=command["trigger_id"], view=form(title, command["channel_id"]))

    @app.command("/whisper")
    async def whisper(ack: Any, command: Json) -> None:
        await ack(f"Between us: {command.get('text', '')}")

    @app.command("/evidence")
    async def ask_for_files(ack: Any, command: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=evidence())

    @app.command("/silent")
    async def silent() -> None:
        """Receive the command and never acknowledge it."""

    @app.shortcut("declare")
    async def declare(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    @app.shortcut("note")
    async def note(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        channel, user = shortcut["channel"]["id"], shortcut["user"]["id"]
        await client.chat_postEphemeral(
            channel=channel, user=user, text=f"Noted: {shortcut['message']['text']}"
        )

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": f"Welcome home, <@{event['user']}>"}}
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def _listen_to_clicks(app: AsyncApp) -> None:
    @app.view("declared")
    async def declared(ack: Any, view: Json, client: AsyncWebClient) -> None:
        values = view["state"]["values"]
        what = values["what"]["what"]["value"]
        severity = values["severity"]["severity"]["selected_option"]["value"]
        if len(what) < 8:
            await ack(response_action="errors", errors={"what": "Say a little more, in eight letters or so."})
            return
        await ack()
        said = {"what": what, "severity": severity}
        await client.chat_postMessage(channel="general", text=f"{severity}: {what}", blocks=card(said))

    @app.view("evidence")
    async def handed_in(ack: Any, view: Json, client: AsyncWebClient) -> None:
        await ack()
        files = view["state"]["values"]["files"]["files"]["files"]
        lines = [f"{each['name']} {each['mimetype']} {each['size']}" for each in files]
        await client.chat_postMessage(channel="general", text="\n".join(lines))

    @app.action("more")
    async def more(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=details("outage"))

    @app.action("kind")
    async def kind(ack: Any, body: Json, action: Json, client: AsyncWebClient) -> None:
        await ack()
        chosen = action["selected_option"]["value"]
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=details(chosen))

    @app.view("details")
    async def kept(ack: Any) -> None:
        await ack()

    @app.action("take")
    async def take(ack: Any, body: Json, action: Json, client: AsyncWebClient) -> None:
        await ack()
        said = {"what": action["value"], "severity": "SEV3"}
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="taken", blocks=card(said, ic=body["user"]["id"]))

    @app.action("resolve")
    async def resolve(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(
            channel=body["channel"]["id"], thread_ts=body["message"]["ts"], text="Resolved."
        )

    @app.action(re.compile("^heard"))
    async def heard(ack: Any, body: Json, action: Json, client: AsyncWebClient) -> None:
        await ack()
        value = action.get("value") or action["selected_option"]["value"]
        place = body["channel"]["id"] if "channel" in body else "general"
        await client.chat_postMessage(channel=place, text=f"heard {value}")

    @app.action("assign")
    async def assign(ack: Any, body: Json, action: Json, client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        await client.chat_postEphemeral(**place, text=f"Assigned to <@{action['selected_user']}>")

    @app.options("service")
    async def services(ack: Any, payload: Json) -> None:
        known = [option("checkout", "Checkout service"), option("search", "Search service")]
        await ack(
            options=[each for each in known if payload["value"].lower() in each["text"]["text"].lower()]
        )


class PracticeApp:
    """The app, connected to a sandbox by Socket Mode."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)
        self._token = sandbox.app_token
        self._handler: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Connect."""
        self._handler = AsyncSocketModeHandler(build(self._client), self._token)
        await self._handler.connect_async()

    async def stop(self) -> None:
        """Disconnect."""
        if self._handler is not None:
            await self._handler.close_async()
            self._handler = None
