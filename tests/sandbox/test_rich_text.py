"""What people write: the text, and the rich text block that Slack's composer sends with it."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.blocks import validate
from bot.sandbox.driver import Driver
from bot.sandbox.text.rich_text import rich_text
from tests.sandbox.recorder import Recorder


def text(words: str, *styles: str) -> dict[str, Any]:
    """A text piece."""
    return {"type": "text", "text": words, **({"style": dict.fromkeys(styles, True)} if styles else {})}


def section(*pieces: dict[str, Any]) -> dict[str, Any]:
    """A section of rich text."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def quote(*pieces: dict[str, Any]) -> dict[str, Any]:
    """A quote."""
    return {"type": "rich_text_quote", "elements": list(pieces)}


def code(words: str) -> dict[str, Any]:
    """A block of code."""
    return {"type": "rich_text_preformatted", "elements": [text(words)]}


FIRE = {"type": "emoji", "name": "fire", "unicode": "1f525"}
LINK = {"type": "link", "url": "https://x.example/?a=1&b=2"}


@pytest.mark.parametrize(
    ("mrkdwn", "elements"),
    [
        ("hello", [section(text("hello"))]),
        ("one\ntwo", [section(text("one\ntwo"))]),
        ("a &lt;b&gt; &amp;lt;", [section(text("a <b> &lt;"))]),
        ("*bold* _it_ ~no~", [section(text("bold", "bold"), text(" "), text("it", "italic"), text(" "),
                                      text("no", "strike"))]),
        ("*both _at once_*", [section(text("both ", "bold"), text("at once", "bold", "italic"))]),
        ("2*3*4 snake_case_name a~b~c", [section(text("2*3*4 snake_case_name a~b~c"))]),
        ("* not bold *", [section(text("* not bold *"))]),
        ("*not\nbold*", [section(text("*not\nbold*"))]),
        ("run `rm *x*` now", [section(text("run "), text("rm *x*", "code"), text(" now"))]),
        ("<@U1> <#C1> <!here>", [section({"type": "user", "user_id": "U1"}, text(" "),
                                         {"type": "channel", "channel_id": "C1"}, text(" "),
                                         {"type": "broadcast", "range": "here"})]),
        ("see <https://x.example/?a=1&amp;b=2>.", [section(text("see "), LINK, text("."))]),
        ("*<https://x.example/?a=1&amp;b=2>*", [section({**LINK, "style": {"bold": True}})]),
        (":no_such_emoji: at 10:100:15", [section(text(":no_such_emoji: at 10:100:15"))]),
        ("now🔥🙅🏽🫩 `🔥`", [section(text("now"), FIRE,
                                       {"type": "emoji", "name": "no_good", "unicode": "1f645-1f3fd", "skin_tone": 4},
                                       text("🫩 "), text(":fire:", "code"))]),
        ("<!subteam^S1> <mailto:a@x.example|a@x.example>",
         [section({"type": "usergroup", "usergroup_id": "S1"}, text(" "),
                  {"type": "link", "url": "mailto:a@x.example", "text": "a@x.example"})]),
        ("`<http://x.org|x.org>`", [section(text("x.org", "code"))]),
        (":fire: at 10:30:15", [section(FIRE, text(" at 10:30:15"))]),
        ("&gt; said\n&gt;twice\nanswer", [quote(text("said\ntwice")), section(text("answer"))]),
        ("before\n&gt; said", [section(text("before")), quote(text("said"))]),
        ("```\nx = *1*\n```\nafter", [code("x = *1*"), section(text("after"))]),
        ("see:\n```<https://x.example>```", [section(text("see:\n")), code("https://x.example")]),
        ("```unclosed", [section(text("```unclosed"))]),
    ],
)  # fmt: skip
def test_typed_markup_becomes_rich_text(mrkdwn: str, elements: list[dict[str, Any]]) -> None:
    block = rich_text(mrkdwn)
    assert block == {"type": "rich_text", "elements": elements}
    validate.check_message_blocks([block])


async def test_a_persons_message_has_text_and_rich_text(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    said = (await driver.user("alice").say("general", "@bob <b> *now*"))["messages"][0]
    event = await app.event("message")
    bob = sandbox.users["bob"]
    assert event["text"] == f"<@{bob}> &lt;b&gt; *now*"
    (block,) = event["blocks"]
    assert block["type"] == "rich_text"
    assert block["block_id"]
    assert block["elements"] == [
        section({"type": "user", "user_id": bob}, text(" <b> "), text("now", "bold"))
    ]
    assert event["client_msg_id"] == said["client_msg_id"]


async def test_an_edited_message_has_new_rich_text(app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "one"))["messages"][0]["ts"]
    await alice.edit("general", ts, "two")
    await app.event("message")
    changed = await app.event("message")
    assert changed["message"]["blocks"][0]["elements"] == [section(text("two"))]
    assert changed["previous_message"]["blocks"][0]["elements"] == [section(text("one"))]


async def test_a_message_without_text_has_no_rich_text(driver: Driver) -> None:
    message = (await driver.user("alice").upload("general", "a.txt", "x"))["messages"][0]
    assert "blocks" not in message


async def test_a_pin_is_posted_in_the_channel(sandbox: Sandbox, app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "keep this"))["messages"][0]["ts"]
    line = (await alice.pin("general", ts))["messages"][0]
    assert line["subtype"] == "pinned_item"
    assert line["text"] == f"<@{sandbox.users['alice']}> pinned a message to this channel."
    assert (line["item_type"], line["item"]["message"]["ts"]) == ("C", ts)
    assert await app.event("pin_added")
    assert (await app.event("message"))["subtype"] == "pinned_item"
    refused = await driver.act("alice", "pin", channel="general", ts=line["ts"])
    assert refused["error"] == "not_pinnable"
