"""`warroom forget` and `warroom retention`, as an administrator uses them."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli.main import cli
from bot.core.resources import shipped
from bot.engine.forgetting import Forgetter, Wanted
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from tests.cli.command import CLEAN, run
from tests.conftest import StillClock
from tests.engine.test_forgetting import STREAMS, Killed
from tests.engine.world import ANNA, BEN, TEAM, World

POLICY = shipped("policy.yml").read_text(encoding="utf-8")


async def called(*words: str, url: str, **environment: str) -> tuple[int, str]:
    """Run a command; its exit status and what it prints."""
    return await asyncio.to_thread(partial(run, DATABASE_URL=url, **environment), *words)


async def answered(answer: str, *words: str, url: str, **environment: str) -> tuple[int, str]:
    """Run a command that asks, and answer."""

    def invoke() -> tuple[int, str]:
        result = CliRunner().invoke(
            cli, words, env={**CLEAN, "DATABASE_URL": url, **environment}, input=answer
        )
        return result.exit_code, result.output

    return await asyncio.to_thread(invoke)


@pytest.fixture
async def url(tmp_path: Path, policy: Policy, clock: StillClock) -> str:
    """A database with an incident that is over, and one that Ben commands."""
    database = Database(url := f"sqlite:///{tmp_path / 'warroom.db'}")
    await upgrade(database)
    world = World(database, policy, clock)
    await world.declare("Uanna cannot log in", by=ANNA, commander=ANNA)
    await world.deliver()
    await world.change(1, rules.note, f"<@{ANNA}> saw it", by=ANNA)
    await world.change(1, rules.resolve, by=ANNA)
    await world.declare("Mail is late", by=BEN, commander=BEN)
    await world.deliver()
    await database.close()
    return url


def policy_of(tmp_path: Path, more: str, default: str = POLICY) -> str:
    file = tmp_path / "policy.yml"
    file.write_text(f"{default}\n{more}\n", encoding="utf-8")
    return str(file)


async def test_a_preview_says_what_would_change_and_where_slack_still_has_it(url: str) -> None:
    status, told = await called("forget", "@uanna", "--dry-run", url=url)
    assert status == 0
    assert f"Uanna ({ANNA}) → Former colleague 1" in told
    assert "timelines of incidents: 4 would be rewritten" in told
    assert "people: 1 would be deleted" in told
    assert "“Uanna” as a word in a text: " in told
    assert "which stay: --names replaces them" in told
    assert "INC-1: https://app.slack.com/client/T1/CROOM1" in told
    assert await called("forget", ANNA, "--dry-run", url=url) == (status, told)


async def test_it_asks_before_it_does_it(url: str) -> None:
    status, told = await answered("n\n", "forget", ANNA, url=url)
    assert (status, "This cannot be undone" in told) == (1, True)
    status, told = await answered("y\n", "forget", ANNA, "--names", url=url)
    assert (status, "are rewritten" in told) == (0, True)
    assert "I cannot reach: backups" in told
    status, told = await called("forget", ANNA, "--yes", url=url)
    assert (status, told.splitlines()[-1]) == (0, f"Nothing in the database names {ANNA}.")
    status, told = await answered("", "forget", ANNA, url=url)
    assert (status, told.splitlines()[-1]) == (0, f"Nothing in the database names {ANNA}.")
    _, told = await called("timeline", "INC-1", url=url)
    assert "Former colleague 1 cannot log in" in told
    assert "A person was forgotten" in told
    _, told = await called("postmortem", "INC-1", url=url)
    assert "Uanna" not in told
    healthy = (await called("doctor", url=url))[1]
    assert "I have rewritten" in healthy
    assert "partly forgotten" not in healthy


async def test_further_names_are_replaced_too(url: str) -> None:
    status, told = await called("forget", f"<@{ANNA}>", "--also", "log in", "--yes", url=url)
    assert (status, "“Uanna” or “log in” as a word in a text: " in told) == (0, True)


async def test_who_cannot_be_forgotten_now_is_told_why(url: str) -> None:
    status, told = await called("forget", BEN, url=url)
    assert status == 2
    assert told.strip().startswith("Uben still has a role, a task or an action item in INC-2.")
    status, told = await called("forget", "@nobody", url=url)
    assert (status, "No stored person is called @nobody. Write their id" in told) == (2, True)
    status, told = await called("forget", "@be", url=url)
    assert (status, f"No stored person is called @be. Did you mean Uben ({BEN})?" in told) == (2, True)
    database = Database(url)
    async with database.writing() as session:
        await session.exec(text("UPDATE people SET name = 'Twin'"))  # type: ignore[call-overload]
    await database.close()
    status, told = await called("forget", "twin", url=url)
    assert (status, f"Several people are called twin: {ANNA}, {BEN}" in told) == (2, True)


async def test_an_empty_database_has_nobody(tmp_path: Path) -> None:
    database = Database(url := f"sqlite:///{tmp_path / 'empty.db'}")
    await upgrade(database)
    await database.close()
    status, told = await called("forget", ANNA, url=url)
    assert (status, "nobody is stored in it" in told) == (2, True)


async def test_whom_the_policy_names_must_be_taken_out_of_it(url: str, tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "", POLICY.replace("see_private: nobody", f"see_private: {ANNA}"))
    _, told = await called("forget", ANNA, "--yes", url=url, POLICY_FILE=policy)
    assert f"{policy} names {ANNA}: take them out of it." in told


async def test_a_policy_with_mistakes_is_no_reason_to_keep_anybody(url: str, tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "nonsense: yes")
    status, told = await called("forget", ANNA, "--yes", url=url, POLICY_FILE=policy)
    assert (status, "I cannot tell whether the policy names them: it has mistakes" in told) == (0, True)


async def test_doctor_tells_of_a_forgetting_that_was_interrupted(url: str) -> None:
    database = Database(url)

    def kill(_count: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        await Forgetter(database, TEAM, STREAMS, Wanted(ANNA, [])).forget(await database.now(), kill)
    await database.close()
    status, told = await called("doctor", url=url)
    assert (status, "a person is only partly forgotten" in told) == (1, True)


async def test_the_retention_is_previewed_confirmed_and_done(url: str, tmp_path: Path) -> None:
    status, told = await called("retention", url=url)
    assert (status, "The policy keeps everything" in told) == (0, True)
    policy = policy_of(tmp_path, "retention:\n  redact_after: 30 days")
    assert (
        "retention: after 30 days; 1 due, 0 on hold"
        in (await called("doctor", url=url, POLICY_FILE=policy))[1]
    )
    status, told = await called("retention", "--dry-run", url=url, POLICY_FILE=policy)
    assert (status, told) == (0, "1 are over for more than 30 days: INC-1\n")
    status, told = await answered("n\n", "retention", url=url, POLICY_FILE=policy)
    assert status == 1
    status, told = await answered("y\n", "retention", url=url, POLICY_FILE=policy)
    assert (status, "1 are redacted" in told) == (0, True)
    _, told = await called("timeline", "INC-1", url=url)
    assert "(removed on " in told
    assert "log in" not in told
    status, told = await called("retention", "--yes", url=url, POLICY_FILE=policy)
    assert (status, told) == (0, "0 are over for more than 30 days\n")


async def test_what_is_on_hold_is_named(url: str, tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "retention:\n  redact_after: 30 days\n  keep: [inc-1]")
    status, told = await called("retention", "--yes", url=url, POLICY_FILE=policy)
    assert (status, told) == (0, "0 are over for more than 30 days\nKept: INC-1\n")
