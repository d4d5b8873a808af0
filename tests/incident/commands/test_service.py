"""`/incident service`, services in the forms, and following a service."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.channels import ChannelProfile
from bot.core.people import Profile
from bot.incident.commands import parsing, registry
from bot.incident.commands.request import ChangeIncident, DeclareIncident, Follow, OpenForm, Outcome, Reply
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.permissions import Capability
from bot.incident.domain.services import NO_SERVICES, Services
from bot.incident.domain.subscriptions import Following, Follows
from tests.incident.commands.factory import (
    POLICY,
    change,
    form,
    refusal,
    reply,
    request,
)
from tests.incident.commands.factory import (
    declared as declaration,
)
from tests.incident.domain.situations import CAROL, NOW, declared
from tests.incident.views.reading import said
from tests.services import CHECKOUT, PAYMENTS, SERVICES

HIT = evolve(declared(), facts.ServicesChanged(at=NOW, by=CAROL, services=(CHECKOUT,)))


def say(words: str, incident: Incident | None = None, services: Services = SERVICES, **more: Any) -> Outcome:
    """Type `/incident <words>` where the policy has these services."""
    typed = parsing.parse(words)
    assert typed.command is not None
    asked = replace(request(typed.text, incident=incident), policy=replace(POLICY, services=services), **more)
    return typed.command.action.handle(asked)


def submit(callback_id: str, **fields: Any) -> Outcome:
    asked = replace(request(fields=fields), policy=replace(POLICY, services=SERVICES))
    return registry.FORMS[callback_id].handle(asked)


def told(outcome: Outcome) -> str:
    assert isinstance(outcome, Follow), outcome
    return said(outcome.done)


@pytest.mark.parametrize("word", ["service", "services", "affects", "component"])
def test_alone_it_shows_them_and_what_there_is(word: str) -> None:
    assert reply(say(word, HIT)).startswith("INC-42 affects *Checkout*.")
    assert "There are: Checkout, Payments &amp; Billing, Search" in reply(say(word, HIT))
    assert reply(say(word, declared())).startswith("INC-42 affects no service.")


def test_what_is_named_replaces_what_was_there_and_only_the_person_is_answered() -> None:
    outcome = say("service payments, shop", declared())
    changed = change(outcome, declared())
    assert changed == facts.ServicesChanged(at=NOW, by=CAROL, services=(PAYMENTS, CHECKOUT))
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    assert said(outcome.done(HIT)) == "INC-42 affects *Checkout* now."
    assert said(outcome.done(declared())) == "INC-42 affects no service now."


def test_none_removes_them() -> None:
    assert change(say("service none", HIT), HIT) == facts.ServicesChanged(
        at=NOW, by=CAROL, services=(), old=(CHECKOUT,)
    )


def test_what_is_no_service_is_refused_with_those_there_are() -> None:
    why = refusal(say("service checkout, mail", HIT)).message
    assert why == "“mail” is no service. There are: Checkout, Payments & Billing, Search."
    assert "“mail”, “fax” are no services." in refusal(say("service mail, fax", HIT)).message
    assert "“,” is no service" in refusal(say("service ,", HIT)).message
    assert "There are: none." in refusal(say("service mail", HIT, NO_SERVICES)).message


def test_without_services_in_the_policy_it_says_where_they_belong() -> None:
    assert "policy.yml" in refusal(say("service checkout", declared(), NO_SERVICES)).message
    assert "affects *checkout*" in reply(say("service", HIT, NO_SERVICES))


def test_only_who_sets_them_must_be_allowed_to_change_the_incident() -> None:
    action = registry.COMMANDS["service"].action
    assert action.needed(request(" ")) == (Capability.READ,)
    assert action.needed(request("none")) == (Capability.CHANGE,)


@pytest.mark.parametrize("callback_id", ["declare", "declare_past"])
def test_a_form_takes_those_that_were_chosen_and_that_there_are(callback_id: str) -> None:
    times = {"resolved": str(int(NOW.timestamp()))} if callback_id == "declare_past" else {}
    outcome = submit(callback_id, title="Down", severity="2", services=[CHECKOUT, "gone"], **times)
    first, _ = declaration(outcome)
    assert first.services == (CHECKOUT,)


def test_an_adopted_channel_takes_those_that_were_chosen() -> None:
    asked = replace(
        request(fields={"title": "Down", "services": [PAYMENTS]}), adopting=ChannelProfile(id="C1")
    )
    outcome = registry.FORMS["adopt"].handle(replace(asked, policy=replace(POLICY, services=SERVICES)))
    first, _ = declaration(outcome)
    assert (first.room, first.services) == ("C1", (PAYMENTS,))


def _fields(view: Any) -> dict[str, Any]:
    return {each["block_id"]: each for each in view["blocks"] if each["type"] == "input"}


def test_the_forms_ask_only_if_there_are_services_and_keep_what_was_chosen() -> None:
    asked = _fields(form(say("declare Down")))["services"]
    assert asked["optional"]
    assert [each["value"] for each in asked["element"]["options"]] == ["checkout", "payments", "search"]
    assert "services" not in _fields(form(say("declare Down", services=NO_SERVICES)))
    over = submit("declare", title="Down", severity="2", services=[PAYMENTS], over=["over"])
    chosen = _fields(form(over))["services"]["element"]["initial_options"]
    assert [each["value"] for each in chosen] == [PAYMENTS]
    outcome = submit("declare", title="Down", severity="2", services=[PAYMENTS])
    assert isinstance(outcome, DeclareIncident)
    assert outcome.ask
    again = outcome.ask(declared(), None)
    assert isinstance(again, OpenForm)
    assert _fields(again.view)["services"]["element"]["initial_options"] == chosen


def test_a_service_is_followed_for_good_and_the_list_has_a_button_to_end_it() -> None:
    outcome = say("subscribe web shop")
    assert isinstance(outcome, Follow)
    assert outcome.changes == (Following(service=CHECKOUT),)
    assert "all incidents that affect Checkout*, also new ones, but no private ones" in told(outcome)
    follows = Follows(services=frozenset({CHECKOUT, "gone"}))
    assert "already" in reply(say("subscribe checkout", follows=follows))
    listed = say("subscribe", follows=follows)
    assert isinstance(listed, Reply)
    text = said(listed.message)
    assert "All incidents that affect Checkout" in text
    assert "All incidents that affect gone" in text
    values = [
        json.loads(each["accessory"]["value"])["text"]
        for each in listed.message.blocks
        if "accessory" in each
    ]
    assert values == [CHECKOUT, "gone"]


def test_a_guest_follows_no_service() -> None:
    guest = {CAROL: Profile(CAROL, "Carol", "UTC", is_guest=True)}
    assert "As a guest" in refusal(say("subscribe checkout", people=guest)).message


@pytest.mark.parametrize("word", ["subscribe", "unsubscribe"])
def test_what_is_unclear_is_refused_with_the_services_there_are(word: str) -> None:
    why = refusal(say(f"{word} mail")).message
    assert f"`/incident {word} checkout`. There are: Checkout, Payments & Billing, Search." in why
    assert "name a service" not in refusal(say(f"{word} mail", services=NO_SERVICES)).message


def test_a_service_is_no_longer_followed_also_if_the_policy_no_longer_has_it() -> None:
    follows = Follows(services=frozenset({CHECKOUT, "gone"}))
    for typed, key in (("Checkout", CHECKOUT), ("gone", "gone")):
        outcome = say(f"unsubscribe {typed}", follows=follows)
        assert isinstance(outcome, Follow)
        assert outcome.changes == (Following(service=key, follows=False),)
    assert (
        "You do not follow all incidents that affect Search"
        in refusal(say("unsubscribe search", follows=follows)).message
    )
    every = say("unsubscribe all", follows=follows)
    assert isinstance(every, Follow)
    assert set(every.changes) == {
        Following(),
        Following(service=CHECKOUT, follows=False),
        Following(service="gone", follows=False),
    }


def test_the_button_ends_it_and_the_list_shows_the_others() -> None:
    def press(text: str) -> Outcome:
        asked = replace(request(text), policy=replace(POLICY, services=SERVICES))
        follows = Follows(services=frozenset({CHECKOUT, PAYMENTS}))
        return registry.BUTTONS["stop_service"].handle(replace(asked, follows=follows))

    outcome = press(CHECKOUT)
    assert isinstance(outcome, Follow)
    assert outcome.in_place
    assert outcome.changes == (Following(service=CHECKOUT, follows=False),)
    assert "You no longer follow all incidents that affect Checkout." in told(outcome)
    assert "Payments &amp; Billing" in told(outcome)
    assert "Say what you want to follow" in refusal(press("")).message
