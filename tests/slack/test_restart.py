"""The bot is down for a while: what was due in that time comes once, and promises to people still count."""

from bot.drills.stage import has
from tests.slack.conftest import Office, Town

MINUTE = 60
HOUR = 60 * MINUTE
DUE = "was due at"


async def _commanded(office: Office) -> None:
    """A SEV1, with an update due every 15 minutes, and Alice in command."""
    await office.declare("sev1 Checkout is failing")
    await office.told("alice", "assign @alice commander")
    await office.stage.shows("alice", "became Incident Commander")


async def _reminders(office: Office) -> list[str]:
    """The reminders in the war room, after everything that is due was sent."""
    for _ in range(3):
        await office.app.engine.due.tick(office.sandbox.clock.now())
    await office.told("alice", "note that is all so far")  # messages of one room keep their order
    await office.stage.shows("alice", "that is all so far")
    seen = await office.person("alice").see(office.stage.room)
    return [message["text"] for message in seen["channel"]["messages"] if has(message, DUE)]


async def test_reminders_due_during_an_hours_stop_come_once_and_not_four_times(town: Town) -> None:
    async with town.bot() as office:
        await _commanded(office)
    await town.driver.advance(HOUR + MINUTE)
    async with town.bot() as office:
        await office.stage.shows("alice", DUE)
        assert len(await _reminders(office)) == 1


async def test_a_reminder_sent_before_the_stop_is_not_sent_again(town: Town) -> None:
    async with town.bot() as office:
        await _commanded(office)
        await town.driver.advance(15 * MINUTE)
        await office.stage.shows("alice", DUE)
    async with town.bot() as office:
        assert len(await _reminders(office)) == 1


async def test_a_snooze_still_counts_after_a_restart_and_then_the_reminder_comes(town: Town) -> None:
    async with town.bot() as office:
        await _commanded(office)
        await town.driver.advance(15 * MINUTE)
        await office.stage.press("alice", "snooze", await office.stage.shows("alice", DUE))
        await office.person("alice").submit(reason="rolling back")
        await office.stage.shows("alice", "snoozed until")
    await town.driver.advance(9 * MINUTE)
    async with town.bot() as office:
        assert await _reminders(office) == []
        await town.driver.advance(MINUTE)
        await office.stage.shows("alice", DUE)
        assert len(await _reminders(office)) == 1


async def test_a_snooze_that_ran_out_while_the_bot_was_down_is_followed_by_one_reminder(town: Town) -> None:
    async with town.bot() as office:
        await _commanded(office)
        await town.driver.advance(15 * MINUTE)
        await office.stage.press("alice", "snooze", await office.stage.shows("alice", DUE))
        await office.person("alice").submit(reason="rolling back")
        await office.stage.shows("alice", "snoozed until")
    await town.driver.advance(56 * MINUTE)  # the snooze's end, and three slots of the cadence
    async with town.bot() as office:
        await office.stage.shows("alice", DUE)
        assert len(await _reminders(office)) == 1


async def test_effects_that_waited_when_the_bot_was_stopped_are_shown_after_the_start(town: Town) -> None:
    async with town.bot() as office:
        await _commanded(office)
        await town.driver.fault("ratelimited", method="chat.postMessage", retry_after=30)
        for each in ("first", "second", "third"):
            await office.told("alice", f"note the {each} thing")
    await town.driver.clear_faults()
    await town.driver.advance(HOUR)
    async with town.bot() as office:
        await office.stage.shows("alice", "the third thing")
        seen = await office.person("alice").see(office.stage.room)
        told = [message["text"] for message in seen["channel"]["messages"] if has(message, " thing")]
        assert [text.split()[-2] for text in told] == ["first", "second", "third"]
