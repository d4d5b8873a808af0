"""What the bot tells those who look from outside: alive, ready, and figures."""

import asyncio
import json
from typing import Any

import pytest

from tests.web.conftest import House
from tests.web.figures import figure, samples

BOTH = pytest.mark.parametrize("house", ["socket mode", "signed http"], indirect=True)
OPEN = "apps.connections.open"
SOCKET_MODE = pytest.mark.parametrize("house", ["socket mode"], indirect=True)
HTTP = pytest.mark.parametrize("house", ["signed http"], indirect=True)


@BOTH
async def test_a_bot_that_works_is_alive_and_ready(house: House) -> None:
    assert await house.get("/healthz") == (200, '{"ok": true}')
    status, told = await house.get("/readyz")
    well = {"ok": True}
    assert (status, json.loads(told)) == (
        200,
        {"ok": True, "checks": {"database": well, "slack": well, "deliverer": well}},
    )


@SOCKET_MODE
async def test_a_crowd_of_probes_finds_a_bot_that_works_ready(house: House) -> None:
    looks = await asyncio.gather(*(house.get("/readyz") for _ in range(60)))
    assert {status for status, _ in looks} == {200}


@BOTH
async def test_every_act_is_counted_with_what_came_of_it(house: House) -> None:
    await house.office.declare("sev2 Checkout is failing")
    await house.office.told("alice", "note")
    await house.office.told("alice", "resolve")
    await house.office.told("alice", "launder my TOPSECRET money", "general")
    told = await house.figures(
        lambda told: figure(told, "warroom_ack_seconds_count", kind="slash_commands") == 4
    )
    commands = "warroom_commands_total"
    assert figure(told, commands, kind="word", name="declare", outcome="done") == 1
    assert figure(told, commands, kind="word", name="resolve", outcome="done") == 1
    assert figure(told, commands, kind="word", name="other") == 1
    assert 0 < figure(told, "warroom_ack_seconds_sum", kind="slash_commands") < 12
    assert figure(told, "warroom_deliveries_total", call="CreateChannel", outcome="delivered") == 1
    assert (
        figure(told, "warroom_slack_request_seconds_count", method="conversations.create", status="200") == 1
    )
    assert figure(told, "warroom_build_info") == 1
    assert figure(told, "warroom_database_up") == 1
    assert figure(told, "process_resident_memory_bytes") > 1_000_000


@SOCKET_MODE
async def test_open_incidents_and_the_outbox_are_told(house: House) -> None:
    await house.office.declare("sev2 Checkout is failing")
    _, told = await house.get("/metrics")
    assert figure(told, "warroom_incidents_open", severity="SEV2") == 1
    assert figure(told, "warroom_incidents_open", severity="SEV1") == 0
    assert {
        sample.labels["severity"] for sample in samples(told) if sample.name == "warroom_incidents_open"
    } == {
        "SEV1",
        "SEV2",
        "SEV3",
        "SEV4",
    }
    assert figure(told, "warroom_outbox_dead") == 0
    assert 0 <= figure(told, "warroom_deliverer_age_seconds") < 5


@SOCKET_MODE
async def test_no_label_holds_what_people_typed_or_who_they_are(house: House) -> None:
    await house.office.declare("sev1 TOPSECRET merger")
    await house.office.told("alice", "note TOPSECRET handshake")
    await house.office.told("alice", "TOPSECRET")
    _, told = await house.get("/metrics")
    labels = {value for sample in samples(told) for value in sample.labels.values()}
    sandbox = house.office.sandbox
    for hidden in ("TOPSECRET", "topsecret", sandbox.users["alice"], sandbox.channels["general"], "inc-1"):
        assert not [value for value in labels if hidden in value]


@SOCKET_MODE
async def test_a_rate_limit_is_counted_by_method_with_what_slack_asked_for(house: House) -> None:
    await house.office.driver.fault("ratelimited", method="conversations.setTopic", count=1, retry_after=2)
    await house.office.declare()
    _, told = await house.get("/metrics")
    assert figure(told, "warroom_rate_limited_total", method="conversations.setTopic") == 1
    assert figure(told, "warroom_rate_limited_seconds_total", method="conversations.setTopic") == 2
    assert figure(told, "warroom_deliveries_total", call="Topic", outcome="retry", reason="ratelimited") == 1


@SOCKET_MODE
async def test_what_slack_refuses_and_what_gets_no_answer_are_told_apart(house: House) -> None:
    await house.office.driver.fault("refuse", method="pins.add", error="not_pinnable", count=1)
    await house.office.driver.fault("reset_before", method="conversations.invite", count=1)
    await house.office.driver.fault("error503", method="conversations.setTopic", count=1)
    await house.office.person("alice").command("general", "/incident", "declare sev2 Down")

    def all_three(told: str) -> bool:
        tries = "warroom_deliveries_total"
        return [
            figure(told, tries, call="Pin", outcome="dead", reason="refused"),
            figure(told, tries, call="InvitePeople", outcome="retry", reason="network"),
            figure(told, tries, call="Topic", outcome="retry", reason="slack"),
        ] == [1, 1, 1]

    told = await house.figures(all_three)
    assert (
        figure(told, "warroom_slack_request_seconds_count", method="conversations.invite", status="none") == 1
    )


@SOCKET_MODE
async def test_reminders_tell_how_late_they_came(house: House) -> None:
    await house.office.declare("sev1 Checkout is failing")
    await house.office.stage.forward(minutes=3)
    await house.office.stage.shows("alice", "no Incident Commander yet")
    told = await house.figures(lambda told: figure(told, "warroom_reminder_lateness_seconds_count") == 1)
    assert 0 < figure(told, "warroom_reminder_lateness_seconds_sum") < 180


def _opened(entries: list[dict[str, Any]]) -> int:
    return sum(each.get("method") == OPEN for each in entries)


@SOCKET_MODE
async def test_sockets_that_are_renewed_are_counted(house: House) -> None:
    _, told = await house.get("/metrics")
    assert figure(told, "warroom_sockets_connected") == 2
    assert figure(told, "warroom_socket_reconnects_total") == 0
    traffic = house.office.sandbox.traffic
    asked = _opened(traffic.since())
    await house.office.driver.disconnect()

    def renewed(told: str) -> bool:
        # The client may renew one twice: when it is told to, and when the old one is closed.
        counted = figure(told, "warroom_socket_reconnects_total")
        return figure(told, "warroom_sockets_connected") == 2 <= counted == _opened(traffic.since()) - asked

    assert renewed(await house.figures(renewed))


@SOCKET_MODE
async def test_a_bot_that_slack_has_left_is_alive_but_not_ready(house: House) -> None:
    await house.office.sandbox.stop()
    assert (await house.get("/healthz"))[0] == 200
    status, told = await house.get("/readyz")
    assert status == 503
    assert json.loads(told)["checks"]["slack"] == {"ok": False, "why": "there is no Socket Mode connection"}
    assert json.loads(told)["checks"]["database"] == {"ok": True}


@HTTP
async def test_over_http_slacks_last_answer_decides_and_slack_is_asked_again(house: House) -> None:
    await house.office.driver.fault("error503")
    await house.office.person("alice").command(
        "general", "/incident", "declare Down"
    )  # its form cannot be opened
    status, told = await house.get("/readyz")
    assert (status, json.loads(told)["checks"]["slack"]["why"]) == (503, "Slack answers http_503")
    await house.office.driver.clear_faults()
    await house.office.declare()
    assert (await house.get("/readyz"))[0] == 200


@SOCKET_MODE
async def test_with_socket_mode_nobody_can_send_events_by_http(house: House) -> None:
    assert (await house.get("/slack/events"))[0] == 404


@SOCKET_MODE
async def test_what_fails_counts_as_failed(house: House) -> None:
    async with house.office.app.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE incidents")
    told = await house.office.told("alice", "list", "general")
    assert "That did not work" in told
    _, told = await house.get("/metrics")
    assert figure(told, "warroom_commands_total", name="list", outcome="failed") == 1
    assert figure(told, "warroom_database_up") == 0
