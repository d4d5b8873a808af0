"""`warroom policy check`: every mistake on a line of its own, with file and line."""

from pathlib import Path

import pytest

from bot.policy_file import DEFAULT
from tests.cli.command import run

SHIPPED = DEFAULT.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without an `.env`."""
    monkeypatch.chdir(tmp_path)


def files(folder: Path, **changed: str) -> tuple[str, str]:
    """A policy with these words changed, and a folder of templates."""
    text = SHIPPED
    for before, after in changed.items():
        text = text.replace(f"{before}: 10 min", after)
    policy, templates = folder / "policy.yml", folder / "own"
    policy.write_text(text, encoding="utf-8")
    (templates / "messages").mkdir(parents=True)
    return str(policy), str(templates)


def test_without_anything_configured_the_shipped_files_are_checked() -> None:
    status, told = run("policy", "check", TEMPLATES_DIR="")
    assert (status, told.count("\n")) == (0, 1)
    assert told.endswith("(the shipped policy) and the shipped templates can be used.\n")


@pytest.mark.parametrize("given", [True, False])
def test_all_mistakes_of_policy_and_templates_are_told_at_once(tmp_path: Path, *, given: bool) -> None:
    policy, templates = files(tmp_path, snooze="snoose: 10")
    (tmp_path / "own/messages/update_room.j2").write_text("{{ conditionz }}\n{% if %}")
    (tmp_path / "own/messages/reminder_update.j2").write_text("fine\n{{ refrence }}")
    (tmp_path / "own/messages/update_rom.j2").write_text("x")
    words = (policy, "--templates", templates) if given else ()
    settings = {} if given else {"POLICY_FILE": policy, "TEMPLATES_DIR": templates}
    status, told = run("policy", "check", *words, **settings)
    number = SHIPPED[: SHIPPED.index("snooze: 10 min")].count("\n") + 1
    unused = "it takes the place of no template: did you mean messages/update_room.j2? (a warning)"
    assert status == 1
    assert told.splitlines() == [
        f"{templates}/messages/update_rom.j2: {unused}",
        f"{policy}:1: snooze: is missing",
        f"{policy}:{number}: snoose: is not known: did you mean `snooze`?",
        f"{templates}/messages/reminder_update.j2:2: 'refrence' is undefined: did you mean `reference`?",
        f"{templates}/messages/update_room.j2:2: Expected an expression, got 'end of statement block'",
    ]


def test_a_warning_alone_is_no_mistake(tmp_path: Path) -> None:
    policy, templates = files(tmp_path)
    (tmp_path / "own/update_room.j2").write_text("x")
    status, told = run("policy", "check", policy, "--templates", templates)
    assert status == 0
    assert told.splitlines()[1] == f"{policy} and 1 files in {templates} can be used."


def test_a_file_or_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    policy, templates = files(tmp_path)
    status, told = run("policy", "check", f"{policy}x", "--templates", f"{templates}x")
    assert status == 1
    assert told.splitlines() == [
        f"{policy}x: it cannot be read: No such file or directory. Check POLICY_FILE.",
        f"{templates}x: there is no such folder. Check TEMPLATES_DIR.",
    ]
    status, told = run("policy", "check", POLICY_FILE=f"{policy}x")
    assert (status, "there is no file" in told) == (2, True)


def test_run_says_the_same_and_does_not_start(tmp_path: Path) -> None:
    policy, templates = files(tmp_path, snooze="snooze: soon")
    (tmp_path / "own/postmortem.md.j2").write_text("{% if %}")
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    status, told = run("run", POLICY_FILE=policy, TEMPLATES_DIR=templates, **tokens)
    assert status == 2
    assert "snooze: 'soon' is not a length of time" in told
    assert f"{templates}/postmortem.md.j2:1: Expected an expression" in told


def test_doctor_says_the_same_and_also_what_is_not_used(tmp_path: Path) -> None:
    policy, templates = files(tmp_path, snooze="snooze: soon")
    (tmp_path / "own/update_room.j2").write_text("x")
    status, told = run("doctor", POLICY_FILE=policy, TEMPLATES_DIR=templates)
    assert status == 1
    assert "a template is not used" in told
    assert "snooze: 'soon' is not a length of time" in told
