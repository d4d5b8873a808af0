"""What each command, button, form and shortcut needs."""

import pytest

from bot.incident.commands.registry import BUTTONS, COMMANDS, FORMS, SHORTCUTS, Action
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Role
from bot.incident.views.choices import CHOSEN
from tests.incident.commands.factory import request
from tests.incident.domain.situations import ALICE, CAROL, declared, with_role, with_task

WORDS = {name: command.action for name, command in COMMANDS.items()}
EVERY: dict[str, Action] = {
    **{f"/incident {name}": action for name, action in WORDS.items()},
    **{f"button {name}": action for name, action in BUTTONS.items()},
    **{f"form {name}": action for name, action in FORMS.items()},
    **{f"shortcut {name}": action for name, action in SHORTCUTS.items()},
}
TASKED = with_task(with_task(assignee=CAROL), "Another one", assignee=ALICE)  # T1 is Carol's, T2 is Alice's
CHANGE, OWN = Capability.CHANGE, Capability.OWN


@pytest.mark.parametrize("name", EVERY)
def test_each_needs_exactly_one_capability_that_people_have_by_what_they_do(name: str) -> None:
    assert isinstance(EVERY[name].may, Capability)
    assert EVERY[name].may not in (Capability.SEE_PRIVATE, Capability.ADMINISTER)


def test_no_form_and_no_shortcut_is_called_a_look() -> None:
    assert not any(action.may is Capability.READ for action in [*FORMS.values(), *SHORTCUTS.values()])


@pytest.mark.parametrize(
    ("typed", "needed"),
    [
        ("status mitigated", CHANGE),
        ("status resolved", Capability.RESOLVE),
        ("status REVIEWED", Capability.CLOSE),
        ("status nonsense", CHANGE),
        ("timeline", Capability.READ),
        ("timeline fix 3 better", CHANGE),
        ("unassign me scribe", OWN),
        (f"unassign <@{CAROL}>", OWN),
        (f"unassign <@{ALICE}> scribe", Capability.COMMAND),
        ("unassign somebody", Capability.COMMAND),
        ("task done 1", OWN),
        ("task done", OWN),
        ("task undo 1", OWN),
        ("task done 2", CHANGE),
        ("task drop 1", CHANGE),
        ("task look again", CHANGE),
    ],
)
def test_a_command_needs_what_the_same_act_needs_elsewhere(typed: str, needed: Capability) -> None:
    word, _, text = typed.partition(" ")
    incident = with_role(TASKED, Role.SCRIBE, CAROL)
    assert WORDS[word].needed(request(text, incident=incident)) == (needed,)
    carried = request(text, incident=incident, metadata={"word": word})
    assert tuple(BUTTONS[CHOSEN].needed(carried)) == (needed,)


@pytest.mark.parametrize(("number", "needed"), [(1, OWN), (2, CHANGE), (9, CHANGE), ("x", CHANGE)])
@pytest.mark.parametrize(
    "name", ["task_done", "task_undo", "mine_task_done", "mine_task_undo", "home_task_done"]
)
def test_everybody_may_finish_their_own_tasks(name: str, number: object, needed: Capability) -> None:
    pressed = request(incident=TASKED, metadata={"task": number})
    assert BUTTONS[name].needed(pressed) == (needed,)


def test_the_form_of_the_status_needs_what_the_chosen_status_needs() -> None:
    chosen = request(incident=declared(), fields={"status": "resolved"})
    assert FORMS["status"].needed(chosen) == (Capability.RESOLVE,)


@pytest.mark.parametrize("form", ["declare", "adopt"])
def test_whoever_names_a_commander_in_a_declaration_must_be_allowed_to_give_command(form: str) -> None:
    assert FORMS[form].needed(request(fields={"title": "x"})) == (Capability.DECLARE,)
    named = request(fields={"commander": ALICE})
    assert FORMS[form].needed(named) == (Capability.DECLARE, Capability.COMMAND)


def test_a_carried_on_shortcut_needs_what_the_shortcut_needs_and_an_unknown_act_does_nothing() -> None:
    marked = request(incident=declared(), metadata={"mark": ["C1", "1.0"], "shortcut": "make_task"})
    assert tuple(BUTTONS[CHOSEN].needed(marked)) == (CHANGE,)
    unknown = request(incident=declared(), metadata={"word": "xyzzy"})
    assert tuple(BUTTONS[CHOSEN].needed(unknown)) == (Capability.READ,)
