"""Payloads become typed requests."""

from typing import Any

import pytest

from bot.incident.domain.policy import Policy
from bot.slack import payloads, reading, shapes
from tests.conftest import NOON

VIEW = {
    "id": "V1",
    "callback_id": "update",
    "private_metadata": '{"number": 7}',
    "blocks": [{"type": "context"}, {"type": "input", "block_id": "title"}],
    "state": {
        "values": {
            "title": {"title": {"type": "plain_text_input", "value": "Down"}},
            "severity": {"severity": {"type": "radio_buttons", "selected_option": {"value": "1"}}},
            "private": {"private": {"type": "checkboxes", "selected_options": [{"value": "private"}]}},
            "none": {"none": {"type": "checkboxes", "selected_options": []}},
            "unset": {"unset": {"type": "radio_buttons", "selected_option": None}},
            "person": {"person": {"type": "users_select", "selected_user": "U2"}},
            "at": {"at": {"type": "datetimepicker", "selected_date_time": 1772450000}},
            "empty": {"empty": {"type": "plain_text_input", "value": None}},
            "strange": {"strange": {"type": "something_new"}},
        }
    },
}


def _click(value: str) -> dict[str, Any]:
    return {
        "trigger_id": "1.2.3",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "actions": [{"action_id": "resolve", "value": value}],
        "response_url": "https://slack/r",
    }


# One of each input element (Slack docs, "Block elements"), and what a command receives of it.
ELEMENTS: dict[str, tuple[dict[str, Any], Any]] = {
    "plain_text_input": ({"value": "Down"}, "Down"),
    "number_input": ({"value": "12.5"}, "12.5"),
    "email_text_input": ({"value": "ann@example.com"}, "ann@example.com"),
    "url_text_input": ({"value": "https://example.com"}, "https://example.com"),
    "static_select": ({"selected_option": {"value": "a"}}, "a"),
    "multi_static_select": ({"selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
    "external_select": ({"selected_option": {"value": "a"}}, "a"),
    "multi_external_select": ({"selected_options": [{"value": "a"}]}, ["a"]),
    "checkboxes": ({"selected_options": [{"value": "a"}]}, ["a"]),
    "radio_buttons": ({"selected_option": {"value": "a"}}, "a"),
    "users_select": ({"selected_user": "U1"}, "U1"),
    "multi_users_select": ({"selected_users": ["U1", "U2"]}, ["U1", "U2"]),
    "conversations_select": ({"selected_conversation": "C1"}, "C1"),
    "multi_conversations_select": ({"selected_conversations": ["C1", "D1"]}, ["C1", "D1"]),
    "channels_select": ({"selected_channel": "C1"}, "C1"),
    "multi_channels_select": ({"selected_channels": ["C1"]}, ["C1"]),
    "datepicker": ({"selected_date": "2026-03-02"}, "2026-03-02"),
    "timepicker": ({"selected_time": "14:05"}, "14:05"),
    "datetimepicker": ({"selected_date_time": 1772450000}, 1772450000),
    "rich_text_input": ({"rich_text_value": {"type": "rich_text"}}, {"type": "rich_text"}),
    "file_input": ({"files": [{"id": "F1"}]}, [{"id": "F1"}]),
}


@pytest.mark.parametrize("element", ELEMENTS)
def test_the_values_of_a_form_reach_its_command(element: str, policy: Policy) -> None:
    state, value = ELEMENTS[element]
    empty: dict[str, Any] = {key: [] if isinstance(held, list) else None for key, held in state.items()}
    values = {"field": {"field": {"type": element, **state}}, "left": {"left": {"type": element, **empty}}}
    view = VIEW | {"type": "modal", "state": {"values": values}}
    body = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": view}
    assert shapes.is_whole(body)
    assert payloads.from_form(body, NOON, policy).fields == {"field": value}


def test_typed_text_is_not_changed(policy: Policy) -> None:
    body = {
        "trigger_id": "1.2.3",
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
        "text": "note a &lt; b &amp; c",
    }
    request = payloads.from_command(body, NOON, policy)
    assert request.text == "note a < b & c"
    assert (request.actor, request.channel, request.team) == ("U1", "C1", "T1")


def test_a_button_names_its_incident(policy: Policy) -> None:
    assert payloads.from_button(_click("7"), NOON, policy).number == 7
    assert payloads.from_button(_click("menu"), NOON, policy).number is None
    assert payloads.from_button(_click("9" * 5000), NOON, policy).number is None


def test_a_form_is_read_by_its_field_names_and_empty_fields_are_absent(policy: Policy) -> None:
    body = {"team": {"id": "T1"}, "user": {"id": "U1"}, "view": VIEW}
    request = payloads.from_form(body, NOON, policy)
    assert request.fields == {
        "title": "Down",
        "severity": "1",
        "private": ["private"],
        "person": "U2",
        "at": 1772450000,
    }
    assert request.number == 7
    assert request.id == "form:V1"


def test_a_pin_and_a_reaction_name_the_same_message(policy: Policy) -> None:
    reaction = {
        "type": "reaction_added",
        "user": "U1",
        "item": {"type": "message", "channel": "C1", "ts": "1.1"},
    }
    item = {"type": "message", "channel": "C1", "message": {"ts": "1.1", "text": "Down"}}
    pin = {"type": "pin_added", "user": "U1", "channel_id": "C1", "item": item}
    for event in (reaction, pin):
        body = {"event_id": "Ev1", "team_id": "T1", "event": event}
        request = payloads.from_mark(body, NOON, policy)
        assert (request.channel, request.actor) == ("C1", "U1")
        assert request.message
        assert (request.message.channel, request.message.ts) == ("C1", "1.1")


def test_a_general_error_is_shown_at_the_first_field() -> None:
    assert payloads.first_field(VIEW) == "title"


@pytest.mark.parametrize(
    "view", [{}, {"blocks": []}, {"blocks": [{"type": "section"}, {"type": "input"}]}], ids=repr
)
def test_a_view_without_fields_has_no_first_field(view: dict[str, Any]) -> None:
    assert payloads.first_field(view) == ""


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "{",
        "7",
        "[7]",
        "[" * 100_000,
        '{"number": "x"}',
        '{"number": true}',
        '{"number": -1}',
        '{"number": 1e3}',
        '{"number": 1234567890}',
    ],
    ids=lambda metadata: metadata[:20],
)
def test_invalid_metadata_of_a_form_names_no_incident(policy: Policy, metadata: str) -> None:
    body = {"team": {"id": "T1"}, "user": {"id": "U1"}, "view": {"id": "V1", "private_metadata": metadata}}
    request = payloads.from_form(body, NOON, policy)
    assert (request.number, request.fields) == (None, {})


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}, "user": {"team_id": "T2"}}, "T1"),
        ({"team": {"id": "T1"}, "user": {"team_id": "T2"}}, "T1"),
        ({"team_id": "T2", "context_team_id": "T2", "authorizations": [{"team_id": "T1"}]}, "T1"),
        ({"team_id": "T1", "command": "/incident"}, "T1"),
    ],
    ids=["form", "button", "event", "command"],
)
def test_the_installation_decides_the_team_of_an_act_and_not_the_sender(
    policy: Policy, body: dict[str, Any], team: str
) -> None:
    whole = {"event_id": "Ev1", "event": {"user": "U1"}} | body
    assert payloads.from_home(whole, NOON, policy).team == team


def test_in_an_organisation_wide_installation_the_users_team_counts(policy: Policy) -> None:
    body = _click("7") | {"team": None, "user": {"id": "U1", "team_id": "T9"}}
    assert payloads.from_button(body, NOON, policy).team == "T9"


def test_a_message_shortcut_includes_the_message(policy: Policy) -> None:
    body = {
        "trigger_id": "1.2.3",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"ts": "1.1", "text": "a &amp; b", "user": "U2"},
    }
    message = payloads.from_shortcut(body, NOON, policy, "https://slack/p1").message
    assert message is not None
    assert (message.text, message.ts) == ("a & b", "1.1")


def test_opening_the_home_tab_asks_for_the_persons_own_tab(policy: Policy) -> None:
    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    request = payloads.from_home({"event_id": "Ev1", "team_id": "T1", "event": event}, NOON, policy)
    assert (request.id, request.team, request.actor, request.channel) == ("event:Ev1", "T1", "U1", "")


def test_a_press_on_the_home_tab_has_no_channel(policy: Policy) -> None:
    body = {
        "trigger_id": "1.2.3",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "home"},
        "actions": [{"action_id": "declare", "value": "home"}],
    }
    request = payloads.from_button(body, NOON, policy)
    assert (request.channel, request.number, request.origin.response_url) == ("", None, "")


DIRTY = "a\ud800b\x00c\x1b[31md\u202ee\u2066f\u2069\u202c\x7fg\r\nh\ri\tj"
CLEAN = "abc[31mdefg\nh\ni\tj"
KEPT = "\U0001f469\u200d\U0001f692 e\u0301 \u200f\u05e9\u05dc\u05d5\u05dd\u200e \u0645\u0631\u062d\u0628\u0627 \u0928\u092e\u0938\u094d\u0924\u0947 \n\t"  # a joined emoji, a mark, Hebrew, Arabic, Hindi


def test_typed_text_is_cleaned_in_every_kind_of_payload(policy: Policy) -> None:
    command = {"trigger_id": "1", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "text": DIRTY}
    view = {**VIEW, "state": {"values": {"title": {"title": {"value": DIRTY}}}}}
    form = {"team": {"id": "T1"}, "user": {"id": "U1"}, "view": view}
    message = {"ts": "1.1", "user": "U2", "text": DIRTY}
    shortcut = {**_click("7"), "message": message}
    marked = payloads.from_shortcut(shortcut, NOON, policy).message
    assert payloads.from_command(command, NOON, policy).text == CLEAN
    assert payloads.from_form(form, NOON, policy).fields == {"title": CLEAN}
    assert marked is not None
    assert marked.text == CLEAN


def test_emoji_joiners_marks_and_scripts_of_both_directions_are_not_changed() -> None:
    assert reading.clean(KEPT) == KEPT
    assert reading.clean(CLEAN) == CLEAN


def test_cleaned_text_can_be_encoded() -> None:
    everything = "".join(map(chr, range(0x110000)))
    cleaned = reading.clean(everything)
    assert len(cleaned.encode()) > len(cleaned) > 0x110000 - 2100


def test_a_choice_in_an_open_form_brings_what_is_filled_in_so_far(policy: Policy) -> None:
    body = {**_click("x"), "view": {**VIEW, "type": "modal"}}
    del body["channel"], body["response_url"]
    assert shapes.is_whole({**body, "type": "block_actions"})
    request = payloads.from_button(body, NOON, policy)
    assert (request.id, request.number, request.channel_is_verified) == ("button:1.2.3", 7, False)
    assert request.fields["severity"] == "1"


@pytest.mark.parametrize("view", [7, {"id": "V1"}, {"id": "V1", "type": "modal", "state": {"values": []}}])
def test_a_choice_in_an_invalid_form_is_rejected(view: object) -> None:
    assert not shapes.is_whole({**_click("x"), "type": "block_actions", "view": view})
