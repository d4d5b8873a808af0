"""SIGHUP while people act: policy and templates are read anew, no act is lost, and the connections stay."""

import asyncio
import json
import os
import pty
import signal
import sys
from pathlib import Path
from typing import Any

from bot.policy_file import DEFAULT
from bot.sandbox.driver import Driver, Person
from tests.cli.process import Bot, bot, workspace
from tests.policies import patient
from tests.web.conftest import free_port
from tests.web.figures import get

SHIPPED = DEFAULT.read_text(encoding="utf-8")
ACTS = 15


async def declared(alice: Person) -> str:
    """The war room of an incident that she declares, when she is in it."""
    await alice.command("general", "/incident", "declare sev1 Checkout is failing")
    room: str = await alice.until(
        lambda seen: next(
            (c["id"] for c in seen["channels"] if c["name"].startswith("inc-1") and c["is_member"]), None
        )
    )
    return room


async def told_to_reload(running: Bot, event: str) -> dict[str, Any]:
    """Send SIGHUP; the log line about what came of it."""
    running.process.send_signal(signal.SIGHUP)
    await running.says(event)
    line: dict[str, Any] = json.loads(running.lines.pop())
    return line


async def test_no_act_is_lost_while_policy_and_templates_are_read_anew_again_and_again(
    tmp_path: Path,
) -> None:
    sandbox, port = await workspace(), free_port()
    policy, own = tmp_path / "policy.yml", tmp_path / "own"
    (own / "messages").mkdir(parents=True)
    policy.write_text(SHIPPED)
    settings: dict[str, Any] = {
        "POLICY_FILE": str(policy),
        "TEMPLATES_DIR": str(own),
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }
    async with Driver(sandbox.control_url) as driver, bot(sandbox, tmp_path, **settings) as running:
        await running.says("warroom.ready")
        alice = driver.user("alice")
        room = await declared(alice)

        async def act() -> list[str]:
            answers = []
            for number in range(ACTS):
                answer = await alice.command(room, "/incident", f"note observation {number}")
                answers.append(json.dumps(answer.get("messages", [])))
            return answers

        acting = asyncio.create_task(act())
        reloads = 0
        while not acting.done():
            reloads += 1
            policy.write_text(SHIPPED.replace("snooze: 10 min", f"snooze: {10 + reloads} min"))
            (own / "messages/update_room.j2").write_text(f"Update {reloads}")
            line = await told_to_reload(running, "policy.reloaded")
            assert "snooze" in line["changed"]
        answers = await acting
        assert reloads > 1
        assert [each for each in answers if "dispatch_failed" in each or "did not work" in each] == []
        timeline = json.dumps(await alice.command(room, "/incident", "timeline notes"))
        await alice.command(room, "/incident", "update Half of it works again")
        shown = await alice.until(
            lambda seen: next(
                (m for m in seen["channel"]["messages"] if f"Update {reloads}" in json.dumps(m)), None
            ),
            channel=room,
            timeout=60,  # Slack accepts one message per second and channel
        )
        figures = (await get(port, "/metrics"))[1]
        status, _ = await running.stop()
    await sandbox.stop()
    assert [number for number in range(ACTS) if f"observation {number}" not in timeline] == []
    assert shown
    assert "warroom_socket_reconnects_total 0.0" in figures
    counted = 'warroom_commands_total{kind="word",name="note",outcome="done"}'
    assert f"{counted} {ACTS}.0" in figures
    assert status == 0


async def test_with_a_mistake_the_old_policy_stays_and_with_a_shorter_cadence_a_reminder_comes(
    tmp_path: Path,
) -> None:
    sandbox, policy = await workspace(), tmp_path / "policy.yml"
    policy.write_text(patient("3 days"))
    async with (
        Driver(sandbox.control_url) as driver,
        bot(sandbox, tmp_path, POLICY_FILE=str(policy)) as running,
    ):
        await running.says("warroom.ready")
        alice = driver.user("alice")
        room = await declared(alice)
        policy.write_text(patient("soon"))
        line = await told_to_reload(running, "policy.not_reloaded")
        assert line["level"] == "error"
        assert "commander_within: 'soon' is not a length of time" in line["mistakes"]
        policy.write_text(patient("1 s"))
        await told_to_reload(running, "policy.reloaded")
        await alice.until(
            lambda seen: any(
                "no Incident Commander yet" in json.dumps(m) for m in seen["channel"]["messages"]
            ),
            channel=room,
            timeout=30,
        )
        await running.stop()
    await sandbox.stop()


async def test_a_signal_during_the_start_does_not_end_the_process(tmp_path: Path) -> None:
    sandbox = await workspace()
    away = "postgresql://me@127.0.0.1:1/warroom"
    async with bot(sandbox, tmp_path, DATABASE_URL=away) as waiting:
        await waiting.says("database.away")
        waiting.process.send_signal(signal.SIGHUP)
        await waiting.says("database.away")
        status, _ = await waiting.stop()
    await sandbox.stop()
    assert status == 0


async def test_practice_ends_when_its_terminal_is_closed(tmp_path: Path) -> None:
    terminal, its_end = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "practice", "--port", str(free_port())),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        stdin=its_end,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    os.close(its_end)
    assert process.stdout
    async with asyncio.timeout(60):
        while b"Ctrl-C" not in await process.stdout.readline():
            pass
        process.send_signal(signal.SIGHUP)
        assert (
            b"Reloaded. Changed: nothing."
            in await process.stdout.readline() + await process.stdout.readline()
        )
        os.close(terminal)
        process.send_signal(signal.SIGHUP)
        assert await process.wait() == 0
