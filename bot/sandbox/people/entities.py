"""People open the details of a Work Object (Slack docs, entity_details_requested)."""

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.delivery import events
from bot.sandbox.people.actor import Actor


async def open_entity(actor: Actor) -> None:
    """Open the pane of a Work Object that is shown for a link; with `reference`, of the one with that id."""
    channel = actor.channel(member=False)
    message = actor.message(channel)
    shown = [each for each in message.get("attachments") or [] if each.get("entity")]
    wanted = actor.details.get("reference")
    found = next((each for each in shown if wanted in {None, each["entity"]["external_ref"]["id"]}), None)
    if found is None:
        raise ActionRefused("no_such_entity: this message shows no such Work Object")
    entity, trigger = found["entity"], actor.trigger()
    workspace = actor.workspace
    workspace.panes.pop(actor.user.id, None)
    workspace.panes_asked[trigger] = {"user": actor.user.id, "external_ref": entity["external_ref"]}
    url = str(entity["url"])
    event = {
        "type": "entity_details_requested",
        "user": actor.user.id,
        "external_ref": entity["external_ref"],
        "entity_url": url,
        "link": {"url": url, "domain": url.partition("//")[2].partition("/")[0]},
        "app_unfurl_url": found["from_url"],
        "trigger_id": trigger,
        "user_locale": "en-US",
        "channel": channel.id,
        "message_ts": message["ts"],
    }
    events.emit(workspace, event)
