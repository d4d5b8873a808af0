"""Everything that can be typed, pressed, submitted or chosen has one handler, and help lists it."""

from typing import Any

import pytest
import yaml

from bot.core.decision import Refused
from bot.core.resources import shipped
from bot.incident.commands import registry
from bot.incident.commands.request import Outcome, Request
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.vocabulary import Status
from bot.incident.views import card
from bot.incident.views import help as help_views
from bot.subjects import discover_commands
from tests.incident.commands.factory import form, press
from tests.incident.domain.situations import BOB, NOW, declared, resolved
from tests.incident.views.reading import buttons

OPEN_FORM_BUTTONS = [
    "severity",
    "status",
    "update",
    "snooze",
    "note",
    "handoff",
    "resolve",
    "cancel",
    "duplicate",
    "milestone",
    "task_new",
]


def nothing(request: Request) -> Outcome:
    return Refused(request.text)


@pytest.mark.parametrize(
    ("declare", "name"),
    [(registry.button, "handoff"), (registry.form, "handoff"), (registry.shortcut, "declare")],
)
def test_two_handlers_for_the_same_thing_are_refused(declare: Any, name: str) -> None:
    with pytest.raises(ValueError, match=f"two handlers for '{name}'"):
        declare(name, about=registry.NOTHING, may=Capability.READ)(nothing)


def test_two_handlers_for_the_same_word_are_refused() -> None:
    with pytest.raises(ValueError, match="two handlers for 'note'"):
        registry.command("note", "note", "Once more", about=registry.INCIDENT, may=Capability.CHANGE)(nothing)


def test_a_second_discovery_finds_the_same_words() -> None:
    before = dict(registry.COMMANDS)
    discover_commands()
    assert before == registry.COMMANDS
    assert set(before) == {
        "action",
        "actions",
        "adopt",
        "assign",
        "bridge",
        "cancel",
        "decision",
        "decisions",
        "catchup",
        "declare",
        "digest",
        "subscribe",
        "unsubscribe",
        "duplicate",
        "handoff",
        "help",
        "kind",
        "leave",
        "list",
        "metrics",
        "mine",
        "milestone",
        "nearmiss",
        "nearmisses",
        "note",
        "park",
        "postmortem",
        "reminders",
        "rename",
        "reopen",
        "resolve",
        "review",
        "service",
        "severity",
        "show",
        "snooze",
        "status",
        "strike",
        "task",
        "tasks",
        "takeover",
        "timeline",
        "unassign",
        "unpark",
        "unstrike",
        "update",
        "updates",
        "who",
    }


def test_only_words_that_need_no_incident_work_outside_a_war_room() -> None:
    anywhere = [word.name for word in registry.COMMANDS.values() if word.action.about is registry.NOTHING]
    assert sorted(anywhere) == [
        "actions",
        "adopt",
        "declare",
        "digest",
        "help",
        "list",
        "metrics",
        "mine",
        "nearmiss",
        "nearmisses",
        "reminders",
        "review",
        "subscribe",
        "unsubscribe",
    ]


@pytest.mark.parametrize("incident", [None, declared(), declared(commander=BOB), resolved()])
def test_every_button_that_is_shown_has_a_handler(incident: Incident | None) -> None:
    assert set(buttons(help_views.menu(incident, Shortlist()))) <= set(registry.BUTTONS)


def test_every_button_of_a_card_names_its_incident() -> None:
    assert {button["value"] for button in card.buttons(declared(number=42))} == {"42"}


@pytest.mark.parametrize("action_id", OPEN_FORM_BUTTONS)
def test_every_form_that_a_button_opens_can_be_submitted(action_id: str) -> None:
    assert form(press(action_id, declared()))["callback_id"] in registry.FORMS


def test_the_other_forms_can_be_submitted_too() -> None:
    assert form(press("reopen", resolved()))["callback_id"] in registry.FORMS
    assert form(press("declare"))["callback_id"] in registry.FORMS


def test_every_shortcut_of_the_manifest_has_a_handler() -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    named = {shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]}
    assert named == set(registry.SHORTCUTS)


@pytest.mark.parametrize("status", [status for status in Status if status.is_closed])
@pytest.mark.parametrize("action_id", sorted({*OPEN_FORM_BUTTONS} - {"milestone", "note"}))
def test_no_form_opens_for_a_closed_incident(action_id: str, status: Status) -> None:
    over = Incident(
        version=2,
        number=42,
        title="Checkout is failing",
        severity=declared().severity,
        status=status,
        declared_by=BOB,
        opened_at=NOW,
        declared_at=NOW,
        promise_from=NOW,
    )
    outcome = press(action_id, over)
    assert isinstance(outcome, Refused)
    assert f"INC-42 is {status}" in outcome.message


@pytest.mark.parametrize("action_id", ["milestone", "note"])
def test_what_a_review_needs_opens_for_a_closed_incident(action_id: str) -> None:
    assert form(press(action_id, resolved()))["callback_id"] == action_id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sevrity", "severity"), ("Declair", "declare"), ("notes", "note"), ("resolved", "resolve")],
)
def test_a_misspelt_word_is_understood(typed: str, meant: str) -> None:
    assert registry.nearest(typed)[0] == meant


def test_random_letters_are_not_understood() -> None:
    assert registry.nearest("xyzzy") == []
