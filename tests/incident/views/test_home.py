"""The Home tab: the person's own duties first, then the worst incidents, and always a button to declare."""

import json
from datetime import datetime

import pytest

from bot import policy_file
from bot.core.blocks import View
from bot.incident.commands import registry
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views.home import DUTIES_MAX, HOME_MAX, REFRESH, TASK_DONE, TASKS_MAX, home
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    with_role,
    with_task,
)
from tests.incident.views.limits import fits
from tests.incident.views.reading import objects, said

POLICY = policy_file.load()

registry.discover()


def shown(
    *incidents: Incident, total: int = 0, duties: tuple[Incident, ...] = (), now: datetime = NOW
) -> View:
    """Bob's Home tab."""
    listed = Shortlist([ListedIncident(each, "C0ROOM") for each in incidents], total or len(incidents))
    return home(listed, [ListedIncident(each, "C0ROOM") for each in duties], BOB, POLICY, now)


def test_without_open_incidents_it_says_so_and_how_to_declare_practise_and_learn() -> None:
    text = said(shown())
    assert text.startswith("No incident is open\n:sunny: All is quiet.")
    assert "Declare an incident" in text
    assert "/incident help" in text
    assert "warroom practice" in text


def test_every_button_on_it_has_a_handler() -> None:
    pressed = {each["action_id"] for each in objects(shown()) if each.get("type") == "button"}
    assert pressed == {"declare", REFRESH}
    assert pressed - {REFRESH} <= set(registry.BUTTONS)


def test_an_incident_is_shown_with_its_room_state_commander_and_next_update() -> None:
    text = said(shown(declared(commander=CAROL)))
    assert "*INC-42* Checkout is failing · <#C0ROOM>" in text
    assert f"SEV1 · triage · IC <@{CAROL}> · next update by <!date^" in text
    assert "1 incident is open" in text
    assert "All is quiet" not in text


def test_an_incident_without_a_war_room_and_without_a_commander_is_shown() -> None:
    view = home(Shortlist([ListedIncident(declared(), None)], 1), [], BOB, POLICY, NOW)
    assert "no commander yet" in said(view)
    assert "<#" not in said(view)


@pytest.mark.parametrize(("minutes", "told"), [(14, "next update by"), (15, "update overdue since")])
def test_a_late_update_is_shown_as_overdue(minutes: int, told: str) -> None:
    assert told in said(shown(declared(), now=later(minutes)))


def test_a_persons_own_duties_come_first_and_once() -> None:
    worse = declared(severity=Severity.SEV1, number=1)
    mine = with_role(declared(severity=Severity.SEV3, number=2, commander=BOB), Role.SCRIBE, BOB)
    text = said(shown(worse, mine, duties=(mine,)))
    assert "You are *Incident Commander* and *Scribe* of" in text
    assert text.index("INC-2") < text.index("INC-1")
    assert text.count("INC-2") == 1


def test_an_offer_of_command_is_shown() -> None:
    asked = after(
        declared(commander=ALICE), rules.offer_handoff(declared(commander=ALICE), BOB, by=ALICE, now=NOW)
    )
    assert "You are *asked to take command* of" in said(shown(asked, duties=(asked,)))


def test_a_persons_own_tasks_are_shown_with_a_button_and_their_incident() -> None:
    incident = with_task(with_task(declared(number=7), assignee=BOB, due_at=later(10)), "Not mine")
    view = shown(incident, duties=(incident,))
    text = said(view)
    assert "*Your tasks*\n*T1* Check replica lag\nreminder <!date^" in text
    assert "*INC-7* Checkout is failing · <#C0ROOM>" in text
    assert "Not mine" not in text
    assert "You are" not in text, "a task is no role"
    (done,) = [each for each in objects(view) if each.get("action_id") == TASK_DONE]
    assert json.loads(done["value"]) == {"number": 7, "task": 1, "shown": ""}
    assert TASK_DONE in registry.BUTTONS


def test_tasks_that_do_not_fit_are_counted() -> None:
    incident = declared(number=7)
    for _ in range(TASKS_MAX + 3):
        incident = with_task(incident, assignee=BOB)
    many = [declared(number=number) for number in range(100, 100 + HOME_MAX)]
    view = shown(*many, duties=(incident,))
    fits(view)
    assert said(view).count("Check replica lag") == TASKS_MAX
    assert "and 3 more: `/incident tasks` in their war rooms" in said(view)


def test_incidents_that_do_not_fit_are_counted() -> None:
    many = [declared(number=number) for number in range(1, HOME_MAX + 1)]
    duties = tuple(declared(number=number, commander=BOB) for number in range(1001, 1002 + DUTIES_MAX))
    text = said(shown(*many, total=10_000, duties=duties))
    assert "10000 incidents are open" in text
    assert f"and {10_000 - HOME_MAX} more" in text
    assert text.count("You are") == DUTIES_MAX
    assert text.count("INC-") == HOME_MAX
    assert "more" not in said(shown(*many))


@pytest.mark.parametrize("title", ["&" * TITLE_MAX, "<!channel>" * 15, "決" * TITLE_MAX, "x"])
def test_slack_accepts_it_however_many_incidents_there_are_and_nobody_is_notified(title: str) -> None:
    many = [declared(title, number=number, commander=BOB) for number in range(1, HOME_MAX + 1)]
    for view in (shown(*many, total=10_000), shown(*many, total=10_000, duties=tuple(many)), shown()):
        fits(view)
