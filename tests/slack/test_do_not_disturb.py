"""A commander in do-not-disturb, over the wire; and a workspace that did not grant the scope."""

from pathlib import Path

import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.core.resources import shipped
from bot.drills.stage import Stage, has, latest
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.patience import UNHURRIED
from tests.slack.conftest import Office

ON = ":zzz:"


async def test_a_commander_who_switches_it_on_is_replaced_with_a_click(office: Office) -> None:
    await office.declare()
    await office.person("bob").join(office.stage.room)
    await office.told("bob", "takeover")
    await office.stage.card("Offer command")
    await office.person("bob").do_not_disturb(480)
    message = await office.stage.shows("alice", "is in do-not-disturb until")
    await office.stage.press("alice", "take_over_in_do_not_disturb", message)
    await office.stage.shows("bob", "took over as Incident Commander")
    await office.person("bob").do_not_disturb(0)


async def test_who_assigns_a_commander_in_do_not_disturb_hears_it_privately(office: Office) -> None:
    await office.person("bob").do_not_disturb(480)
    await office.declare()
    await office.told("alice", "assign @bob")
    await office.stage.shows("alice", "is in do-not-disturb until")
    alice = office.person("alice")
    direct = await alice.until(
        lambda seen: next((each for each in seen["channels"] if "warroom" in each["name"]), None)
    )

    def told(seen: dict[str, object]) -> object:
        return latest(seen, lambda message: has(message, "Call them, or choose somebody else."))

    await alice.until(told, direct["id"])


async def test_without_the_scope_nothing_is_asked_and_all_else_works(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("dnd:read")
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("dnd_updated_user")
    sandbox = await Sandbox.start(manifest=manifest, ack_seconds=UNHURRIED.ack)
    try:
        async with (
            running(settings(sandbox, tmp_path / "w.db"), clock=sandbox.clock.now, timeouts=UNHURRIED) as app,
            Driver(sandbox.control_url) as driver,
        ):
            office = Office(sandbox, app, driver, Stage(driver, tmp_path))
            await office.person("bob").do_not_disturb(480)
            await office.declare()
            await office.told("alice", "assign @bob")
            await office.stage.card("Offer command")
            await office.app.engine.deliverer.drain()
            called = [each.get("method") for each in (await driver.traffic())]
            assert "dnd.info" not in called
    finally:
        await sandbox.stop()
