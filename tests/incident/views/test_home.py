"""The Home tab: what a person owes and has to do first, then the open incidents, and always a button to declare."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import policy_file
from bot.core.blocks import View
from bot.incident.commands import registry
from bot.incident.domain import rules
from bot.incident.domain.home import PAGE_SIZE, last_page, wanted_of
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.rules import TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.views.home import (
    DUTIES_MAX,
    EARLIER,
    LATER,
    PROBLEMS_MAX,
    PROMISES_MAX,
    RECENT_MAX,
    REFRESH,
    SHOW,
    TASK_DONE,
    TASKS_MAX,
    Tab,
    home,
)
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    resolved,
    with_role,
    with_task,
)
from tests.incident.views.limits import fits
from tests.incident.views.reading import objects, said

POLICY = policy_file.load()
EVERYTHING = Listing()

registry.discover()

EMPTY = Tab(
    person=BOB,
    listed=Shortlist(),
    wanted=EVERYTHING,
    duties=(),
    recent=(),
    unreadable=(),
    problems=(),
    policy=POLICY,
    now=NOW,
)


def listed(incidents: Sequence[Incident]) -> list[ListedIncident]:
    return [ListedIncident(each, "C0ROOM") for each in incidents]


def shown(
    *incidents: Incident,
    total: int = 0,
    duties: tuple[Incident, ...] = (),
    recent: tuple[Incident, ...] = (),
    unreadable: Sequence[int] = (),
    problems: Sequence[tuple[str, str]] = (),
    wanted: Listing = EVERYTHING,
    now: datetime = NOW,
) -> View:
    """Bob's Home tab."""
    return home(
        replace(
            EMPTY,
            listed=Shortlist(listed(incidents), total or len(incidents)),
            wanted=wanted,
            duties=listed(duties),
            recent=listed(recent),
            unreadable=unreadable,
            problems=problems,
            now=now,
        )
    )


def pressed(view: View) -> dict[str, str]:
    """The values of the buttons by action."""
    return {each["action_id"]: each["value"] for each in objects(view) if each.get("type") == "button"}


def test_without_open_incidents_it_says_so_and_how_to_declare_practise_and_learn() -> None:
    text = said(shown())
    assert text.startswith("No incident is open\n:sunny: All is quiet.")
    assert "Declare an incident" in text
    assert "/incident help" in text
    assert "warroom practice" in text
    assert "Open incidents" not in text


def test_every_button_on_it_has_a_handler() -> None:
    mine = with_task(declared(commander=BOB), assignee=BOB)
    view = shown(*[mine] * PAGE_SIZE, total=100, duties=(mine,), recent=(resolved(),), wanted=Listing(page=1))
    of_the_tab = {REFRESH, EARLIER, LATER, TASK_DONE}
    assert set(pressed(view)) == of_the_tab | {"declare", "update", "postmortem"}
    assert set(pressed(view)) - {REFRESH, EARLIER, LATER} <= set(registry.BUTTONS)


def test_an_incident_is_shown_with_its_room_state_commander_and_next_update() -> None:
    text = said(shown(declared(commander=CAROL)))
    assert "*INC-42* Checkout is failing · <#C0ROOM>" in text
    assert f"SEV1 · triage · IC <@{CAROL}> · next update by <!date^" in text
    assert "1 incident is open" in text
    assert "All is quiet" not in text


def test_an_incident_without_a_war_room_and_without_a_commander_is_shown() -> None:
    tab = replace(EMPTY, listed=Shortlist([ListedIncident(declared(), None)], 1))
    assert "no commander yet" in said(home(tab))
    assert "<#" not in said(home(tab))


def test_an_incident_that_cannot_be_read_is_named_and_the_others_are_shown() -> None:
    text = said(shown(declared(), total=2, unreadable=[7]))
    assert "INC-7 cannot be read. Whoever runs the bot finds out why with `warroom doctor`." in text
    assert "*INC-42* Checkout is failing" in text
    alone = said(home(replace(EMPTY, listed=Shortlist((), 1, [7]), unreadable=[7])))
    assert "INC-7 cannot be read" in alone
    assert "All is quiet" not in alone
    assert "No open incident is like that" not in alone


@pytest.mark.parametrize(("minutes", "told"), [(14, "next update by"), (15, "update overdue since")])
def test_a_late_update_is_shown_as_overdue(minutes: int, told: str) -> None:
    assert told in said(shown(declared(), now=later(minutes)))


def test_the_updates_that_a_person_owes_come_first_and_the_overdue_ones_before_the_others() -> None:
    slow = declared(severity=Severity.SEV3, number=1, commander=BOB)
    late = with_role(declared(severity=Severity.SEV1, number=2, commander=ALICE), Role.DEPUTY, BOB)
    helper = with_role(declared(number=3, commander=ALICE), Role.SCRIBE, BOB)
    view = shown(slow, late, helper, duties=(slow, late, helper), now=later(20))
    text = said(view)
    owed, _, rest = text.partition("*Your roles*")
    assert owed.index("You are *Deputy* of *INC-2*") < owed.index("You are *Incident Commander* of *INC-1*")
    assert "*update overdue since <!date^" in owed[: owed.index("INC-1")]
    assert "INC-3" not in owed
    assert "You are *Scribe* of *INC-3*" in rest
    assert text.count("Post update") == 2
    assert [each["value"] for each in objects(view) if each.get("action_id") == "update"] == ["2", "1"]


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


def test_an_overdue_task_is_marked_and_comes_first() -> None:
    without = with_task(declared(number=7), "Whenever", assignee=BOB)
    late = with_task(declared(number=8), "Now", assignee=BOB, due_at=later(10))
    text = said(shown(without, late, duties=(without, late), now=later(10)))
    assert "*T1* Now\n*overdue since <!date^" in text
    assert text.index("*T1* Now") < text.index("*T1* Whenever")


def test_what_does_not_fit_is_counted() -> None:
    incident = declared(number=7)
    for _ in range(TASKS_MAX + 3):
        incident = with_task(incident, assignee=BOB)
    commanded = tuple(declared(number=each, commander=BOB) for each in range(100, 100 + PROMISES_MAX + 2))
    view = shown(*commanded, duties=(incident, *commanded))
    fits(view)
    assert said(view).count("Check replica lag") == TASKS_MAX
    assert "and 3 more: `/incident tasks` in their war rooms" in said(view)
    assert said(view).count("Post update") == PROMISES_MAX
    assert "and 2 more" in said(view)


def test_roles_that_do_not_fit_are_counted() -> None:
    title = "&" * TITLE_MAX
    held = tuple(
        with_role(declared(title, number=each, commander=ALICE), Role.SCRIBE, BOB) for each in range(1, 31)
    )
    text = said(shown(duties=held))
    assert f"and {30 - text.count('You are')} more" in text
    assert 5 < text.count("You are") < 30


def test_the_first_page_leads_to_the_next_and_the_last_to_the_one_before() -> None:
    page = [declared(number=number) for number in range(1, PAGE_SIZE + 1)]
    first = shown(*page, total=45)
    assert "1 to 20 of 45" in said(first)
    assert EARLIER not in pressed(first)
    assert wanted_of(json.loads(pressed(first)[LATER])) == Listing(page=1)
    last = shown(*page[:5], total=45, wanted=Listing(page=2))
    assert "41 to 45 of 45" in said(last)
    assert LATER not in pressed(last)
    assert wanted_of(json.loads(pressed(last)[EARLIER])) == Listing(page=1)
    alone = shown(*page)
    assert {EARLIER, LATER}.isdisjoint(pressed(alone))
    assert "1 to 20" not in said(alone)


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        (Listing(), "All"),
        (Listing(Which.MINE), "Mine"),
        (Listing(severity=Severity.SEV2), "SEV2"),
    ],
)
def test_the_choice_is_kept_by_the_tab_and_by_its_pages(wanted: Listing, label: str) -> None:
    view = shown(*[declared()] * PAGE_SIZE, total=50, wanted=replace(wanted, page=1))
    (menu,) = [each for each in objects(view) if each.get("action_id") == SHOW]
    assert menu["initial_option"]["text"]["text"] == label
    assert wanted_of(json.loads(view["private_metadata"])) == replace(wanted, page=1)
    assert wanted_of(json.loads(pressed(view)[LATER])) == replace(wanted, page=2)


def test_a_choice_that_nothing_matches_says_so_and_can_be_changed() -> None:
    view = shown(wanted=Listing(severity=Severity.SEV4))
    assert "No open incident is like that. Choose *All* above" in said(view)
    assert [each for each in objects(view) if each.get("action_id") == SHOW]
    assert "All is quiet" not in said(view)


@pytest.mark.parametrize(("total", "last"), [(0, 0), (1, 0), (20, 0), (21, 1), (1000, 49)])
def test_the_last_page_is_never_empty(total: int, last: int) -> None:
    assert last_page(total) == last


@pytest.mark.parametrize(
    "forged",
    [{}, {"show": "sev9"}, {"show": ["all"]}, {"page": -1}, {"page": "x"}, {"page": 10**9}, {"page": None}],
)
def test_a_forged_tab_shows_all_from_the_beginning(forged: dict[str, object]) -> None:
    assert wanted_of(forged) == Listing()


def test_what_was_closed_lately_is_shown_with_its_draft() -> None:
    over = resolved()
    alarm = after(declared(number=8), rules.cancel(declared(number=8), reason="a test", by=BOB, now=NOW))
    assert alarm.status is Status.CANCELLED
    view = shown(recent=(over, alarm, *[over] * RECENT_MAX))
    text = said(view)
    assert "*Closed in the last days*\n:white_check_mark: *INC-42*" in text
    assert text.count("Postmortem draft") == RECENT_MAX - 1, "nobody owes a review of a false alarm"
    assert pressed(view)["postmortem"] == "42"
    assert "Closed in the last days" not in said(shown())


def test_an_administrator_is_told_what_is_not_shown_and_what_to_do() -> None:
    problem = ("INC-7: I could not pin the card: missing_scope.", "An admin needs to reinstall the app.")
    text = said(shown(problems=[problem] * (PROBLEMS_MAX + 2)))
    assert "For administrators" in text
    assert text.count("• INC-7: I could not pin the card: missing_scope.") == PROBLEMS_MAX
    assert "An admin needs to reinstall the app." in text
    assert "and 2 more: `warroom doctor` lists all" in text
    assert "For administrators" not in said(shown())


@pytest.mark.parametrize("title", ["&" * TITLE_MAX, "<!channel>" * 15, "決" * TITLE_MAX, "x"])
def test_slack_accepts_it_however_much_there_is_and_nobody_is_notified(title: str) -> None:
    open_ones = [declared(title, number=number, commander=BOB) for number in range(1, PAGE_SIZE + 1)]
    helping = tuple(
        with_task(
            with_role(declared(title, number=100 + each, commander=ALICE), Role.SCRIBE, BOB), assignee=BOB
        )
        for each in range(DUTIES_MAX)
    )
    over = after(declared(title), rules.resolve(declared(title), by=BOB, now=later(5)))
    problems = [(title * 5, title * 5)] * 100
    for duties in ((), helping, tuple(open_ones), (*open_ones, *helping)):
        full = shown(
            *open_ones,
            total=10_000,
            duties=duties,
            recent=(over,) * 50,
            problems=problems,
            wanted=Listing(page=7),
            now=NOW + timedelta(hours=3),
        )
        fits(full)
    fits(shown())
