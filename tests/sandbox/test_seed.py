"""Custom workspaces: from a file, with every mistake reported."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox, seed
from bot.sandbox.seed import SeedError
from tests.sandbox.manifest import MANIFEST

FILE = """
team: {name: Initech, domain: initech}
users:
  - {name: peter, real_name: Peter Gibbons, tz: America/Chicago, is_admin: true}
  - {name: milton}
channels:
  - name: general
    members: [peter, milton]
    app: true
  - name: basement
    is_private: true
    members: [milton]
    topic: My stapler
    messages:
      - user: milton
        text: "@peter has *my* stapler, see #general"
        replies: [{user: milton, text: I said so}]
"""


def write(folder: Path, text: str, name: str = "workspace.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_workspace_starts_as_its_file_says(tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST, workspace=seed.load(write(tmp_path, FILE)))
    milton, peter = sandbox.see("milton", "basement"), sandbox.see("peter")
    await sandbox.stop()
    assert list(sandbox.users) == ["peter", "milton"]
    assert sandbox.workspace.team.name == "Initech"
    assert [c["name"] for c in peter["channels"]] == ["general"]
    assert sandbox.workspace.users[sandbox.users["milton"]].email == "milton@initech.example"
    (message,) = milton["channel"]["messages"]
    users, channels = sandbox.users, sandbox.channels
    assert message["text"] == f"<@{users['peter']}> has *my* stapler, see <#{channels['general']}>"
    assert message["blocks"][0]["type"] == "rich_text"
    assert message["reply_count"] == 1
    assert (milton["channel"]["topic"], milton["channel"]["unread"]) == ("My stapler", 0)
    assert sandbox.traffic.since() == []


async def test_a_reset_restores_the_workspace_of_the_file(tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST, workspace=seed.load(write(tmp_path, FILE)))
    before = (sandbox.describe(), len(sandbox.see("milton", "basement")["channel"]["messages"]))
    await sandbox.act({"user": "milton", "action": "say", "channel": "basement", "text": "again"})
    sandbox.reset()
    after = (sandbox.describe(), len(sandbox.see("milton", "basement")["channel"]["messages"]))
    await sandbox.stop()
    assert before == after


def test_json_is_read_too(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"users": [{"name": "zoe"}]}), "workspace.json")
    loaded = seed.load(path)
    assert [user["name"] for user in loaded["users"]] == ["zoe"]
    assert loaded["team"] == {"name": "Acme", "domain": "acme", "refused_blocks": []}


def test_people_without_channels_are_all_in_general() -> None:
    (general,) = seed.check({"users": [{"name": "zoe"}, {"name": "yan"}]}).channels
    assert (general.name, general.members, general.app) == ("general", ("zoe", "yan"), True)


@pytest.mark.parametrize("document", [None, {}])
def test_missing_parts_are_those_of_the_default(document: Any) -> None:
    assert seed.check(document).model_dump(mode="json") == seed.DEFAULT


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ([], "the file: must hold names and values"),
        ({"people": []}, "people: Extra inputs are not permitted"),
        ({"users": []}, "users: Tuple should have at least 1 item"),
        ({"users": [{}]}, "users.0.name: Field required"),
        ({"users": [{"name": "Zoe"}]}, "users.0.name: String should match pattern"),
        ({"users": [{"name": "zoe", "tz": "Mars/Base"}]}, "users.0.tz: there is no time zone 'Mars/Base'"),
        ({"users": [{"name": "zoe", "tz": "../zoe"}]}, "users.0.tz: there is no time zone"),
        ({"users": [{"name": "zoe"}] * 2}, "users.1: there are two with the name 'zoe'"),
        ({"channels": [{"name": "War Room"}]}, "channels.0.name: invalid_name_specials: a channel is named"),
        ({"channels": [{"name": "x"}, {"name": "x"}]}, "channels.1: there are two with the name 'x'"),
        ({"channels": [{"name": "x", "members": ["zed"]}]}, "channels.0.members: there is no user 'zed'"),
        (
            {"channels": [{"name": "x", "topic": "x" * 251}]},
            "channels.0.topic: String should have at most 250",
        ),
        (
            {"channels": [{"name": "x", "messages": [{"user": "alice", "text": "hi"}]}]},
            "channels.0.messages.0: 'alice' is not a member of 'x'",
        ),
        (
            {"channels": [{"name": "x", "messages": [{"user": "alice", "text": ""}]}]},
            "channels.0.messages.0.text: String should have at least 1 character",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place(document: Any, told: str) -> None:
    with pytest.raises(SeedError) as mistake:
        seed.check(document)
    assert told in str(mistake.value)


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "users: [{name: Zoe}, {tz: UTC}, {name: yan}]\nrooms: []")
    with pytest.raises(SeedError) as mistake:
        seed.load(path)
    lines = str(mistake.value).split("\n")
    assert lines[0] == f"{path} has mistakes:"
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["users.0.name", "users.1.name", "rooms"]


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"cannot read .*: No such file"):
        seed.load(tmp_path / "nowhere.yml")
    with pytest.raises(SeedError, match="is neither YAML nor JSON"):
        seed.load(write(tmp_path, "users: ["))
    with pytest.raises(SeedError, match="has aliases"):
        seed.load(write(tmp_path, "users: &a [x]\nchannels: *a\n"))
