"""An actor is a person or a machine."""

import pytest

from bot.core.actor import is_person, machine, own_name


def test_a_machine_is_identified_by_its_name() -> None:
    assert not is_person(machine("Alertmanager"))
    assert own_name(machine(" Alertmanager ")) == "Alertmanager"


def test_a_person_is_not_a_machine() -> None:
    assert is_person("U024BE7LH")
    assert own_name("U024BE7LH") == ""


def test_a_machine_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a name"):
        machine(" ")
