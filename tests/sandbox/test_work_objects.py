"""Work Objects in a message's metadata (Slack docs, implementing Work Objects)."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.test_block_limits import refused

PAYLOAD: dict[str, Any] = {
    "attributes": {"title": {"text": "Checkout fails"}, "display_id": "INC-12"},
    "fields": {"status": {"value": "Mitigating", "tag_color": "yellow"}, "severity": {"value": "SEV1"}},
}
INCIDENT: dict[str, Any] = {
    "entity_type": "slack#/entities/incident",
    "url": "https://status.example/inc/12",
    "external_ref": {"id": "INC-12"},
    "entity_payload": PAYLOAD,
}
EVENT = {"event_type": "incident_opened", "event_payload": {"number": 12}}


def buttons(count: int) -> list[dict[str, str]]:
    return [{"text": "Go", "action_id": f"a{number}"} for number in range(count)]


def incident(**payload: Any) -> dict[str, Any]:
    return {**INCIDENT, "entity_payload": {**PAYLOAD, **payload}}


async def post(sandbox: Sandbox, client: AsyncWebClient, metadata: dict[str, Any]) -> Any:
    return await client.chat_postMessage(channel=sandbox.channels["general"], text="x", metadata=metadata)


@pytest.mark.parametrize(
    "metadata",
    [
        {"entities": [INCIDENT]},
        {"entities": [INCIDENT, {**INCIDENT, "external_ref": {"id": "INC-13", "type": "incident"}}]},
        {**EVENT, "entities": [INCIDENT]},
        {"entities": [incident(custom_fields=[{"key": "k", "label": "L", "type": "string", "value": "v"}])]},
        {"entities": [incident(actions={"primary_actions": buttons(2), "overflow_actions": buttons(5)})]},
    ],
)
async def test_a_message_can_have_work_objects(
    sandbox: Sandbox, client: AsyncWebClient, metadata: dict[str, Any]
) -> None:
    assert (await post(sandbox, client, metadata))["ok"]
    assert sandbox.see("alice", "general")["channel"]["messages"][-1]["metadata"] == metadata


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        ({"entities": []}, "no fewer than 1 items allowed [json-pointer:/metadata/entities]"),
        ({"entities": {}}, "must provide an array [json-pointer:/metadata/entities]"),
        *(
            (
                {"entities": [{key: part for key, part in INCIDENT.items() if key != name}]},
                f"missing required field: {name} [json-pointer:/metadata/entities/0]",
            )
            for name in INCIDENT
        ),
        ({"entities": [{**INCIDENT, "entity_type": "incident"}]}, "must be one of: slack#/entities/incident"),
        ({"entities": [{**INCIDENT, "external_ref": {}}]}, "missing required field: id"),
        ({"entities": [{**INCIDENT, "entity_payload": {}}]}, "missing required field: attributes"),
        ({"entities": [incident(attributes={})]}, "missing required field: title"),
        (
            {"entities": [incident(attributes={"title": {"text": ""}})]},
            "must be more than 0 characters [json-pointer:/metadata/entities/0/entity_payload/attributes/title/text]",
        ),
        ({"entities": [incident(fields={"status": {"value": "x", "tag_color": "pink"}})]}, "must be one of: red"),
        ({"entities": [incident(custom_fields=[{"key": "k"}])]}, "missing required field: label"),
        ({"entities": [incident(actions={"primary_actions": buttons(3)})]}, "no more than 2 items allowed"),
        ({"entities": [incident(actions={"overflow_actions": buttons(6)})]}, "no more than 5 items allowed"),
        ({"event_type": "x", "entities": [INCIDENT]}, "must provide an object [json-pointer:/metadata/event_payload]"),
        ({**EVENT, "event_type": "incident.opened"}, "does not match the expected format"),
    ],
)  # fmt: skip
async def test_a_malformed_work_object_is_refused_with_a_pointer(
    sandbox: Sandbox, client: AsyncWebClient, metadata: dict[str, Any], problem: str
) -> None:
    error, messages = await refused(post(sandbox, client, metadata))
    assert error == "invalid_metadata_schema"
    assert any(problem in message for message in messages)


async def test_only_a_new_message_can_have_work_objects(sandbox: Sandbox, client: AsyncWebClient) -> None:
    general, metadata = sandbox.channels["general"], {"entities": [INCIDENT]}
    alice = sandbox.users["alice"]
    assert (await client.chat_postEphemeral(channel=general, user=alice, text="x", metadata=metadata))["ok"]
    posted = await client.chat_postMessage(channel=general, text="x")
    update = client.chat_update(channel=general, ts=posted["ts"], text="y", metadata=metadata)
    problem = "[ERROR] invalid additional property: entities [json-pointer:/metadata]"
    assert await refused(update) == ("invalid_metadata_schema", [problem])
