"""Everything that Slack sends is answered once."""

import asyncio
import json
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.core.clock import utc_now
from bot.core.metrics import Metrics
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.acts.acts import Acts
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.policy import Policy
from bot.incident.effects.registry import EFFECTS
from bot.incident.subject import incidents_under
from bot.sandbox.delivery.envelope import Envelope
from bot.slack.addresses import Addresses
from bot.slack.connection import bolt_app
from bot.slack.deduplication import Deduplicator
from bot.slack.listeners import listen
from bot.slack.receiver import BAD, Receiver, is_ours
from bot.slack.setup_check import Identity
from tests.slack.conftest import Office

ME = Identity(team_id="T1", team="Acme", user_id="U1", user="warroom", scopes=None, enterprise_id="E1")


async def _to_every_socket(office: Office, envelope: Envelope) -> list[dict[str, Any]]:
    """Send one envelope on each connection, and wait for the ack of each."""
    loop = asyncio.get_running_loop()
    acks: list[asyncio.Future[dict[str, Any]]] = []
    for connection in list(office.sandbox.sockets.connections):
        acks.append(loop.create_future())
        connection.pending[envelope.id] = acks[-1]
    for connection in list(office.sandbox.sockets.connections):
        await connection.socket.send_str(json.dumps(envelope.to_json()))
    async with asyncio.timeout(5):
        return await asyncio.gather(*acks)


async def test_an_envelope_that_is_sent_on_every_socket_is_handled_once(office: Office) -> None:
    await office.declare()
    said = await office.person("alice").say(office.stage.room, "Deploy 214 went out")
    item = {"type": "message", "channel": office.stage.room, "ts": said["messages"][-1]["ts"]}
    reaction = {
        "type": "reaction_added",
        "user": office.sandbox.users["alice"],
        "reaction": "pushpin",
        "item": item,
    }
    payload = {"type": "event_callback", "event_id": "Ev1", "team_id": office.app.team, "event": reaction}
    assert len(await _to_every_socket(office, Envelope("E-1", "events_api", payload))) == 2
    await _to_every_socket(office, Envelope("E-2", "events_api", payload, 1, "timeout"))  # Slack tries again
    await office.stage.shows("alice", "Added to the timeline")
    seen = json.dumps(await office.person("alice").see(office.stage.room))
    assert "already on the timeline" not in seen


async def test_a_command_that_is_sent_on_every_socket_gets_the_same_answer_on_each(office: Office) -> None:
    command = {
        "command": "/incident",
        "text": "declare sev2 Checkout is failing",
        "trigger_id": "1.2.3",
        "team_id": office.app.team,
        "user_id": office.sandbox.users["alice"],
        "channel_id": office.sandbox.channels["general"],
    }
    first, second = await _to_every_socket(office, Envelope("E-1", "slash_commands", command))
    assert first == second


def _submission(office: Office, **view: Any) -> dict[str, Any]:
    whole = {"id": "V1", "type": "modal", "callback_id": "notice", "blocks": [{"type": "section"}], **view}
    user = {"id": office.sandbox.users["alice"]}
    team = {"id": office.app.team}
    return {"type": "view_submission", "trigger_id": "1.2.3", "team": team, "user": user, "view": whole}


@pytest.mark.parametrize("blocks", [[{"type": "section"}], [], [{}], [{"type": "input"}]], ids=repr)
@pytest.mark.parametrize("metadata", ["", "{", "5", '{"number": "x"}', "[" * 3000])
async def test_a_submission_of_a_view_without_inputs_is_acked_and_answered(
    office: Office, blocks: list[dict[str, Any]], metadata: str
) -> None:
    payload = _submission(office, blocks=blocks, private_metadata=metadata)
    [answer, _] = await _to_every_socket(office, Envelope("E-1", "interactive", payload))
    assert answer["response_action"] == "update"
    assert "belongs to no incident" in json.dumps(answer["view"])


async def test_a_failed_submission_of_a_view_without_inputs_is_reported_to_the_person(office: Office) -> None:
    async with office.app.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE incidents")
    payload = _submission(office, callback_id="update", private_metadata='{"number": 1}')
    [answer, _] = await _to_every_socket(office, Envelope("E-1", "interactive", payload))
    assert "That did not work" in json.dumps(answer["view"])


async def test_an_invalid_envelope_is_acked_so_that_it_is_not_sent_again(
    office: Office,
) -> None:
    assert await _to_every_socket(office, Envelope("E-1", "events_api", {"type": "event_callback"})) == [
        {},
        {},
    ]


@pytest.mark.parametrize(
    "kind", ["shortcut", "block_actions", "view_submission", "event_callback", "nothing"]
)
async def test_the_error_handler_itself_cannot_fail(office: Office, policy: Policy, kind: str) -> None:
    client = AsyncWebClient(token=office.sandbox.bot_token, base_url=office.sandbox.base_url)
    app, database = bolt_app(client, ME), office.app.database
    incidents = Acts(database, incidents_under(lambda: policy), lambda: None)
    listen(
        app,
        Dispatcher(
            database, {EFFECTS.subject: incidents}, _no_profile, lambda: Templates(shipped("templates"))
        ),
        lambda: policy,
        utc_now,
        metrics=Metrics(),
    )
    body: dict[str, Any] = {
        "type": kind,
        "team": {"id": "T1"},
        "user": {"id": "U2"},
        "callback_id": "declare",
    }
    body |= {"actions": [{"action_id": "update", "value": "1"}], "event": {"type": "pin_added"}}
    body |= {"view": {"type": "modal", "callback_id": "update"}}
    with capture_logs() as logs:
        answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    failed = [line for line in logs if line["event"] == "slack.listener_failed"]
    if kind == "nothing":
        assert (answer.status, failed) == (200, [])
    else:
        assert answer.status == (200 if kind == "view_submission" else 500)
        assert len(failed) == 1


class _FailingApp(AsyncApp):
    """An app whose framework cannot read the request."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Fail."""
        raise KeyError(req.body["type"])


async def test_a_request_that_bolt_cannot_read_is_a_bad_request(office: Office) -> None:
    client = AsyncWebClient(token=office.sandbox.bot_token, base_url=office.sandbox.base_url)
    reception = Receiver(_FailingApp(client=client, name="test"), Metrics(), ME, Addresses(client.base_url))
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "channel_rename"}}
    with capture_logs() as logs:
        assert (await reception.answer("events_api", "E-1", body)).status == BAD
    assert [(line["event"], line["error"]) for line in logs] == [("slack.odd_payload", "KeyError")]


@pytest.mark.parametrize(
    ("reaction", "item"),
    [
        ("eyes", {"type": "message", "channel": "C1", "ts": "1.2"}),
        ("pushpin", {"type": "file", "file": "F1"}),
    ],
    ids=["another reaction", "no message"],
)
async def test_a_reaction_that_marks_nothing_is_acked_without_bolt(
    office: Office, reaction: str, item: dict[str, str]
) -> None:
    client = AsyncWebClient(token=office.sandbox.bot_token, base_url=office.sandbox.base_url)
    reception = Receiver(_FailingApp(client=client, name="test"), Metrics(), ME, Addresses(client.base_url))
    event = {"type": "reaction_added", "user": "U2", "reaction": reaction, "item": item}
    body = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event}
    answer = await reception.answer("events_api", "E-1", body)
    assert (answer.status, answer.body) == (200, "")
    event["reaction"], event["item"] = "pushpin", {"type": "message", "channel": "C1", "ts": "1.2"}
    assert (await reception.answer("events_api", "E-2", body)).status == BAD  # a mark is passed to Bolt


async def _no_profile(_team: str, _person: str) -> None:
    return None


def _context(**ids: Any) -> AsyncBoltContext:
    return AsyncBoltContext(ids)


def test_an_organisation_wide_installation_serves_each_workspace() -> None:
    assert is_ours(_context(team_id="T1"), ME)
    assert is_ours(_context(team_id="T2", is_enterprise_install=True, enterprise_id="E1"), ME)
    assert not is_ours(_context(team_id="T2", is_enterprise_install=False, enterprise_id="E1"), ME)
    assert not is_ours(_context(team_id="T2", is_enterprise_install=True, enterprise_id="E2"), ME)
    assert not is_ours(_context(), ME)


async def test_a_failed_answer_is_made_again_and_an_old_one_is_forgotten() -> None:
    once, statuses, asked = Deduplicator(remembered=2), iter([500, 200, 200, 200, 200]), []

    async def work() -> BoltResponse:
        asked.append(1)
        return BoltResponse(status=next(statuses))

    assert [(await once.answer("a", work)).status for _ in range(3)] == [500, 200, 200]
    assert len(asked) == 2
    for name in ("b", "c", "a"):
        await once.answer(name, work)
    assert len(asked) == 5


async def test_waiting_for_the_same_answer_is_cancelled_with_it() -> None:
    once, begun = Deduplicator(), asyncio.Event()

    async def work() -> BoltResponse:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    first = asyncio.create_task(once.answer("a", work))
    await begun.wait()
    second = asyncio.create_task(once.answer("a", work))
    first.cancel()
    outcomes = await asyncio.gather(first, second, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2
