"""`warroom drill`."""

import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.main import cli
from bot.drills import after_the_outage, full_war_room
from tests.cli.command import CLEAN, run


def test_the_drill_passes_and_prints_one_json_object_at_the_end(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["drill", "--json", "--out", str(tmp_path)], env=CLEAN)
    report = json.loads(result.stdout.splitlines()[-1])
    assert result.exit_code == 0, result.output
    assert report["failed"] == []
    assert (report["incident"], report["steps"], report["reminders"]) == ("INC-1", 15, 4)
    assert Path(report["postmortem"]).read_text().startswith("# INC-1: Checkout is failing")


def test_the_full_war_room_is_played_to_its_end(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["drill", "full-war-room", "--json", "--out", str(tmp_path)], env=CLEAN)
    report = json.loads(result.stdout.splitlines()[-1])
    assert result.exit_code == 0, result.output
    assert (report["failed"], report["steps"]) == ([], len(full_war_room.STEPS))


def test_the_weeks_after_an_outage_are_played_to_their_end(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["drill", "after-the-outage", "--out", str(tmp_path)], env=CLEAN)
    assert result.exit_code == 0, result.output
    *_, last, _, end = result.stdout.splitlines()
    assert f"Passed: {len(after_the_outage.STEPS)} of" in end
    assert "] 18d " in last or "] 19d " in last or "] 2" in last


def test_an_unknown_drill_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    assert run("drill", "moonshot") == (
        2,
        "There is no drill “moonshot”. There are: checkout-outage, full-war-room, after-the-outage.\n",
    )
    status, told = run("drill", "--out", str(tmp_path / "missing"))
    assert (status, "There is no folder" in told) == (2, True)
