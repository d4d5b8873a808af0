"""Slack has trouble when the bot starts or reconnects: the bot waits, or says what to fix."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import pytest
from aiohttp import web

from bot.app import running
from bot.cli import doctor
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnavailableError
from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed
from bot.sandbox.network.faults import Fault
from bot.slack.connection import Timeouts, web_client
from bot.slack.setup_check import SlackRefusesError, SlackUnavailableError, check_setup, identity
from tests.patience import UNHURRIED
from tests.postgres import empty_database
from tests.resilience.conftest import MANIFEST, Opened
from tests.resilience.faulty_office import FaultyOffice
from tests.resilience.uses import START

PASSING = {
    "429": Fault("ratelimited"),
    "500": Fault("error500"),
    "503": Fault("error503"),
    "reset before": Fault("reset_before"),
    "reset after": Fault("reset_after"),
    "slow": Fault("slow", seconds=0.4),
    "down": Fault("down", seconds=600),
}
LASTING = {
    "unknown method": (Fault("unknown_method"), "unknown_method"),
    "missing scope": (Fault("missing_scope"), "missing_scope"),
}


async def _start(sandbox: Sandbox, folder: Path, patience: Timeouts = UNHURRIED) -> None:
    async with running(settings(sandbox, folder / "w.db"), clock=sandbox.clock.now, timeouts=patience):
        pass


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("method", sorted(START))
async def test_the_start_waits_for_temporary_trouble_to_end(method: str, name: str, tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST)
    sandbox.faults.add(replace(PASSING[name], method=method))
    with pytest.raises(SlackUnavailableError, match=r"try again in a while|cannot be reached"):
        await _start(sandbox, tmp_path, Timeouts(call=0.2))
    sandbox.faults.clear()
    await _start(sandbox, tmp_path)
    await sandbox.stop()


@pytest.mark.parametrize("name", LASTING)
@pytest.mark.parametrize("method", sorted(START))
async def test_permanent_trouble_is_reported_with_what_to_fix(method: str, name: str, tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST)
    fault, reason = LASTING[name]
    sandbox.faults.add(replace(fault, method=method))
    needs_scope = method == "conversations.info"
    knows_without = method == "conversations.info" and name == "unknown method"
    if knows_without or (name == "missing scope" and not needs_scope):
        await _start(sandbox, tmp_path)  # it needs no scope, or the server has only a part of Slack's API
    else:
        with pytest.raises(SlackRefusesError, match=reason):
            await _start(sandbox, tmp_path)
    await sandbox.stop()


async def test_a_bot_whose_sockets_are_renewed_during_an_outage_receives_again_afterwards(
    open_office: Opened,
) -> None:
    async with open_office("reconnecting") as office:
        office.strike("error503", method="apps.connections.open", count=1)
        await office.driver.disconnect("refresh_requested")
        assert "No incident is open" in await _answered(office)


async def _answered(office: FaultyOffice) -> str:
    """Alice asks until she is answered: a request on a socket that closed is lost."""
    for _ in range(10):
        try:
            return await office.told("alice", "list", "general")
        except ActionFailed:
            await office.sandbox.sockets.connected()
    return ""


async def test_the_incidents_channel_may_be_unreachable_during_an_incident(open_office: Opened) -> None:
    async with open_office("archived incidents") as office:
        await office.person("alice").archive("incidents")
        await office.told("alice", "declare sev4 Down", "general")
        await office.settle()
        told = await office.everything_told()
        assert "I could not announce it in the incidents channel: Slack says `is_archived`" in told
        await office.person("alice").unarchive("incidents")
        await office.retry()
        assert len((await office.picture())["announcements"]) == 1


async def test_the_start_waits_for_a_database_that_comes_back(tmp_path: Path, postgres: str) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST)
    url = await empty_database(postgres)
    name = Database(url).url.database
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    waited: list[str] = []

    async def mend(error: SlackUnavailableError | DatabaseUnavailableError) -> None:
        waited.append(str(error))
        if len(waited) == 2:
            await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    given = settings(sandbox, tmp_path / "unused.db").model_copy(update={"database_url": url})
    async with running(given, clock=sandbox.clock.now, on_unavailable=mend) as app:
        assert app.team
    assert ["not currently accepting" in told for told in waited] == [True, True]
    await admin.close()
    await sandbox.stop()


@dataclass
class PartialSlack:
    """A server that has only a part of Slack's API, with faults.

    Attributes:
        url: its Web API.
    """

    url: str = ""

    async def no_get(self, _request: web.Request) -> web.Response:
        """Answer as a server that does not know GET."""
        return web.Response(status=404, text="404: Not Found")

    async def who(self, _request: web.Request) -> web.Response:
        """auth.test, with no header about scopes."""
        told = {
            "ok": True,
            "team_id": "T1",
            "team": "Acme",
            "user_id": "U1",
            "user": "warroom",
            "bot_id": "B1",
        }
        return web.json_response(told)


@asynccontextmanager
async def partial_slack() -> AsyncIterator[PartialSlack]:
    made = PartialSlack()
    app = web.Application()
    app.router.add_post("/api/auth.test", made.who)
    app.router.add_post("/api/apps.connections.open", made.who)
    app.router.add_get("/api/{method}", made.no_get)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{site.port}/api/"
    yield made
    await runner.cleanup()


async def test_a_server_that_does_not_know_get_is_reported_with_request_and_answer() -> None:
    async with partial_slack() as server, web_client("xoxb-1", server.url) as (client, _):
        with pytest.raises(SlackRefusesError) as refused:
            await check_setup(client, "xapp-1", "C0INCIDENTS")
    assert str(refused.value) == (
        f"INCIDENTS_CHANNEL C0INCIDENTS cannot be checked: GET {server.url}conversations.info was answered with "
        "HTTP 404, which is not an answer of Slack. Check SLACK_API_URL, and whether the server there offers this."
    )


async def test_a_page_that_is_not_slacks_is_reported_too() -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Please log in</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{site.port}/api/"
    async with web_client("xoxb-1", url) as (client, _):
        with pytest.raises(
            SlackUnavailableError, match=f"POST {url}auth.test was answered with HTTP 200"
        ) as unwell:
            await identity(client)
    assert "check SLACK_API_URL" in str(unwell.value)
    await runner.cleanup()


async def test_a_server_that_does_not_name_scopes_is_not_reported_as_lacking_them(tmp_path: Path) -> None:
    lines: list[str] = []
    async with partial_slack() as server:
        given = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "slack_api_url": server.url}
        given |= {"database_url": f"sqlite:///{tmp_path / 'w.db'}"}
        healthy = await doctor.check(GivenSettings.model_validate(given), lines.append)
    assert "✓ the token's scopes: this server does not tell them" in lines
    assert healthy, lines
