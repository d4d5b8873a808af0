"""Forms ask as little as possible, name their incident, and start with the present values."""

import json

import pytest

from bot import policy_file
from bot.core.blocks import View
from bot.core.text import Mrkdwn
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.views import modals
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared, resolved, updated, with_role
from tests.incident.views.reading import fields, initial, said

INCIDENT = declared()
POLICY = policy_file.load()

FORMS = [
    modals.status(INCIDENT),
    modals.update(INCIDENT, POLICY),
    modals.snooze(INCIDENT, POLICY),
    modals.note(INCIDENT),
    modals.handoff(INCIDENT),
    modals.roles(INCIDENT, DEFAULT_ROLES),
    modals.resolve(INCIDENT),
    modals.reopen(INCIDENT),
]


@pytest.mark.parametrize("view", FORMS, ids=lambda view: str(view["callback_id"]))
def test_every_form_names_its_incident_and_returns_its_number(view: View) -> None:
    assert "INC-42: Checkout is failing" in said(view)
    assert json.loads(view["private_metadata"])["number"] == 42
    assert view["submit"]["text"]


@pytest.mark.parametrize("view", FORMS, ids=lambda view: str(view["callback_id"]))
def test_every_field_is_read_back_by_its_own_name(view: View) -> None:
    assert all(block["element"]["action_id"] == name for name, block in fields(view).items())


def test_severities_are_described_by_their_effect_on_customers(policy: Policy) -> None:
    view = modals.severity(declared(severity=Severity.SEV3), policy)
    assert initial(view, "severity") == "3"
    assert all(policy.impact(severity) in said(view) for severity in Severity)


def test_the_status_form_starts_with_the_present_status_and_offers_the_possible_ones() -> None:
    incident = after(INCIDENT, rules.change_status(INCIDENT, Status.MITIGATING, by=BOB, now=NOW))
    view = modals.status(incident)
    assert initial(view, "status") == "mitigating"
    offered = [choice["value"] for choice in fields(view)["status"]["element"]["options"]]
    assert offered == ["triage", "mitigating", "mitigated", "resolved"]


def test_a_status_that_the_form_does_not_offer_is_not_preselected() -> None:
    reviewed = after(resolved(), rules.change_status(resolved(), Status.REVIEWED, by=BOB, now=NOW))
    assert initial(modals.status(reviewed), "status") is None


def test_command_is_offered_and_not_saved() -> None:
    view = modals.handoff(INCIDENT)
    assert (view["title"]["text"], view["submit"]["text"]) == ("Offer command", "Offer")
    assert set(fields(view)) == {"person"}


def test_every_role_can_be_given_and_the_form_shows_who_has_which() -> None:
    view = modals.roles(with_role(with_role(declared(), Role.EXPERT, BOB), Role.EXPERT, CAROL), DEFAULT_ROLES)
    assert view["submit"]["text"] == "Assign"
    element = fields(view)["role"]["element"]
    assert [choice["value"] for choice in element["options"]] == list(DEFAULT_ROLES.keys)
    assert "Incident Commander: nobody yet\nDeputy: nobody yet" in said(view)
    assert f"Subject-Matter Expert: <@{BOB}>, <@{CAROL}>" in said(view)


def test_the_first_free_role_is_preselected() -> None:
    incident = declared()
    for role in DEFAULT_ROLES.keys:
        assert initial(modals.roles(incident, DEFAULT_ROLES), "role") == role
        incident = with_role(incident, role, BOB)
    assert initial(modals.roles(incident, DEFAULT_ROLES), "role") == Role.EXPERT


def test_the_form_says_that_it_asks_for_the_first_update() -> None:
    assert "There is no update yet" in said(modals.update(declared(), POLICY))
    assert "There is no update yet" not in said(modals.update(updated(declared()), POLICY))


def test_the_declare_form_keeps_its_channel_and_source_message(policy: Policy) -> None:
    view = modals.declare(policy, source="https://example.com/p1", channel="C1")
    assert json.loads(view["private_metadata"]) == {
        "source": "https://example.com/p1",
        "channel": "C1",
        "severity_proposed": 2,
    }
    assert "Declared from" not in said(modals.declare(policy))


def test_a_form_that_asks_whether_another_incident_is_meant_keeps_its_fields_and_that_it_asked(
    policy: Policy,
) -> None:
    form = modals.declare(policy, title="Checkout is failing", message=("C1", "1.2", ""))
    again = modals.declare_again(form, Mrkdwn("*INC-1* is declared."), json.loads(form["private_metadata"]))
    assert fields(again) == fields(form)
    assert again["callback_id"] == form["callback_id"]
    assert json.loads(again["private_metadata"]) == json.loads(form["private_metadata"]) | {"again": True}


def test_after_declaring_the_form_has_only_text() -> None:
    view = modals.opening(Mrkdwn("*INC-42* is declared."))
    assert "*INC-42* is declared." in said(view)
    assert "submit" not in view
    assert view["close"]["text"] == "Close"


def test_an_answer_within_a_form_is_shown_above_its_fields_in_the_place_of_an_earlier_one() -> None:
    opened = modals.note(declared()) | {"id": "V1", "hash": "1.2", "external_id": "", "notify_on_close": True}
    first = modals.with_answer(opened, Mrkdwn("That did not work."))
    again = modals.with_answer(first | {"id": "V1"}, Mrkdwn("Nor did that."))
    assert [block.get("block_id") for block in again["blocks"]].count("answer") == 1
    assert again["blocks"][0]["text"]["text"] == "Nor did that."
    assert again["blocks"][1:] == opened["blocks"]
    assert not {"id", "hash", "external_id"} & again.keys()
    assert again["notify_on_close"] is True
