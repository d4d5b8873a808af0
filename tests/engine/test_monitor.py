"""The watch names what is wrong, and never waits long for something that does not answer."""

import asyncio
import math
from dataclasses import dataclass

import pytest
from sqlalchemy import event

from bot.core.metrics import Metrics
from bot.engine.monitor import FRESH, LONGEST_SILENCE, RECENT, Check, Monitor
from bot.engine.store.database import Database
from bot.incident.domain.vocabulary import Severity
from bot.subjects import FIGURES
from tests.engine.world import TEAM, World
from tests.web.figures import figure


class Stopwatch:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Line:
    """A connection to Slack, in the state that a test sets."""

    sockets: int = 2
    wrong: str = ""

    async def trouble(self) -> str:
        return self.wrong


def trouble(checks: tuple[Check, ...]) -> dict[str, str]:
    """What is wrong, by name."""
    return {check.name: check.trouble for check in checks if check.trouble}


async def test_the_bot_is_not_ready_before_it_is_connected(world: World) -> None:
    watch = Monitor(world.database, Metrics(), FIGURES)
    assert trouble(await watch.checks()) == {"slack": "not connected yet"}
    watch.connected(TEAM, world.now, Line())
    assert trouble(await watch.checks()) == {}


async def test_a_deliverer_that_has_stopped_is_reported(world: World) -> None:
    timer = Stopwatch()
    watch = Monitor(world.database, Metrics(), FIGURES, timer)
    watch.connected(TEAM, world.now, Line())
    timer.seconds += LONGEST_SILENCE + 2
    assert trouble(await watch.checks()) == {"deliverer": "has not looked at the outbox for 12 s"}
    assert figure((await watch.figures()).decode(), "warroom_deliverer_age_seconds") == 12
    watch.polled()
    assert trouble(await watch.checks()) == {}


async def test_the_deliverer_reports_when_it_looks(world: World) -> None:
    looks: list[str] = []
    deliverer = world.new_deliverer()
    deliverer._polled = lambda: looks.append("looked")
    await deliverer.drain()
    assert looks == ["looked"]


async def test_the_figures_match_the_database(world: World) -> None:
    metrics, timer = Metrics(), Stopwatch()
    watch = Monitor(world.database, metrics, FIGURES, timer)
    watch.connected(TEAM, world.now, Line(sockets=1))
    await world.declare(severity=Severity.SEV3)
    world.clock.forward(seconds=90)
    told = (await watch.figures()).decode()
    assert figure(told, "warroom_outbox_depth") > 3
    assert figure(told, "warroom_outbox_oldest_seconds") == 90
    assert figure(told, "warroom_incidents_open", severity="SEV3") == 1
    assert figure(told, "warroom_sockets_connected") == 1
    await world.deliver()
    assert figure((await watch.figures()).decode(), "warroom_outbox_depth") > 3, "asked again too soon"
    timer.seconds += FRESH
    told = (await watch.figures()).decode()
    assert figure(told, "warroom_outbox_depth") == figure(told, "warroom_outbox_oldest_seconds") == 0


async def test_a_database_that_is_away_is_reported_and_old_figures_are_removed() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    watch = Monitor(database, Metrics(), FIGURES)
    watch.connected(TEAM, database.now, Line())
    assert trouble(await watch.checks()) == {"database": "ConnectionRefusedError"}
    told = (await watch.figures()).decode()
    assert figure(told, "warroom_database_up") == 0
    assert math.isnan(figure(told, "warroom_outbox_depth"))
    assert "severity=" not in told
    await database.close()


async def test_the_watch_does_not_wait_for_a_database_that_does_not_answer() -> None:
    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until they close the connection
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    database = Database(f"postgresql://nobody@127.0.0.1:{port}/nothing")
    watch = Monitor(database, Metrics(), FIGURES)
    watch.connected(TEAM, database.now, Line())
    async with asyncio.timeout(4):
        assert trouble(await watch.checks()) == {"database": "did not answer within 1 s"}
        told = (await watch.figures()).decode()
    assert figure(told, "warroom_database_up") == 0
    await database.close()
    server.close()


@pytest.mark.parametrize("wrong", ["", "Slack does not answer"])
async def test_the_connection_to_slack_reports_its_own_trouble(world: World, wrong: str) -> None:
    watch = Monitor(world.database, Metrics(), FIGURES)
    watch.connected(TEAM, world.now, Line(wrong=wrong))
    assert trouble(await watch.checks()) == ({"slack": wrong} if wrong else {})


async def test_many_probes_cost_the_database_one_query_a_second(world: World) -> None:
    asked: list[str] = []
    event.listen(
        world.database.engine.sync_engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: asked.append(statement),
    )
    timer = Stopwatch()
    watch = Monitor(world.database, Metrics(), FIGURES, timer)
    watch.connected(TEAM, world.now, Line())
    looks = await asyncio.gather(*(watch.checks() for _ in range(300)))
    assert [trouble(look) for look in looks] == [{}] * 300
    assert len([statement for statement in asked if statement.startswith("SELECT 1")]) == 1
    timer.seconds += RECENT
    await watch.checks()
    assert len([statement for statement in asked if statement.startswith("SELECT 1")]) == 2
