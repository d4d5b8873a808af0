"""What the bot tells probes and Prometheus: alive, ready, and figures."""

import asyncio
import json
from typing import Any

import pytest

from tests.web.conftest import BotServer
from tests.web.figures import figure, samples

BOTH = pytest.mark.parametrize("bot_server", ["socket mode", "signed http"], indirect=True)
OPEN = "apps.connections.open"
SOCKET_MODE = pytest.mark.parametrize("bot_server", ["socket mode"], indirect=True)
HTTP = pytest.mark.parametrize("bot_server", ["signed http"], indirect=True)


@BOTH
async def test_a_running_bot_is_alive_and_ready(bot_server: BotServer) -> None:
    assert await bot_server.get("/healthz") == (200, '{"ok": true}')
    status, told = await bot_server.get("/readyz")
    well = {"ok": True}
    assert (status, json.loads(told)) == (
        200,
        {"ok": True, "checks": {"database": well, "slack": well, "deliverer": well}},
    )


@SOCKET_MODE
async def test_many_probes_at_once_find_a_running_bot_ready(bot_server: BotServer) -> None:
    looks = await asyncio.gather(*(bot_server.get("/readyz") for _ in range(60)))
    assert {status for status, _ in looks} == {200}


@BOTH
async def test_every_act_is_counted_with_its_outcome(bot_server: BotServer) -> None:
    await bot_server.office.declare("sev2 Checkout is failing")
    await bot_server.office.told("alice", "note")
    await bot_server.office.told("alice", "resolve")
    await bot_server.office.told("alice", "launder my TOPSECRET money", "general")
    told = await bot_server.figures(
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
async def test_open_incidents_and_the_outbox_are_counted(bot_server: BotServer) -> None:
    await bot_server.office.declare("sev2 Checkout is failing")
    _, told = await bot_server.get("/metrics")
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
async def test_no_label_has_typed_text_or_names(bot_server: BotServer) -> None:
    await bot_server.office.declare("sev1 TOPSECRET merger")
    await bot_server.office.told("alice", "note TOPSECRET handshake")
    await bot_server.office.told("alice", "TOPSECRET")
    _, told = await bot_server.get("/metrics")
    labels = {value for sample in samples(told) for value in sample.labels.values()}
    sandbox = bot_server.office.sandbox
    for hidden in ("TOPSECRET", "topsecret", sandbox.users["alice"], sandbox.channels["general"], "inc-1"):
        assert not [value for value in labels if hidden in value]


@SOCKET_MODE
async def test_a_rate_limit_is_counted_by_method_with_the_requested_pause(bot_server: BotServer) -> None:
    await bot_server.office.driver.fault(
        "ratelimited", method="conversations.setTopic", count=1, retry_after=2
    )
    await bot_server.office.declare()
    _, told = await bot_server.get("/metrics")
    assert figure(told, "warroom_rate_limited_total", method="conversations.setTopic") == 1
    assert figure(told, "warroom_rate_limited_seconds_total", method="conversations.setTopic") == 2
    assert figure(told, "warroom_deliveries_total", call="Topic", outcome="retry", reason="ratelimited") == 1


@SOCKET_MODE
async def test_refused_calls_and_calls_without_an_answer_are_counted_separately(
    bot_server: BotServer,
) -> None:
    await bot_server.office.driver.fault("refuse", method="pins.add", error="not_pinnable", count=1)
    await bot_server.office.driver.fault("reset_before", method="conversations.invite", count=1)
    await bot_server.office.driver.fault("error503", method="conversations.setTopic", count=1)
    await bot_server.office.person("alice").command("general", "/incident", "declare sev2 Down")

    def all_three(told: str) -> bool:
        tries = "warroom_deliveries_total"
        return [
            figure(told, tries, call="Pin", outcome="dead", reason="refused"),
            figure(told, tries, call="InvitePeople", outcome="retry", reason="network"),
            figure(told, tries, call="Topic", outcome="retry", reason="slack"),
        ] == [1, 1, 1]

    told = await bot_server.figures(all_three)
    assert (
        figure(told, "warroom_slack_request_seconds_count", method="conversations.invite", status="none") == 1
    )


@SOCKET_MODE
async def test_the_lateness_of_reminders_is_measured(bot_server: BotServer) -> None:
    await bot_server.office.declare("sev1 Checkout is failing")
    await bot_server.office.stage.forward(minutes=3)
    await bot_server.office.stage.shows("alice", "no Incident Commander yet")
    told = await bot_server.figures(lambda told: figure(told, "warroom_reminder_lateness_seconds_count") == 1)
    assert 0 < figure(told, "warroom_reminder_lateness_seconds_sum") < 180


def _opened(entries: list[dict[str, Any]]) -> int:
    return sum(each.get("method") == OPEN for each in entries)


@SOCKET_MODE
async def test_sockets_that_are_renewed_are_counted(bot_server: BotServer) -> None:
    _, told = await bot_server.get("/metrics")
    assert figure(told, "warroom_sockets_connected") == 2
    assert figure(told, "warroom_socket_reconnects_total") == 0
    traffic = bot_server.office.sandbox.traffic
    asked = _opened(traffic.since())
    await bot_server.office.driver.disconnect()

    def renewed(told: str) -> bool:
        # The client may renew a socket twice: when it is told to, and when the old one is closed.
        counted = figure(told, "warroom_socket_reconnects_total")
        return figure(told, "warroom_sockets_connected") == 2 <= counted == _opened(traffic.since()) - asked

    assert renewed(await bot_server.figures(renewed))


@SOCKET_MODE
async def test_a_bot_without_a_connection_to_slack_is_alive_but_not_ready(bot_server: BotServer) -> None:
    await bot_server.office.sandbox.stop()
    assert (await bot_server.get("/healthz"))[0] == 200
    status, told = await bot_server.get("/readyz")
    assert status == 503
    assert json.loads(told)["checks"]["slack"] == {"ok": False, "why": "there is no Socket Mode connection"}
    assert json.loads(told)["checks"]["database"] == {"ok": True}


@HTTP
async def test_over_http_the_last_answer_of_slack_decides_and_slack_is_asked_again(
    bot_server: BotServer,
) -> None:
    await bot_server.office.driver.fault("error503")
    await bot_server.office.person("alice").command(
        "general", "/incident", "declare Down"
    )  # its form cannot be opened
    status, told = await bot_server.get("/readyz")
    assert (status, json.loads(told)["checks"]["slack"]["why"]) == (503, "Slack answers http_503")
    await bot_server.office.driver.clear_faults()
    await bot_server.office.declare()
    assert (await bot_server.get("/readyz"))[0] == 200


@SOCKET_MODE
async def test_with_socket_mode_events_over_http_are_refused(bot_server: BotServer) -> None:
    assert (await bot_server.get("/slack/events"))[0] == 404


@SOCKET_MODE
async def test_a_failed_act_is_counted_as_failed(bot_server: BotServer) -> None:
    async with bot_server.office.app.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE incidents")
    told = await bot_server.office.told("alice", "list", "general")
    assert "That did not work" in told
    _, told = await bot_server.get("/metrics")
    assert figure(told, "warroom_commands_total", name="list", outcome="failed") == 1
    assert figure(told, "warroom_database_up") == 0
