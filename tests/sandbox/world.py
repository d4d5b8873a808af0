"""A workspace in which everything has happened that the errors need."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.blocks import modal

CONTENTS: dict[str, Any] = {
    "users": [
        {"name": "alice", "real_name": "Alice Adams", "tz": "Europe/Berlin"},
        {"name": "bob", "real_name": "Bob Brown"},
        {"name": "carol", "real_name": "Carol Chen"},
        {"name": "gina", "real_name": "Gina Guest", "is_restricted": True},
        {"name": "una", "real_name": "Una Guest", "is_ultra_restricted": True},
        {"name": "zoe", "real_name": "Zoe Gone", "deleted": True},
    ],
    "channels": [
        {"name": "general", "members": ["alice", "bob", "carol"], "app": True},
        {"name": "incidents", "members": ["alice", "bob"], "app": True},
        {"name": "random", "members": ["alice", "bob", "una"]},
        {"name": "secret", "members": ["alice"], "is_private": True},
        {"name": "vault", "app": True, "is_private": True},
    ],
}


@dataclass(slots=True)
class World:
    """The ids of everything in the workspace."""

    sandbox: Sandbox
    client: AsyncWebClient
    general: str
    incidents: str
    random: str
    secret: str
    vault: str
    archived: str
    direct: str
    ts: str
    old_ts: str
    human_ts: str
    join_ts: str
    file: str
    deleted_file: str
    canvas: str
    read_only_canvas: str
    deleted_canvas: str

    def trigger(self, user: str = "alice") -> str:
        """A fresh trigger id."""
        return self.sandbox.workspace.triggers.give(self.sandbox.users[user])

    def user(self, name: str) -> str:
        """A user's id."""
        return self.sandbox.users[name]

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method by its name."""
        answer = await self.client.api_call(method, json=arguments)
        assert isinstance(answer.data, dict)
        return answer.data


async def make_world(sandbox: Sandbox, client: AsyncWebClient) -> World:
    """Create all of it."""
    channels = sandbox.channels
    archived = (await client.conversations_create(name="old"))["channel"]["id"]
    old = await client.chat_postMessage(channel=archived, text="long ago")
    await client.conversations_archive(channel=archived)
    direct = (await client.conversations_open(users=sandbox.users["alice"]))["channel"]["id"]
    posted = await client.chat_postMessage(channel=channels["incidents"], text="see https://example.com/x")
    said = await sandbox.act({"user": "alice", "action": "say", "channel": "incidents", "text": "hi"})
    await sandbox.act({"user": "carol", "action": "join", "channel": "incidents"})
    joined = list(sandbox.workspace.channels[channels["incidents"]].messages)[-1]
    await client.views_open(trigger_id=_trigger(sandbox), view=modal(external_id="taken"))
    canvas = (await client.canvases_create(title="Notes"))["canvas_id"]
    read_only = (await client.canvases_create(title="Fixed"))["canvas_id"]
    sandbox.workspace.canvases[read_only].access = {sandbox.bot_user_id: "read"}
    deleted_canvas = (await client.canvases_create(title="Gone"))["canvas_id"]
    await client.canvases_delete(canvas_id=deleted_canvas)
    deleted = await upload(sandbox, client)
    await client.files_delete(file=deleted)
    return World(
        sandbox=sandbox,
        client=client,
        general=channels["general"],
        incidents=channels["incidents"],
        random=channels["random"],
        secret=channels["secret"],
        vault=channels["vault"],
        archived=archived,
        direct=direct,
        ts=posted["ts"],
        old_ts=old["ts"],
        human_ts=said["messages"][0]["ts"],
        join_ts=joined,
        file=await upload(sandbox, client),
        deleted_file=deleted,
        canvas=canvas,
        read_only_canvas=read_only,
        deleted_canvas=deleted_canvas,
    )


async def upload(sandbox: Sandbox, client: AsyncWebClient, *, channel: str | None = None) -> str:
    """Upload a small file. Returns its id."""
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=1)
    file_id = str(promised["file_id"])
    sandbox.workspace.files[file_id].content = b"a"
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=channel)
    return file_id


def _trigger(sandbox: Sandbox) -> str:
    return sandbox.workspace.triggers.give(sandbox.users["alice"])
