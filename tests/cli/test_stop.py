"""When told to stop, the bot finishes its calls in progress, leaves the rest to others, and ends within ten seconds."""

from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.drills.stage import Stage, has
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, EffectState
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.sandbox.network.faults import Fault
from tests.cli.process import bot, workspace

ROOM = "inc-1-down"
LONGEST = 10.0


async def _effects(folder: Path) -> dict[str, EffectRow]:
    """The effects in the outbox, by kind."""
    database = Database(f"sqlite:///{folder / 'run.db'}")
    async with database.reading() as session:
        rows = (await session.exec(select(EffectRow))).all()
    await database.close()
    return {row.kind: row for row in rows}


def _is_open(seen: dict[str, Any]) -> bool:
    return any(channel["name"] == ROOM and channel["is_member"] for channel in seen["channels"])


async def _shows_each_once(sandbox: Sandbox, driver: Driver, folder: Path) -> None:
    """Check that the second process has brought Slack to the state of an uninterrupted run."""
    alice = driver.user("alice")
    await alice.until(_is_open, timeout=15)
    stage = Stage(driver, folder, room=ROOM)
    await stage.card("SEV1", "Down")
    await driver.user("frank").until(
        lambda seen: any(has(message, "INC-1") for message in seen["channel"]["messages"]), "incidents"
    )
    rooms = [name for name in sandbox.channels if name.startswith("inc-")]
    assert rooms == [ROOM]
    for name, channel in (("alice", ROOM), ("frank", "incidents")):
        messages = (await driver.user(name).see(channel))["channel"]["messages"]
        posted = [message for message in messages if message.get("bot_id") and not message.get("subtype")]
        assert len(posted) == 1, posted


async def test_a_call_in_progress_is_finished(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("slow", method="chat.postMessage", seconds=2.0))
    async with Driver(sandbox.control_url) as driver:
        async with bot(sandbox, tmp_path) as first:
            await first.says("warroom.ready")
            await driver.user("alice").command("general", "/incident", "declare sev1 Down")
            await driver.user("alice").until(_is_open)  # so the call for the card is in progress
            status, seconds = await first.stop()
        assert (status, seconds < LONGEST) == (0, True), first.log
        effects = await _effects(tmp_path)
        assert effects["ShowCard"].state == EffectState.DELIVERED, first.log
        assert not [row for row in effects.values() if row.state == EffectState.LEASED]
        sandbox.faults.clear()
        async with bot(sandbox, tmp_path):
            await _shows_each_once(sandbox, driver, tmp_path)
    await sandbox.stop()


async def test_a_hanging_slack_does_not_delay_the_stop_and_another_process_continues_at_once(
    tmp_path: Path,
) -> None:
    sandbox = await workspace()
    async with Driver(sandbox.control_url) as driver:
        async with bot(sandbox, tmp_path) as first:
            await first.says("warroom.ready")
            sandbox.faults.add(Fault("slow", method="conversations.create", seconds=100.0))
            await driver.user("alice").command("general", "/incident", "declare sev1 Down")
            status, seconds = await first.stop()
        assert (status, seconds < LONGEST) == (0, True), first.log
        assert "outbox.gave_up" in first.log
        effects = await _effects(tmp_path)
        assert (effects["OpenRoom"].state, effects["OpenRoom"].doubt) == (EffectState.WAITING, True)
        assert not [row for row in effects.values() if row.state == EffectState.LEASED]
        sandbox.faults.clear()
        async with bot(sandbox, tmp_path):
            await _shows_each_once(sandbox, driver, tmp_path)
    await sandbox.stop()


async def test_stopped_before_it_is_ready_it_ends_at_once(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("slow", method="auth.test", seconds=100.0))
    async with bot(sandbox, tmp_path) as waiting:
        await waiting.says("warroom.starting")
        status, seconds = await waiting.stop()
    assert (status, seconds < LONGEST / 2) == (0, True), waiting.log
    await sandbox.stop()
