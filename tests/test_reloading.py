"""Policy and templates are read anew while the bot works: both or nothing, and what changed is in the log."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.config import GivenSettings, Settings
from bot.core.current import Current
from bot.core.templates import TemplateBrokenError
from bot.incident.effects.installation import Installation
from bot.policy_file import DEFAULT
from bot.reloading import CHANGES_MAX, reload, reload_when_told
from bot.starting import load_installation

SHIPPED = DEFAULT.read_text(encoding="utf-8")
ROOM = "messages/update_room.j2"


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    """Settings with a policy and a folder of templates."""
    (tmp_path / "own/messages").mkdir(parents=True)
    (tmp_path / "own" / ROOM).write_text("before")
    (tmp_path / "policy.yml").write_text(SHIPPED)
    return GivenSettings(policy_file=tmp_path / "policy.yml", templates_dir=tmp_path / "own")


def write(given: Settings, before: str, after: str) -> None:
    assert given.policy_file
    text = given.policy_file.read_text()
    assert before in text
    given.policy_file.write_text(text.replace(before, after))


def own(given: Settings, name: str) -> Path:
    assert given.templates_dir
    return given.templates_dir / name


async def reloaded(given: Settings, current: Current[Installation]) -> tuple[str, dict[str, Any]]:
    with capture_logs() as logs:
        told = await reload(given, current, _ignore)
    return told, dict(logs[-1])


def _ignore(_error: TemplateBrokenError) -> None:
    """Nobody is told."""


@pytest.fixture
def current(given: Settings) -> Current[Installation]:
    return Current(replace(load_installation(given), slack_url="https://acme.slack.com/"))


async def test_a_good_policy_and_good_templates_count_from_now_on(
    given: Settings, current: Current[Installation]
) -> None:
    before = current()
    write(given, "snooze: 10 min", "snooze: 20 min")
    own(given, ROOM).write_text("after")
    own(given, "postmortem.md.j2").write_text("new")
    told, log = await reloaded(given, current)
    changed = ["snooze", "postmortem.md.j2", ROOM]
    assert sorted(log["changed"]) == sorted(changed)
    assert (log["event"], log["log_level"], log["more"]) == ("policy.reloaded", "info", 0)
    assert told.startswith("Reloaded. Changed: snooze, ")
    now = current()
    assert now.policy.snooze.total_seconds() == 1200
    assert now.templates.message(ROOM) == "after"
    assert now.slack_url == before.slack_url
    assert before.policy.snooze.total_seconds() == 600  # whoever has begun with it keeps it
    assert before.templates.message(ROOM) == "before"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda given: write(given, "snooze: 10 min", "snooze: soon"),
            ": snooze: 'soon' is not",
        ),
        (lambda given: own(given, ROOM).write_text("{{ oh }}"), "update_room.j2:1: 'oh' is undefined"),
        (lambda given: given.policy_file.unlink(), "policy.yml: it cannot be read: No such file"),
        (lambda given: own(given, "").rename(own(given, "../gone")), "there is no such folder"),
    ],
)
async def test_with_a_mistake_anywhere_the_old_ones_stay_and_the_log_says_what_is_wrong(
    given: Settings, current: Current[Installation], spoil: Callable[[Any], object], told: str
) -> None:
    before = current()
    write(given, "escalate_after: 5 min", "escalate_after: 4 min")
    spoil(given)
    said, log = await reloaded(given, current)
    assert current() is before
    assert (log["event"], log["log_level"]) == ("policy.not_reloaded", "error")
    assert told in log["mistakes"]
    assert told in said


async def test_what_has_not_changed_is_left_alone(given: Settings, current: Current[Installation]) -> None:
    before = current()
    write(given, "# How long Snooze", "# For how long Snooze")
    told, log = await reloaded(given, current)
    assert current() is before
    assert log["changed"] == []
    assert told == "Reloaded. Changed: nothing."
    own(given, ROOM).write_text("after")
    await reloaded(given, current)
    assert current().policy is before.policy  # so that no card is looked at
    write(given, "snooze: 10 min", "snooze: 600 s")
    await reloaded(given, current)
    assert current().policy is before.policy


async def test_of_many_changes_the_log_names_the_first(
    given: Settings, current: Current[Installation]
) -> None:
    for number in range(CHANGES_MAX + 3):
        own(given, f"part{number}.md").write_text("x")
    _, log = await reloaded(given, current)
    assert (len(log["changed"]), log["more"]) == (CHANGES_MAX, 3)


async def test_a_fault_of_ours_changes_nothing_either(current: Current[Installation]) -> None:
    before = current()
    broken: Any = object()
    told, log = await reloaded(broken, current)
    assert current() is before
    assert (log["event"], "the log has it" in told) == ("policy.not_reloaded", True)


async def test_orders_that_come_during_a_reload_are_followed_by_one_more() -> None:
    told, go = asyncio.Event(), asyncio.Semaphore(0)
    begun: list[int] = []

    async def reload_now() -> None:
        begun.append(len(begun))
        await go.acquire()

    working = asyncio.create_task(reload_when_told(told, reload_now))
    for _ in range(3):
        told.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert begun == [0]
    for _ in range(3):
        go.release()
        for _ in range(5):
            await asyncio.sleep(0)
    assert begun == [0, 1]
    working.cancel()
