"""An actor is a person or a machine."""

import pytest

from bot.core.actor import can_be_reached, former, is_person, machine, own_name


def test_a_machine_is_identified_by_its_name() -> None:
    assert not is_person(machine("Alertmanager"))
    assert own_name(machine(" Alertmanager ")) == "Alertmanager"


def test_a_person_is_not_a_machine() -> None:
    assert is_person("U024BE7LH")
    assert own_name("U024BE7LH") == ""


def test_a_machine_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a name"):
        machine(" ")


def test_a_pseudonym_was_a_person_whom_nobody_can_reach() -> None:
    gone = former("Former colleague 3")
    assert is_person(gone)
    assert not can_be_reached(gone)
    assert own_name(gone) == "Former colleague 3"
    assert can_be_reached("U024BE7LH")
    assert not can_be_reached(machine("Alertmanager"))
