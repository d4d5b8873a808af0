"""Services over the wire: chosen in the form, on the card, changed in a word, in channel names, channels and followed."""

from pathlib import Path

import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.drills.stage import readable
from bot.policy_file import DEFAULT
from tests.slack.conftest import Office, Town


async def test_a_service_is_chosen_followed_announced_and_corrected(town: Town, tmp_path: Path) -> None:
    policy = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    policy["services"] = {"checkout": {"title": "Checkout"}, "search": {"title": "Search", "short": ["find"]}}
    policy["announce"] = [{"channel": town.sandbox.channels["general"], "services": ["search"]}]
    policy["channel_name"] = "inc-{number}-{service}-{words}"
    (tmp_path / "policy.yml").write_text(yaml.safe_dump(policy))
    given = settings(town.sandbox, tmp_path / "unused.db").model_dump()
    chosen = GivenSettings.model_validate(
        given | {"database_url": town.database_url, "policy_file": tmp_path / "policy.yml"}
    )
    async with running(chosen, clock=town.sandbox.clock.now, timeouts=town.patience) as app:
        office = Office(town.sandbox, app, town.driver, town.stage)
        alice, frank = office.person("alice"), office.person("frank")
        told = await office.told("frank", "subscribe find", channel="general")
        assert "You follow *all incidents that affect Search*" in told
        await office.told("alice", "declare Orders fail", channel="general")
        assert "Which services?" in readable((await alice.see())["modals"])
        await alice.submit(services=["checkout"])
        await alice.close(everything=True)
        await town.stage.shows("frank", "Orders fail", "affects Checkout", channel="incidents")
        office.stage.room = await alice.until(
            lambda seen: next(
                (c["id"] for c in seen["channels"] if c["name"].startswith("inc-1-checkout-")), None
            )
        )
        assert "INC-1 affects *Search, Checkout* now" in await office.told("alice", "service find, checkout")
        await town.stage.shows("frank", "Orders fail", "affects Search, Checkout", channel="general")
        direct = await frank.until(
            lambda seen: next((each for each in seen["channels"] if "warroom" in each["name"]), None)
        )
        message = await frank.until(lambda seen: next(iter(seen["channel"]["messages"]), None), direct["id"])
        assert "You follow all incidents that affect Search" in readable(message)
        refused = await office.told("alice", "service mail room")
        assert "There are: Checkout, Search." in refused
        assert "/incident service mail room" in refused
        listed = await office.told("frank", "subscribe", channel="general")
        assert "All incidents that affect Search" in listed
