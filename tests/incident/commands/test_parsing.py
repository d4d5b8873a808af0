"""Parsing what was typed after `/incident`."""

import pytest

from bot.incident.commands import parsing, registry
from bot.incident.commands.parsing import IntendedIncident, LeadingReference

registry.discover()

WORDS = registry.COMMANDS


@pytest.mark.parametrize(
    ("typed", "word", "text"),
    [
        ("note Errors began", "note", "Errors began"),
        ("NOTE\nErrors began\nand ended ", "note", "Errors began\nand ended"),
        ("new payments are down", "declare", "payments are down"),
        ("report sev1 payments are down", "declare", "sev1 payments are down"),
        ("fixed by a rollback", "resolve", "by a rollback"),
        ("scribe @bob", "assign", "scribe @bob"),
        ("ic", "assign", "commander"),
        ("take", "assign", "me"),
        ("sev1 everybody is hit", "severity", "sev1 everybody is hit"),
        ("mitigated", "status", "mitigated"),
        ("history", "timeline", ""),
        ("resolve: rolled back", "resolve", "rolled back"),
        ("Fixed, rolled back", "resolve", "rolled back"),
    ],
)
def test_a_word_is_found_by_its_synonyms_and_the_text_is_kept(typed: str, word: str, text: str) -> None:
    read = parsing.parse(typed)
    assert read.command is not None
    assert (read.command.name, read.text) == (word, text)


def test_a_synonym_is_told_apart_from_the_word_itself() -> None:
    assert parsing.parse("Close it").synonym == "Close"
    assert parsing.parse("Close: it").synonym == "Close"
    assert parsing.parse("Resolve: it").synonym == ""
    assert parsing.parse("Resolve it").synonym == ""


@pytest.mark.parametrize(
    "typed", ["payments are down", "escalate", "payments: down", ":", "1 of 3 regions is down"]
)
def test_an_unknown_word_is_not_a_word(typed: str) -> None:
    assert parsing.parse(typed).command is None


def test_empty_text_has_no_word() -> None:
    assert parsing.parse("  ").name == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("INC-2 is slow", LeadingReference(2, "is slow", marked=False)),
        ("inc-2: is slow", LeadingReference(2, "is slow", marked=True)),
        ("INC-2 : is slow", LeadingReference(2, "is slow", marked=True)),
        ("INC-2", LeadingReference(2, "", marked=False)),
        ("INC-2\nis slow", LeadingReference(2, "is slow", marked=False)),
        ("INC-2nd try", None),
        ("INCIDENT-2 is slow", None),
        ("see INC-2", None),
        ("", None),
    ],
)
def test_a_text_may_begin_with_an_incident_reference(text: str, named: LeadingReference | None) -> None:
    assert parsing.leading_reference(text) == named


@pytest.mark.parametrize(
    ("word", "text", "meant"),
    [
        ("note", "INC-2 is alike", IntendedIncident.HERE),
        ("update", "INC-2 is alike", IntendedIncident.HERE),
        ("resolve", "INC-2 is over", IntendedIncident.UNCLEAR),
        ("reopen", "INC-2 is back", IntendedIncident.UNCLEAR),
        ("resolve", "INC-2: over", IntendedIncident.THERE),
        ("note", "INC-2: errors", IntendedIncident.THERE),
        ("severity", "INC-2 sev1", IntendedIncident.THERE),
        ("timeline", "INC-2", IntendedIncident.THERE),
    ],
)
def test_in_another_room_only_an_unmistakable_reference_counts(
    word: str, text: str, meant: IntendedIncident
) -> None:
    name = parsing.leading_reference(text)
    assert name is not None
    assert parsing.intended_incident(WORDS[word], name) is meant


def test_a_suggested_command_means_the_incident_that_it_names() -> None:
    offered = parsing.command_text(WORDS["note"], 2, "errors began")
    assert offered == "/incident note INC-2: errors began"
    assert parsing.command_text(WORDS["timeline"], 2, "") == "/incident timeline INC-2"
    read = parsing.leading_reference(parsing.parse(offered.removeprefix("/incident ")).text)
    assert read == LeadingReference(2, "errors began", marked=True)


def test_no_synonym_is_also_a_word() -> None:
    assert not set(registry.SYNONYMS) & set(WORDS)
