"""People outside of the war room, over the wire: they follow, are told directly, stop, and read the digest."""

from pathlib import Path
from typing import Any

import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.drills.stage import has, readable
from bot.policy_file import DEFAULT
from tests.slack.conftest import Office, Town


async def _direct(office: Office, name: str, *words: str) -> dict[str, Any]:
    """The first direct message of the bot to this person that has these words, and its channel."""
    person = office.person(name)
    direct = await person.until(
        lambda seen: next((each for each in seen["channels"] if "warroom" in each["name"]), None)
    )
    found: dict[str, Any] = await person.until(
        lambda seen: next(
            (each for each in seen["channel"]["messages"] if all(has(each, word) for word in words)), None
        ),
        direct["id"],
    )
    return found | {"channel": direct["id"]}


async def test_who_follows_from_the_announcement_is_told_directly_and_can_stop(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    frank = office.person("frank")
    announcement = await office.stage.shows("frank", "Checkout is failing", channel="incidents")
    answer = await frank.click("follow", channel="incidents", ts=announcement["ts"])
    assert "You follow *INC-1*" in readable(answer["messages"])
    await office.told("alice", "update half of all payments fail")
    told = await _direct(office, "frank", "half of all payments fail", "You follow INC-1")
    answer = await frank.click("stop_following", channel=told["channel"], ts=told["ts"])
    assert "no longer follow INC-1" in readable(answer["messages"])
    assert "You follow no open incident" in await office.told("frank", "subscribe", channel="general")


async def test_a_severity_and_the_digest_are_there_for_everybody_in_any_channel(office: Office) -> None:
    assert "all incidents of SEV2 or worse" in await office.told("frank", "subscribe sev2", channel="general")
    await office.declare("sev1 Login is down")
    await _direct(office, "frank", "Login is down", "You follow all incidents of SEV2 or worse")
    digest = await office.told("frank", "digest", channel="general")
    assert "1 incident is open" in digest
    assert "Login is down" in digest


async def test_further_channels_and_the_morning_digest_are_posted(town: Town, tmp_path: Path) -> None:
    general = town.sandbox.channels["general"]
    policy = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    policy["announce"] = [{"channel": general, "severities": ["SEV1"]}]
    due = f"{(town.sandbox.clock.now().hour + 2) % 24:02}:00"
    policy["digest"] = {"at": due, "time_zone": "UTC"}
    (tmp_path / "policy.yml").write_text(yaml.safe_dump(policy))
    given = settings(town.sandbox, tmp_path / "unused.db").model_dump()
    chosen = GivenSettings.model_validate(
        given | {"database_url": town.database_url, "policy_file": tmp_path / "policy.yml"}
    )
    async with running(chosen, clock=town.sandbox.clock.now, timeouts=town.patience) as app:
        office = Office(town.sandbox, app, town.driver, town.stage)
        await office.declare("sev2 Checkout is failing")
        await office.told("alice", "severity sev1 everybody is hit")
        await town.stage.shows("frank", "Checkout is failing", "SEV1", channel="general")
        now = town.sandbox.clock.now()
        await town.driver.advance(
            (now.replace(minute=0, second=5, microsecond=0) - now).total_seconds() + 2 * 60 * 60
        )
        await town.stage.shows("frank", "1 incident is open", "overdue since", channel="incidents")
