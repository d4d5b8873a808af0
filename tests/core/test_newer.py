"""Slack's newer blocks have a plain form that says the same."""

import json

from bot.core.blocks import Block, section
from bot.core.newer import (
    NewerBlock,
    NewerKind,
    Tag,
    alert,
    cell,
    data_table,
    folded,
    form,
    line,
    number_cell,
    person,
    plain_form,
    room,
    text,
    typed,
)
from bot.core.text import Mrkdwn, md
from bot.drills.stage import readable

SEV1 = Tag("SEV1", "red", "red_circle")


def elements(block: Block) -> list[Block]:
    """The pieces of a line of rich text."""
    found: list[Block] = block["elements"][0]["elements"]
    return found


def test_a_tag_is_a_bold_word_with_its_mark_in_the_plain_form() -> None:
    shown = line(SEV1, text(" "), Tag("triage", "gray"))
    assert elements(shown) == [
        {"type": "tag", "text": "SEV1", "color": "red"},
        {"type": "text", "text": " "},
        {"type": "tag", "text": "triage", "color": "gray"},
    ]
    (plain,) = plain_form([shown])
    assert plain["type"] == "rich_text", "Slack refuses to edit rich text into something else"
    assert readable(plain) == ":red_circle: SEV1 · triage"
    assert {"type": "text", "text": "triage", "style": {"bold": True}} in elements(plain)


def test_only_what_is_refused_gets_its_plain_form() -> None:
    blocks = [alert(md("It closes.")), line(SEV1), section(md("And more"))]
    assert form(blocks, ()) == blocks
    assert [each["type"] for each in form(blocks, [NewerKind.ALERT])] == ["section", "rich_text", "section"]
    assert elements(form(blocks, ["alert"])[1])[0]["type"] == "tag"
    assert not any(isinstance(each, NewerBlock) for each in plain_form(blocks))


def test_a_newer_block_is_json_like_any_other() -> None:
    shown = alert(md("It closes."), "info")
    assert json.loads(json.dumps(shown)) == {
        "type": "alert",
        "level": "info",
        "text": {"type": "mrkdwn", "text": "It closes."},
    }


def test_an_alert_that_is_too_long_is_cut_only_in_its_newer_form() -> None:
    shown = alert(md("word " * 60))
    assert len(shown["text"]["text"]) <= 200
    assert "word " * 55 in readable(plain_form([shown]))


def test_what_is_folded_is_shown_whole_in_the_plain_form() -> None:
    shown = folded("Summary", md("All "), [section(md("All of it fails."))])
    assert shown["default_collapsed"]
    assert readable(plain_form([shown])) == "*Summary*\nAll of it fails."
    assert len(folded("x", md("y " * 200), [])["subtitle"]["text"]) <= 150


def test_a_table_has_one_cell_for_each_column() -> None:
    plain = [section(md("INC-9: checkout"))]
    rows = [[number_cell(9, "INC-9"), cell(SEV1, text(" "), typed("checkout"))]] * 250
    shown = data_table("Open incidents", ["Incident", "Severity"], rows, plain)
    assert len(shown["rows"]) == 201
    assert shown["page_size"] == 100
    assert shown["rows"][0] == [
        {"type": "raw_text", "text": "Incident"},
        {"type": "raw_text", "text": "Severity"},
    ]
    assert plain_form([shown]) == plain


def test_what_people_typed_notifies_only_the_people_whom_it_names() -> None:
    raw = "<@U1> <#C1> <https://example.com/p|a> <!subteam^S1|@all> <!channel> <!date^1^{time}|then> <b>"
    assert person("U1") in typed(raw)
    assert room("C1") in typed(raw)
    assert {"type": "link", "url": "https://example.com/p"} in typed(raw)
    words = "".join(each.get("text", "") for each in typed(raw, bold=True))
    assert "@all @channel then <b>" in words
    assert not {each["type"] for each in typed(raw)} & {"usergroup", "broadcast"}


def test_a_tag_needs_no_mark() -> None:
    assert readable(plain_form([line(Tag("triage", "gray"))])) == "triage"
    assert readable(plain_form([alert(Mrkdwn("Done."), "success")])) == ":white_check_mark: Done."
