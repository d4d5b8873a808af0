"""Bad input: a clear answer to the person, in the place where they are, and nothing half done."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.drills.stage import readable
from tests.slack.conftest import Office


async def _rooms(office: Office) -> list[str]:
    return [
        c["name"] for c in (await office.person("alice").see())["channels"] if c["name"].startswith("inc-")
    ]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("sevrity sev1", "Did you mean `/incident severity`?"),
        ("xyzzy", "`/incident help` lists all commands."),
        ("severity sev1", "works in a war room"),
        ("resolve", "works in a war room"),
        ("declare sev9 Down", "is not a severity. The severities are sev1 (worst)"),
        ("help nothing", "Unknown command"),
        ("list", "No incident is open"),
        ("help", "/incident declare"),
        ("help declare", "needs no form"),
    ],
)
async def test_every_answer_outside_a_war_room_says_what_to_do(
    office: Office, typed: str, answer: str
) -> None:
    assert answer in await office.told("alice", typed, "random")


async def test_a_title_of_4000_characters_is_refused_in_one_sentence(office: Office) -> None:
    told = await office.told("alice", "declare sev1 " + "x" * 4000, "random")
    assert "at most 150 characters and this one has 4000" in told
    assert await _rooms(office) == []


async def test_a_form_without_a_title_stays_open_with_the_error_at_its_field(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare")
    answer = await alice.submit(severity="1")
    assert list(answer["field_errors"]) == ["title"]
    assert await _rooms(office) == []


async def test_a_blank_title_is_refused_at_its_field(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare")
    answer = await alice.submit(title="   ")
    assert "Say in a few words" in answer["field_errors"]["title"]
    assert await _rooms(office) == []


@pytest.mark.parametrize(
    ("title", "channel"),
    [
        (":fire::fire:", "inc-1-fire-fire"),
        ("🔥🔥🔥", "inc-1"),
        ("決済が失敗しています", "inc-1-決済が失敗しています"),
        ("<!channel> is down & <b>out</b>", "inc-1-channel-is-down-b-out-b"),
    ],
)
async def test_any_title_opens_a_room_and_notifies_nobody(office: Office, title: str, channel: str) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare")
    await alice.submit(title=title)
    await alice.until(lambda seen: any(c["name"] == channel for c in seen["channels"]))
    office.stage.room = channel
    await office.stage.card("INC-1")
    await office.stage.shows("frank", "triage", channel="incidents")
    for place in (channel, "incidents"):
        for message in (await alice.see(place))["channel"]["messages"]:
            assert "<!channel>" not in _mrkdwn(message)


async def test_a_taken_channel_name_gets_a_suffix(office: Office) -> None:
    bot = AsyncWebClient(token=office.sandbox.bot_token, base_url=office.sandbox.base_url)
    taken = await bot.conversations_create(name="inc-1-down")
    await bot.conversations_archive(channel=taken["channel"]["id"])  # an archived channel keeps its name
    await office.declare("sev2 Down")
    assert (await office.person("alice").see(office.stage.room))["channel"]["name"] == "inc-1-down-2"


async def test_a_button_of_a_closed_incident_is_answered_with_the_reason(office: Office) -> None:
    await office.declare()
    offer = await office.stage.person("alice").command(office.stage.room, "/incident", "")
    menu = offer["messages"][-1]
    await office.told("alice", "resolve Done")
    for button in ("take_command", "update", "severity", "status", "resolve"):
        answer = await office.stage.press("alice", button, menu)
        assert "is resolved. If the problem is back" in readable(answer["messages"])
        assert answer["modals"] == []


@pytest.mark.parametrize(
    "words",
    ["severity sev1", "status mitigating", "update better", "resolve again", "assign @bob", "handoff @bob"],
)
async def test_a_word_for_a_closed_incident_is_answered_with_the_reason(office: Office, words: str) -> None:
    await office.declare()
    await office.told("alice", "resolve Done")
    assert "is resolved. If the problem is back" in await office.told("alice", words)


async def test_a_form_submitted_after_the_incident_was_closed_says_so(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.stage.press("alice", "update", await office.stage.card("Post update"))
    await office.told("alice", "resolve Done")
    answer = await alice.submit(conditions="All well")
    assert "is resolved. If the problem is back" in answer["field_errors"]["conditions"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("assign", "Say who"),
        ("assign bob deputy", "I do not know bob"),
        ("assign <@U0NOBODY> deputy", "I do not know"),
        ("assign @bob janitor", "is not a role. The roles are commander"),
        ("assign @warroom", "An app cannot take a role"),
        ("severity terrible", "is not a severity"),
        ("severity sev2", "is already SEV2"),
        ("status gone", "is not a status"),
        ("status triage", "is already triage"),
        ("status reviewed", "resolve it first"),
        ("note at 25:99 it broke", "I cannot read that time"),
        ("note at 2199-01-01 10:00 it broke", "in the future"),
        ("note at 10 min ago", "Write what happened"),
        ("reopen it is back", "is already open"),
        ("handoff @bob", "Nobody has command"),
        ("update " + "x" * 2600, "at most 2500 fit"),
    ],
)
async def test_unknown_words_in_a_war_room_change_nothing(office: Office, typed: str, answer: str) -> None:
    await office.declare()
    before = await office.told("alice", "timeline")
    assert answer in await office.told("alice", typed)
    assert await office.told("alice", "timeline") == before


def _mrkdwn(thing: object) -> str:
    """The texts that Slack would interpret; plain_text is shown as it is."""
    if isinstance(thing, dict):
        if thing.get("type") == "plain_text":
            return ""
        return "\n".join(_mrkdwn(value) for value in thing.values())
    if isinstance(thing, list):
        return "\n".join(_mrkdwn(each) for each in thing)
    return str(thing)


async def test_every_word_gets_a_visible_answer(office: Office) -> None:
    await office.declare()
    for text in ("", "help", "list", "timeline", "postmortem", "nonsense"):
        assert readable(await office.told("alice", text)) != ""


async def test_a_method_that_the_server_lacks_is_reported_once_and_stops_nothing(office: Office) -> None:
    for method in ("conversations.setTopic", "users.info", "chat.getPermalink", "pins.add"):
        await office.driver.fault("unknown_method", method=method)
    await office.person("alice").command("general", "/incident", "declare sev1 Down")
    office.stage.room = "inc-1-down"
    await office.person("alice").until(
        lambda seen: any(c["name"] == "inc-1-down" and c["is_member"] for c in seen["channels"])
    )
    await office.stage.shows("alice", "INC-1", "nobody yet")
    await office.told("alice", "assign @bob")
    await office.told("alice", "severity sev2")
    await office.stage.shows("alice", "from SEV1 to SEV2")
    await office.stage.shows("alice", "could not set the channel topic")
    shown = (await office.person("alice").see(office.stage.room))["channel"]["messages"]
    assert sum("set the channel topic" in readable(message) for message in shown) == 1


async def test_if_the_form_does_not_open_the_person_is_told_why(office: Office) -> None:
    await office.driver.fault("unknown_method", method="views.open")
    told = await office.told("alice", "declare Down", "random")
    assert "Slack did not open the form (unknown_method)" in told


async def test_a_pushpin_is_answered_and_a_second_one_too(office: Office) -> None:
    await office.declare()
    said = await office.person("alice").say(office.stage.room, "Deploy 214 went out")
    ts = said["messages"][-1]["ts"]
    await office.person("alice").react(office.stage.room, ts, "pushpin")
    await office.stage.shows("alice", "Added to the timeline")
    await office.person("bob").join(office.stage.room)
    await office.person("bob").react(office.stage.room, ts, "pushpin")
    await office.stage.shows("bob", "already on the timeline")
