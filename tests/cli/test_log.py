"""The log of a whole private incident has every act and failure, and not one word that somebody typed."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.drills.stage import Stage, has
from bot.sandbox.driver import Driver
from bot.sandbox.network.faults import Fault
from tests.cli.process import bot, workspace

WORDS = {
    "title": "Zugspitze merger",
    "summary": "Nordkap summary",
    "note": "Kilimandscharo note",
    "update": "Matterhorn update",
    "marked": "Popocatepetl message",
    "reason": "Chimborazo reason",
    "typo": "Everestword",
}
ROOM = "inc-1-zugspitze-merger"


def _read(log: list[str]) -> Iterator[dict[str, Any]]:
    for line in log:
        if line.strip():
            yield json.loads(line)


async def test_a_private_incident_leaves_ids_and_outcomes_in_the_log_and_nothing_else(tmp_path: Path) -> None:
    sandbox = await workspace()
    async with Driver(sandbox.control_url) as driver, bot(sandbox, tmp_path) as running:
        await running.says("warroom.ready")
        alice, stage = driver.user("alice"), Stage(driver, tmp_path, room=ROOM)
        for fault in (
            Fault("ratelimited", method="conversations.setTopic", count=1, retry_after=1),
            Fault("error503", method="chat.postMessage", count=1),
            Fault("reset_after", method="conversations.invite", count=1),
            Fault("refuse", method="pins.add", count=1, error="not_pinnable"),
        ):
            sandbox.faults.add(fault)
        await alice.command("general", "/incident", f"declare {WORDS['title']}")
        await alice.submit(severity="1", summary=WORDS["summary"], private=["private"])
        await alice.until(lambda seen: any(c["name"] == ROOM and c["is_member"] for c in seen["channels"]))
        for text in (
            f"note {WORDS['note']}",
            f"update {WORDS['update']}",
            f"{WORDS['typo']} it",
            f"severity sev2 {WORDS['reason']}",
        ):
            await alice.command(ROOM, "/incident", text)
        said = await alice.say(ROOM, WORDS["marked"])
        await alice.react(ROOM, said["messages"][-1]["ts"], "pushpin")
        await running.says("add_to_timeline")  # it comes by another way than words do, and may take longer
        await stage.shows("alice", WORDS["update"])
        await alice.command(ROOM, "/incident", f"resolve {WORDS['reason']}")
        await stage.shows("alice", "Incident resolved")
        await alice.command(ROOM, "/incident", "postmortem")
        await alice.until(lambda seen: any(m.get("files") for m in seen["channel"]["messages"]), ROOM)
        await running.says("not_pinnable")
        with sqlite3.connect(tmp_path / "run.db", isolation_level=None, timeout=10) as other:
            other.execute("DROP TABLE acts")  # from now on, acts fail while they hold typed text
        other.close()
        answer = await alice.command(ROOM, "/incident", f"note {WORDS['note']}")
        assert has(answer["messages"][-1], "That did not work")
        await sandbox.stop()
        await running.says("warroom.socket")
        status, _seconds = await running.stop()
    assert status == 0
    for word in (*WORDS.values(), *(word.split()[0] for word in WORDS.values()), "zugspitze"):
        assert word not in running.log
    for token in (sandbox.bot_token, sandbox.app_token, "ticket=", "/commands/"):
        assert token not in running.log
    lines = list(_read(running.lines))
    acts = [line for line in lines if line["event"] == "act.answered"]
    shown = [(act["kind"], act["name"], act["outcome"], act.get("incident")) for act in acts]
    assert shown == [
        ("word", "declare", "done", None),  # the form
        ("form", "declare", "done", 1),
        ("word", "note", "done", 1),
        ("word", "update", "done", 1),
        ("word", "other", "done", None),  # help, which belongs to no incident
        ("word", "severity", "done", 1),
        ("shortcut", "add_to_timeline", "done", 1),
        ("word", "resolve", "done", 1),
        ("word", "postmortem", "done", 1),
        ("word", "note", "failed", 1),
    ]
    assert all(act["request"] and act["seconds"] >= 0 for act in acts)
    failure = next(line for line in lines if line["event"] == "slack.listener_failed")
    assert (failure["request"], failure["incident"]) == (acts[-1]["request"], 1)
    assert "sqlite3.OperationalError (sqlite_errorname=SQLITE_ERROR)" in failure["exception"]
    failed = {line["kind"]: line for line in lines if line["event"] == "outbox.not_delivered"}
    assert {"SetTopic", "Invite", "PinCard"} <= failed.keys()
    assert all(line["incident"] == 1 and line["effect"] > 0 for line in failed.values())
    assert (failed["SetTopic"]["reason"], failed["PinCard"]["outcome"]) == ("ratelimited", "dead")


async def test_a_form_that_slack_refuses_to_open_leaves_no_typed_text_in_the_log(tmp_path: Path) -> None:
    sandbox = await workspace()
    async with Driver(sandbox.control_url) as driver, bot(sandbox, tmp_path) as running:
        await running.says("warroom.ready")
        sandbox.faults.add(Fault("error500", method="views.open"))
        await driver.user("alice").command("general", "/incident", f"declare {WORDS['title']}")
        await running.stop()
    assert "slack.form_not_opened" in running.log
    assert "Zugspitze" not in running.log
    await sandbox.stop()
