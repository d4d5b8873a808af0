"""The drill `after-the-outage`, on each kind of database."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.drills.after_the_outage import STEPS
from bot.drills.after_the_outage.moments import FRIDAY, MONDAY, forward_to, today
from bot.drills.stage import Installation
from bot.policy_file import DEFAULT
from tests.slack.conftest import Town


async def test_the_weeks_after_an_outage_are_played_to_their_end(town: Town) -> None:
    began = town.sandbox.clock.now()
    policy = Path(shutil.copy(DEFAULT, town.stage.out / "policy.yml"))
    async with town.bot(policy_file=policy) as office:
        office.stage.installation = Installation(policy, office.app.reload)
        for _, step in STEPS:
            await step(office.stage)
        assert office.stage.reminders == 3
    assert 18 <= (town.sandbox.clock.now() - began).days <= 26


async def test_the_clock_is_moved_to_the_next_such_moment_and_never_back(town: Town) -> None:
    for weekday in (MONDAY, MONDAY, FRIDAY, MONDAY):
        before = town.sandbox.clock.now()
        await forward_to(town.stage, weekday)
        local: datetime = town.sandbox.clock.now().astimezone(ZoneInfo("Europe/London"))
        assert (local.weekday(), f"{local:%H:%M}") == (weekday, "09:01")
        assert 0 < (town.sandbox.clock.now() - before).total_seconds() <= 7 * 24 * 60 * 60 + 3600
        assert await today(town.stage) == local.date()
