"""Links to incidents: previews below messages, and details, over the wire."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import update
from sqlmodel import col
from structlog.testing import capture_logs

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.drills.stage import Stage, readable
from bot.engine.store import people
from bot.engine.store.tables import StreamRow
from bot.incident.domain.incident import SHAPE
from bot.policy_file import DEFAULT
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.patience import UNHURRIED
from tests.slack.conftest import Office

LINK = "https://incidents.example.com/INC-1"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office whose policy has addresses for incidents."""
    policy = tmp_path / "policy.yml"
    text = DEFAULT.read_text(encoding="utf-8")
    policy.write_text(f"{text}\nlink: https://incidents.example.com/{{reference}}\n", encoding="utf-8")
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    sandbox = await Sandbox.start(manifest=manifest, ack_seconds=UNHURRIED.ack)
    given = settings(sandbox, tmp_path / "office.db").model_dump() | {"policy_file": policy}
    async with (
        Driver(sandbox.control_url) as driver,
        running(GivenSettings.model_validate(given), sandbox.clock.now, timeouts=UNHURRIED) as app,
    ):
        yield Office(sandbox, app, driver, Stage(driver, tmp_path))
    await sandbox.stop()


def last(seen: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = seen["channel"]["messages"][-1]
    return message


async def previewed(office: Office, channel: str, by: str = "bob") -> dict[str, Any]:
    """Wait until the newest message of the channel has a preview."""
    seen = await office.person(by).until(
        lambda seen: last(seen).get("attachments") and seen, channel, timeout=8
    )
    preview: dict[str, Any] = last(seen)["attachments"][0]
    return preview


async def not_previewed(office: Office, channel: str, by: str = "bob") -> None:
    """Check that the newest message has no preview, once one that was posted after it elsewhere has one."""
    said = last(await office.person(by).see(channel))
    assert "attachments" not in said


async def known_as_guest(office: Office, name: str) -> None:
    """Wait until the bot has heard of it."""
    person = office.sandbox.users[name]
    async with asyncio.timeout(10):
        while True:
            async with office.app.database.reading() as session:
                row = (await people.known(session, office.app.team, [person])).get(person)
            if row and row.is_guest:
                return
            await office.driver.traffic()  # a round trip, during which the event is handled


async def calls(office: Office, method: str) -> list[dict[str, Any]]:
    return [each for each in await office.driver.traffic() if each.get("method") == method]


async def test_a_link_to_an_incident_is_shown_with_its_state_as_a_work_object(office: Office) -> None:
    room = await office.declare("sev1 Checkout <is> & failing")
    await office.person("bob").say("general", f"see {LINK}?utm=1 please")
    shown = await previewed(office, "general")
    entity = shown["entity"]
    assert entity["entity_type"] == "slack#/entities/incident"
    assert entity["url"] == LINK
    assert entity["app_unfurl_url"] == f"{LINK}?utm=1"
    assert entity["external_ref"] == {"id": "INC-1", "type": "incident"}
    payload = entity["entity_payload"]
    assert payload["attributes"]["title"]["text"] == "Checkout <is> & failing"
    assert payload["fields"]["severity"] == {"value": "SEV1", "tag_color": "red"}
    assert {each["key"]: each["value"] for each in payload["custom_fields"]}["war_room"] == room


async def test_where_work_objects_are_refused_blocks_are_shown_and_it_is_not_tried_again(
    office: Office,
) -> None:
    room = await office.declare("sev1 Checkout is failing")
    await office.driver.fault("refuse", error="error_processing_metadata", method="chat.unfurl", count=1)
    with capture_logs() as logs:
        for turn in (1, 2):
            await office.person("bob").say("general", f"{turn}: {LINK}")
            text = readable((await previewed(office, "general"))["blocks"])
            assert "*INC-1* Checkout is failing" in text
            assert f"<#{room}>" in text
            assert "triage · no commander yet" in text
            assert "As of <!date^" in text
    told = [log for log in logs if log["event"] == "slack.no_work_objects"]
    assert [log["error"] for log in told] == ["error_processing_metadata"]
    assert len(await calls(office, "chat.unfurl")) == 3


async def test_a_link_to_an_incident_that_cannot_be_read_hides_no_other(office: Office) -> None:
    await office.declare("sev1 Checkout is failing")
    await office.told("alice", "declare sev2 Mail is late", channel="general")
    await office.stage.shows("alice", "INC-2", channel="incidents")
    async with office.app.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.number) == 1)
        await session.exec(damaged.values(state={"title": "damaged", "shape": SHAPE}))
    await office.person("bob").say("general", f"{LINK} {LINK.replace('INC-1', 'INC-2')}")
    await previewed(office, "general")
    shown = last(await office.person("bob").see("general"))["attachments"]
    assert [each["entity"]["external_ref"]["id"] for each in shown] == ["INC-2"]


async def test_a_reference_that_is_no_link_is_left_alone(office: Office) -> None:
    await office.declare()
    await office.person("bob").say("general", "INC-1 and https://other.example/INC-1")
    await office.person("bob").say("incidents", LINK)
    await previewed(office, "incidents")
    await not_previewed(office, "general")


@pytest.mark.parametrize(
    "link", ["https://incidents.example.com/INC-9", "https://incidents.example.com/about"]
)
async def test_a_link_to_nothing_is_left_alone(office: Office, link: str) -> None:
    await office.declare()
    await office.person("bob").say("general", link)
    await office.person("bob").say("incidents", LINK)
    await previewed(office, "incidents")
    await not_previewed(office, "general")


async def test_a_private_incident_is_shown_only_in_its_own_war_room(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"].startswith("inc-1")), None)
    )
    office.stage.room = room
    await office.stage.card("triage")
    await alice.say("general", LINK)
    await alice.say("incidents", LINK)
    await alice.say(room, LINK)
    assert (await previewed(office, room, by="alice"))["entity"]["external_ref"]["id"] == "INC-1"
    await not_previewed(office, "general", by="alice")
    await not_previewed(office, "incidents", by="alice")
    assert len(await calls(office, "chat.unfurl")) == 1


async def test_where_a_guest_reads_along_there_is_no_preview_but_in_the_war_room(office: Office) -> None:
    room = await office.declare()
    await office.person("alice").change_role("frank", "guest")
    await office.person("bob").join(room)
    await office.person("bob").say("general", LINK)
    await office.person("bob").say(room, LINK)
    await previewed(office, room)
    await not_previewed(office, "general")


async def test_a_guests_own_link_to_what_they_may_not_see_shows_nothing(office: Office) -> None:
    room = await office.declare()
    await office.person("alice").change_role("frank", "guest")
    await office.person("frank").say("general", LINK)
    await office.person("alice").say(room, LINK)
    await previewed(office, room, by="alice")
    await not_previewed(office, "general", by="alice")


async def test_a_channel_whose_members_cannot_be_read_gets_no_preview(office: Office) -> None:
    room = await office.declare()
    await office.driver.fault("refuse", error="fetch_members_failed", method="conversations.members")
    await office.person("bob").join(room)
    await office.person("bob").say("general", LINK)
    await office.person("bob").say(room, LINK)
    await previewed(office, room)
    await not_previewed(office, "general")


async def test_a_preview_that_slack_refuses_is_logged_and_nothing_else_happens(office: Office) -> None:
    await office.declare()
    await office.driver.fault("refuse", error="cannot_unfurl_url", method="chat.unfurl", count=1)
    with capture_logs() as logs:
        await office.person("bob").say("general", LINK)
        await office.person("bob").say("general", f"again {LINK}")
        await previewed(office, "general")
    assert [log["error"] for log in logs if log["event"] == "slack.not_unfurled"] == ["cannot_unfurl_url"]


async def test_the_pane_has_the_details_for_whoever_may_see_them(office: Office) -> None:
    room = await office.declare()
    await office.person("alice").command(room, "/incident", "update Half of it works again")
    await office.person("bob").say("general", LINK)
    await previewed(office, "general")
    await office.person("carol").open_entity("general", "last")
    pane = await office.person("carol").until(lambda seen: seen["pane"])
    fields = pane["entity"]["entity_payload"]["fields"]
    assert fields["description"]["value"] == "Half of it works again"


async def test_the_pane_says_that_there_is_nothing_to_whoever_may_not_see_it(office: Office) -> None:
    await office.declare()
    await office.person("bob").say("general", LINK)
    await previewed(office, "general")
    await office.person("alice").change_role("frank", "guest")
    await known_as_guest(office, "frank")
    await office.person("frank").open_entity("general", "last")
    pane = await office.person("frank").until(lambda seen: seen["pane"])
    assert pane["error"] == {"status": "not_found"}
    assert "entity" not in pane


async def test_while_a_message_is_written_and_in_a_shared_channel_nothing_is_shown(office: Office) -> None:
    await office.declare()
    alice, general = office.sandbox.users["alice"], office.sandbox.channels["general"]
    said = await office.person("bob").say("general", "hello")
    event = {
        "type": "link_shared",
        "user": alice,
        "links": [{"domain": "incidents.example.com", "url": LINK}],
    }
    composed = {**event, "channel": "COMPOSER", "message_ts": "abc", "source": "composer", "unfurl_id": "abc"}
    shared = {**event, "channel": general, "message_ts": said["messages"][-1]["ts"]}
    workspace = office.sandbox.workspace
    for number, (each, is_shared) in enumerate([(composed, False), (shared, True)]):
        envelope = {
            "token": "x",
            "team_id": workspace.team.id,
            "api_app_id": workspace.app.id,
            "event": {**each, "event_ts": "1.1"},
            "type": "event_callback",
            "event_id": f"EvTEST{number}",
            "event_time": 1,
            "authorizations": [{"team_id": workspace.team.id, "user_id": "U1", "is_bot": True}],
            "is_ext_shared_channel": is_shared,
        }
        workspace.server.send_event(envelope)
    await office.person("bob").say("incidents", LINK)
    await previewed(office, "incidents")
    assert len(await calls(office, "chat.unfurl")) == 1
