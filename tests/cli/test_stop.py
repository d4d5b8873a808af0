"""Told to stop, the bot finishes what it has begun, leaves the rest to others, and is gone within ten seconds."""

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
    """What is in the outbox, by kind."""
    database = Database(f"sqlite:///{folder / 'run.db'}")
    async with database.reading() as session:
        rows = (await session.exec(select(EffectRow))).all()
    await database.close()
    return {row.kind: row for row in rows}


def _is_open(seen: dict[str, Any]) -> bool:
    return any(channel["name"] == ROOM and channel["is_member"] for channel in seen["channels"])


async def _shows_each_once(sandbox: Sandbox, driver: Driver, folder: Path) -> None:
    """Whether the second process has brought Slack to where an undisturbed one would have."""
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


async def test_a_call_that_was_begun_is_finished(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("slow", method="chat.postMessage", seconds=2.0))
    async with Driver(sandbox.control_url) as driver:
        async with bot(sandbox, tmp_path) as first:
            await first.says("warroom.ready")
            await driver.user("alice").command("general", "/incident", "declare sev1 Down")
            await driver.user("alice").until(_is_open)  # so the card is under way
            status, seconds = await first.stop()
        assert (status, seconds < LONGEST) == (0, True), first.log
        effects = await _effects(tmp_path)
        assert effects["ShowCard"].state == EffectState.DELIVERED, first.log
        assert not [row for row in effects.values() if row.state == EffectState.LEASED]
        sandbox.faults.clear()
        async with bot(sandbox, tmp_path):
            await _shows_each_once(sandbox, driver, tmp_path)
    await sandbox.stop()


async def test_a_slack_that_hangs_does_not_hold_it_and_another_goes_on_at_once(tmp_path: Path) -> None:
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


async def test_told_to_stop_before_it_has_begun_it_leaves_at_once(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("slow", method="auth.test", seconds=100.0))
    async with bot(sandbox, tmp_path) as waiting:
        await waiting.says("warroom.starting")
        status, seconds = await waiting.stop()
    assert (status, seconds < LONGEST / 2) == (0, True), waiting.log
    await sandbox.stop()
