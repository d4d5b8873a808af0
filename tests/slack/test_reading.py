"""Whatever a message is made of, its text and its author are found, for every kind of payload."""

from typing import Any

import pytest

from bot.slack.reading import ParsedMessage, read

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Disk* is &lt;full&gt;"}}
FORWARDED: dict[str, Any] = {
    "is_share": True,
    "is_msg_unfurl": True,
    "from_url": "https://example.slack.com/archives/C1/p1",
    "author_name": "Bob Brown",
    "text": "checkout is down",
    "fallback": "[November 23rd] bob: checkout is down",
    "message_blocks": [
        {
            "message": {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "user", "user_id": "U2"},
                                    {"type": "text", "text": " says: checkout is down"},
                                ],
                            }
                        ],
                    }
                ]
            }
        }
    ],
}


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"blocks": [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}]}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "a &lt; b &amp; c"}, "a < b & c"),
        ({"text": "", "blocks": [SECTION]}, "*Disk* is <full>"),
        (
            {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "R&D"}}, SECTION]},
            "R&D\n*Disk* is <full>",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "section",
                        "fields": [
                            {"type": "mrkdwn", "text": "*Host*"},
                            {"type": "plain_text", "text": "db-1"},
                        ],
                    }
                ]
            },
            "*Host*\ndb-1",
        ),
        (
            {"blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "since 14:00"}]}]},
            "since 14:00",
        ),
        ({"blocks": [{"type": "markdown", "text": "## Disk is full"}]}, "## Disk is full"),
        (
            {
                "blocks": [
                    {
                        "type": "table",
                        "rows": [
                            [{"type": "raw_text", "text": "Host"}, {"type": "raw_text", "text": "Disk"}],
                            [
                                {"type": "raw_text", "text": "db-1"},
                                {"type": "raw_number", "value": 98, "text": "98"},
                            ],
                            [
                                {
                                    "type": "rich_text",
                                    "elements": rich({"type": "text", "text": "db-2"})["blocks"][0][
                                        "elements"
                                    ],
                                },
                                {"type": "raw_text", "text": "7"},
                            ],
                        ],
                    }
                ]
            },
            "Host | Disk\ndb-1 | 98\ndb-2 | 7",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "actions",
                        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Ack"}}],
                    }
                ]
            },
            "",
        ),
        ({"attachments": [{"blocks": [SECTION], "fallback": "[no preview available]"}]}, "*Disk* is <full>"),
        ({"attachments": [{"fallback": "[no preview available]"}]}, ""),
        ({"attachments": [{"fallback": "Disk is full", "color": "danger"}]}, "Disk is full"),
        (
            {
                "attachments": [
                    {
                        "pretext": "Alert",
                        "title": "db-1",
                        "text": "98 &gt; 90",
                        "fields": [{"title": "Severity", "value": "page"}],
                        "fallback": "Alert db-1",
                    }
                ]
            },
            "Alert\ndb-1\n98 > 90\nSeverity: page",
        ),
        ({"text": "", "files": [{"title": "graph.png", "name": "a.png"}]}, "(file: graph.png)"),
        ({"text": "look", "files": [{"name": "a.png"}, {}]}, "look\n(file: a.png)"),
        ({"text": "", "attachments": [FORWARDED]}, "Bob Brown: <@U2> says: checkout is down"),
        ({"text": "look", "attachments": [FORWARDED]}, "look\nBob Brown: <@U2> says: checkout is down"),
        (
            {
                "text": "<https://example.com>",
                "attachments": [{"from_url": "https://example.com", "title": "Example"}],
            },
            "<https://example.com>",
        ),
        ({"text": "This content can't be displayed.", "blocks": [SECTION]}, "*Disk* is <full>"),
        ({}, ""),
    ],
)
def test_the_text_is_found_in_every_part_of_a_message(message: dict[str, Any], text: str) -> None:
    assert read(message).text == text


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ({"type": "text", "text": "a < b"}, "a < b"),
        ({"type": "user", "user_id": "U1"}, "<@U1>"),
        ({"type": "channel", "channel_id": "C1"}, "<#C1>"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "<!subteam^S1>"),
        ({"type": "broadcast", "range": "here"}, "<!here>"),
        ({"type": "emoji", "name": "fire", "unicode": "1f525"}, ":fire:"),
        ({"type": "link", "url": "https://example.com"}, "<https://example.com>"),
        ({"type": "link", "url": "https://example.com", "text": "x"}, "<https://example.com|x>"),
        ({"type": "date", "timestamp": 7, "format": "{time}", "fallback": "noon"}, "<!date^7^{time}|noon>"),
        ({"type": "tag", "text": "SEV1", "color": "red"}, "SEV1"),
        ({"type": "color", "value": "#ff0000"}, "#ff0000"),
    ],
)
def test_rich_text_becomes_the_text_that_a_person_would_type(piece: dict[str, Any], text: str) -> None:
    assert read(rich(piece)).text == text


def test_lists_code_and_quotations_keep_their_lines() -> None:
    text = {"type": "text", "text": "one\ntwo"}
    section = {"type": "rich_text_section", "elements": [text]}
    assert read(rich(section, section, kind="rich_text_list")).text == "• one\ntwo\n• one\ntwo"
    assert read(rich(text, kind="rich_text_preformatted")).text == "```\none\ntwo\n```"
    assert read(rich(text, kind="rich_text_quote")).text == "> one\n> two"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"text": "x", "user": "U1"}, ParsedMessage("x", "U1")),
        ({"text": "x", "user": "U1", "bot_id": "B1", "username": "Grafana"}, ParsedMessage("x", "U1")),
        ({"text": "x", "bot_id": "B1", "username": "Grafana"}, ParsedMessage("x", app="Grafana")),
        ({"text": "x", "bot_id": "B1", "bot_profile": {"name": "Alerts"}}, ParsedMessage("x", app="Alerts")),
        ({"text": "x", "subtype": "bot_message"}, ParsedMessage("x", app="an app")),
    ],
)
def test_the_author_is_a_person_or_the_name_of_an_app(message: dict[str, Any], said: ParsedMessage) -> None:
    assert read(message) == said


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            {"title": "graph.png", "permalink": "https://a.example/F1"},
            "(file: graph.png <https://a.example/F1>)",
        ),
        ({"name": "graph.png"}, "(file: graph.png)"),
        ({"name": "graph.png", "permalink": "javascript:alert(1)"}, "(file: graph.png)"),
        ({"name": "graph.png", "permalink": "https://a.example/|x"}, "(file: graph.png)"),
        ({"permalink": "https://a.example/F1"}, ""),
    ],
)
def test_a_file_on_the_timeline_keeps_its_name_and_its_link(file: dict[str, str], text: str) -> None:
    assert read({"text": "", "files": [file]}, with_links=True).text == text


def test_elsewhere_a_file_is_only_named() -> None:
    file = {"title": "graph.png", "permalink": "https://a.example/F1"}
    assert read({"text": "Look", "files": [file]}).text == "Look\n(file: graph.png)"
