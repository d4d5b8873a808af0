"""How typed text is stored: emoji, addresses, people, groups and channels, as in Slack."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, seed
from bot.sandbox.driver import ActionFailed, Driver
from bot.sandbox.seed import SeedError
from bot.sandbox.text import emoji
from tests.sandbox.manifest import MANIFEST
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("checkout is 🔥", "checkout is :fire:"),
        ("👍🏽 from 👩🏽‍💻", ":+1::skin-tone-4: from :female-technologist::skin-tone-4:"),
        ("⚠️ 1️⃣ ❤️‍🔥 🇩🇪", ":warning: :one: :heart_on_fire: :de:"),
        ("© 2026, 5 ⚠ 4", "© 2026, 5 ⚠ 4"),
        ("\U0001fae9 日本 :fire:", "\U0001fae9 日本 :fire:"),
    ],
)
async def test_an_emoji_character_is_stored_by_its_name(
    app: Recorder, driver: Driver, typed: str, stored: str
) -> None:
    await driver.user("alice").say("general", typed)
    assert (await app.event("message"))["text"] == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ask bob@acme.example.", "ask <mailto:bob@acme.example|bob@acme.example>."),
        ("a+b.c@x-y.co.uk!", "<mailto:a+b.c@x-y.co.uk|a+b.c@x-y.co.uk>!"),
        ("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>."),
        ("(https://x.example) <https://y.example>", "(<https://x.example>) &lt;<https://y.example>&gt;"),
        ("status.acme.com is up", "<http://status.acme.com|status.acme.com> is up"),
        ("acme.io/status?x=1, now", "<http://acme.io/status?x=1|acme.io/status?x=1>, now"),
        ("README.md", "<http://README.md|README.md>"),
        ("e.g. v1.2.3 at 14.05 in app.internal", "e.g. v1.2.3 at 14.05 in app.internal"),
        ("call +1 555 123 4567", "call +1 555 123 4567"),
        ("`https://x.example`", "`<https://x.example>`"),
    ],
)
async def test_addresses_become_links(app: Recorder, driver: Driver, typed: str, stored: str) -> None:
    await driver.user("alice").say("general", typed)
    assert (await app.event("message"))["text"] == stored


async def test_a_user_group_is_mentioned_by_its_handle(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    (group,) = sandbox.workspace.usergroups.values()
    await driver.user("carol").say("general", "@checkout-team: please look")
    event = await app.event("message")
    assert event["text"] == f"<!subteam^{group.id}>: please look"
    first = event["blocks"][0]["elements"][0]["elements"][0]
    assert first == {"type": "usergroup", "usergroup_id": group.id}
    badges = {name: (await driver.see(name))["channels"][0]["mentions"] for name in ("alice", "dave", "erin")}
    assert badges == {"alice": 1, "dave": 1, "erin": 0}


@pytest.mark.parametrize("manifest", [make_manifest(should_escape=True)])
async def test_a_command_that_escapes_has_ids_with_names(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    (group,) = sandbox.workspace.usergroups.values()
    text = "🔥 @bob @checkout-team #random bob@acme.example acme.com @here"
    await driver.user("alice").command("general", "/help-me", text)
    bob, random = sandbox.users["bob"], sandbox.channels["random"]
    assert (await app.payload("/help-me"))["text"] == (
        f":fire: <@{bob}|bob> <!subteam^{group.id}|checkout-team> <#{random}|random> "
        "<mailto:bob@acme.example|bob@acme.example> <http://acme.com|acme.com> @here"
    )


async def test_a_command_that_does_not_escape_has_names_only(app: Recorder, driver: Driver) -> None:
    await driver.user("alice").command("general", "/help-me", "👀 @bob @checkout-team acme.com a & b")
    payload = await app.payload("/help-me")
    assert payload["text"] == ":eyes: @bob @checkout-team acme.com a &amp; b"


@pytest.mark.parametrize("manifest", [make_manifest(should_escape=True)])
async def test_only_members_can_mention_a_private_channel(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    secret = (await client.conversations_create(name="secret", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=secret, users=[sandbox.users["alice"]])
    for name, stored, escaped in (("alice", f"<#{secret}>", f"<#{secret}|>"), ("bob", "#secret", "#secret")):
        await driver.user(name).command("general", "/help-me", "#secret")
        assert (await app.payload("/help-me"))["text"] == escaped
        said = await driver.user(name).say("general", "#secret")
        assert said["messages"][-1]["text"] == stored


@pytest.mark.parametrize("name", ["🔥", ":fire:", "fire"])
async def test_a_reaction_event_has_its_name(app: Recorder, driver: Driver, name: str) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "hello"))["messages"][0]["ts"]
    await alice.react("general", ts, name)
    assert (await app.event("reaction_added"))["reaction"] == "fire"
    await alice.unreact("general", ts, name)
    assert (await app.event("reaction_removed"))["reaction"] == "fire"
    with pytest.raises(ActionFailed, match="invalid_name"):
        await alice.react("general", ts, "no emoji")


def test_every_emoji_of_the_table_is_found_by_its_character() -> None:
    names = emoji.CHARACTERS
    assert len(names) > 1_900
    assert [name for name, symbol in names.items() if names.get(emoji.name_of(symbol) or "") != symbol] == []
    assert (emoji.character("+1::skin-tone-3"), emoji.name_of("x")) == ("👍", None)


async def test_user_groups_are_listed(sandbox: Sandbox, client: AsyncWebClient) -> None:
    (group,) = (await client.usergroups_list())["usergroups"]
    assert (group["handle"], group["name"], group["team_id"]) == (
        "checkout-team",
        "Checkout team",
        sandbox.workspace.team.id,
    )
    assert "users" not in group
    members = [sandbox.users[name] for name in ("alice", "bob", "dave")]
    (whole,) = (await client.usergroups_list(include_users=True, include_count=True))["usergroups"]
    assert (whole["users"], whole["user_count"]) == (members, 3)
    assert (await client.usergroups_users_list(usergroup=group["id"]))["users"] == members


async def test_a_disabled_user_group_is_listed_only_if_asked_for_and_mentions_nobody() -> None:
    contents = {
        "users": [{"name": "zoe"}],
        "usergroups": [{"handle": "old", "users": ["zoe"], "disabled": True}],
    }
    own = await Sandbox.start(manifest=MANIFEST, workspace=contents)
    client = AsyncWebClient(token=own.bot_token, base_url=own.base_url)
    (group,) = (await client.usergroups_list(include_disabled=True))["usergroups"]
    assert group["date_delete"] > 0
    assert (await client.usergroups_list())["usergroups"] == []
    users = await client.usergroups_users_list(usergroup=group["id"], include_disabled=True)
    assert users["users"] == [own.users["zoe"]]
    said = await own.act({"user": "zoe", "action": "say", "channel": "general", "text": "@old"})
    await own.stop()
    assert said["messages"][0]["text"] == "@old"


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([{"handle": "oncall", "users": ["yan"]}], "usergroups.0.users: there is no user 'yan'"),
        ([{"handle": "oncall"}] * 2, "usergroups.1: there are two with the name 'oncall'"),
        ([{"handle": "zoe"}], "usergroups.0: there are two with the name 'zoe'"),
        ([{"handle": "On Call"}], "usergroups.0.handle: String should match pattern"),
    ],
)
def test_an_invalid_user_group_is_reported(groups: list[dict[str, object]], told: str) -> None:
    with pytest.raises(SeedError) as refusal:
        seed.check({"users": [{"name": "zoe"}], "usergroups": groups})
    assert told in str(refusal.value)


def test_custom_people_do_not_include_the_default_user_groups() -> None:
    assert seed.check({"users": [{"name": "zoe"}]}).usergroups == ()
