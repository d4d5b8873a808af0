"""View models of Block Kit."""

from types import SimpleNamespace

import pytest

from bot.sandbox.page.blocks import BlockContext, blocks
from bot.sandbox.page.elements import element
from bot.sandbox.page.environment import render
from bot.sandbox.page.tables import Table
from tests.sandbox.page.samples import NOON, READER, Json, mrk, plain


def option(value: str, text: str) -> Json:
    return {"value": value, "text": plain(text)}


ONE, TWO = option("1", "One"), option("2", "Two")


@pytest.mark.parametrize(
    ("raw", "state", "chosen"),
    [
        ({"type": "static_select", "options": [ONE, TWO], "initial_option": ONE}, None, ("1",)),
        (
            {"type": "static_select", "options": [ONE, TWO], "initial_option": ONE},
            {"selected_option": TWO},
            ("2",),
        ),
        (
            {"type": "static_select", "options": [ONE, TWO], "initial_option": ONE},
            {"selected_option": None},
            (),
        ),
        (
            {"type": "multi_static_select", "options": [ONE, TWO], "initial_options": [ONE, TWO]},
            None,
            ("1", "2"),
        ),
        ({"type": "checkboxes", "options": [ONE, TWO]}, {"selected_options": [TWO]}, ("2",)),
        ({"type": "radio_buttons", "options": [ONE, TWO], "initial_option": TWO}, None, ("2",)),
        ({"type": "users_select", "initial_user": "U2"}, None, ("U2",)),
        ({"type": "multi_users_select"}, {"selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "channels_select", "initial_channel": "C1"}, None, ("C1",)),
        ({"type": "multi_conversations_select", "initial_conversations": ["C1"]}, None, ("C1",)),
    ],
)
def test_the_present_choice_counts_before_the_initial_one(
    raw: Json, state: Json | None, chosen: tuple[str, ...]
) -> None:
    assert element(raw, "b", READER, state).chosen == chosen


@pytest.mark.parametrize(
    ("raw", "state", "value"),
    [
        ({"type": "plain_text_input", "initial_value": "old"}, None, "old"),
        ({"type": "plain_text_input", "initial_value": "old"}, {"value": "new"}, "new"),
        ({"type": "plain_text_input", "initial_value": "old"}, {"value": None}, ""),
        ({"type": "datepicker", "initial_date": "2030-01-31"}, None, "2030-01-31"),
        ({"type": "timepicker"}, {"selected_time": "10:30"}, "10:30"),
        ({"type": "datetimepicker", "initial_date_time": NOON}, None, "2025-11-25T13:00"),
        ({"type": "button", "value": "secret"}, None, ""),
    ],
)
def test_inputs_show_the_readers_own_values(raw: Json, state: Json | None, value: str) -> None:
    assert element(raw, "b", READER, state).value == value


def test_a_rich_text_input_is_edited_as_lines() -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a & b\nc"}]}
    raw = {"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": [section]}}
    assert element(raw, "b", READER).value == "a & b\nc"


@pytest.mark.parametrize(
    ("type_", "kind", "source", "multi"),
    [
        ("static_select", "select", "static", False),
        ("multi_external_select", "select", "external", True),
        ("conversations_select", "select", "conversations", False),
        ("overflow", "overflow", "", False),
        ("radio_buttons", "radios", "", False),
        ("file_input", "file", "", False),
        ("hologram", "unknown", "", False),
    ],
)
def test_kinds_of_elements(type_: str, kind: str, source: str, *, multi: bool) -> None:
    made = element({"type": type_}, "b", READER)
    assert (made.kind, made.source, made.multi) == (kind, source, multi)


def test_a_confirm_question_is_plain_text() -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": mrk("A &amp; B"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        "style": "danger",
    }
    assert element({"type": "button", "confirm": confirm}, "b", READER).confirm == {
        "title": "Sure?",
        "text": "A & B",
        "confirm": "Yes",
        "deny": "No",
        "style": "danger",
    }


def test_groups_of_options_keep_their_labels() -> None:
    raw = {
        "type": "static_select",
        "option_groups": [
            {"label": plain("Odd"), "options": [ONE]},
            {"label": plain("Even"), "options": [TWO]},
        ],
    }
    assert [(each.group, each.value) for each in element(raw, "b", READER).options] == [
        ("Odd", "1"),
        ("Even", "2"),
    ]


def test_an_input_block_has_its_error_and_its_state() -> None:
    raw = {
        "type": "input",
        "block_id": "b",
        "label": plain("What?"),
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    around = BlockContext(READER, {"b": {"a": {"value": "typed"}}}, {"b": "Say more."})
    (block,) = blocks([raw], around)
    assert (str(block.html), block.error, block.optional, block.dispatches) == (
        "What?",
        "Say more.",
        True,
        False,
    )
    assert [each.value for each in block.elements if not isinstance(each, str)] == ["typed"]


def test_tables_keep_rows_cells_and_alignment() -> None:
    raw = {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "When"}, {"type": "raw_number", "value": 3}]],
        "column_settings": [None, {"align": "right"}],
    }
    (block,) = blocks([raw], BlockContext(READER))
    assert isinstance(block.part, Table)
    assert [[str(cell) for cell in row] for row in block.part.rows] == [["When", "3"]]
    assert [block.part.align(column) for column in range(3)] == ["left", "right", "left"]


def test_an_unknown_block_says_so() -> None:
    (block,) = blocks([{"type": "hologram"}], BlockContext(READER))
    assert "cannot draw a block of type &#39;hologram&#39;" in str(block.html)


def test_feedback_buttons_have_their_values() -> None:
    good = {"text": plain("+"), "value": "good", "accessibility_label": "Good answer"}
    raw = {
        "type": "feedback_buttons",
        "positive_button": good,
        "negative_button": {"text": plain("-"), "value": "bad"},
    }
    shown = element(raw, "b", READER)
    assert shown.kind == "feedback"
    assert [(each.value, each.text) for each in shown.options] == [("good", "Good answer"), ("bad", "-")]


def test_uploaded_files_are_named() -> None:
    shown = element({"type": "file_input"}, "b", READER, {"files": [{"id": "F1", "name": "log.txt"}]})
    assert (shown.chosen, shown.chosen_labels) == (("F1",), {"F1": "log.txt"})


def test_a_video_is_a_link_and_loads_nothing() -> None:
    raw = {
        "type": "video",
        "title": plain("Outage"),
        "title_url": "https://example.com/w",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
    }
    html = render(
        "body.html", s=SimpleNamespace(tab="home", home=blocks([raw], BlockContext(READER)), app="A")
    )
    assert 'href="https://example.com/w"' in html
    assert "<img" not in html
