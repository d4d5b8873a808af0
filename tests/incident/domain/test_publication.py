"""Names become roles, and the redacted form has no people, links, addresses and private notes."""

import json
from typing import Any

import pytest

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.publication.labels import UNKNOWN, labels
from bot.incident.domain.publication.redaction import by_roles, redacted
from bot.incident.domain.publication.scrubbing import names_scrubbed, without_addresses
from bot.incident.domain.publication.shortening import shortened
from bot.incident.domain.vocabulary import Role
from bot.incident.views.drawing import svg
from bot.incident.views.published.document import published_json
from bot.incident.views.published.material import Material, redacted_material
from bot.incident.views.published.web_page import published_page
from tests.incident.domain.drafts import (
    NAMES,
    POLICY,
    ROOM,
    action_item,
    declared,
    drafted,
    note,
    role,
    update,
    usual,
)
from tests.incident.domain.situations import ALICE, BOB, CAROL, DAVE, entries, later


def test_people_are_called_by_their_role_and_by_a_letter_if_others_had_it() -> None:
    called = labels(drafted(*usual()))
    assert called[BOB] == "Incident Commander A"
    assert called[CAROL] == "Incident Commander B"
    assert (called[ALICE], called[DAVE]) == ("Subject-Matter Expert A", "Subject-Matter Expert B")
    assert called["U0NOBODY"] == UNKNOWN
    assert called.get("U0NOBODY") == UNKNOWN
    assert set(called) == {ALICE, BOB, CAROL, DAVE}
    assert len(called) == 4


def test_who_had_no_role_is_a_responder_and_a_role_of_one_has_no_letter() -> None:
    called = labels(drafted(declared(), role(1, Role.SCRIBE, BOB), note(2, f"<@{CAROL}> knows", by=DAVE)))
    assert [called[each] for each in (ALICE, BOB, DAVE, CAROL)] == [
        "Responder A",
        "Scribe",
        "Responder B",
        "Responder C",
    ]


def test_the_first_of_several_roles_counts() -> None:
    called = labels(drafted(declared(), role(1, Role.SCRIBE, BOB), role(2, Role.COMMANDER, BOB)))
    assert called[BOB] == "Incident Commander"


def test_there_are_more_than_twenty_six_responders() -> None:
    called = labels(drafted(declared(), *(note(each, "x", by=f"U0P{each}") for each in range(1, 30))))
    assert called["U0P26"] == "Responder AA"


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("Bob Brown restarts it", "Incident Commander A restarts it"),
        ("ask bob, or BROWN", "ask Incident Commander A, or Incident Commander A"),
        ("@bob please", "Incident Commander A please"),
        ("Bobbing along", "Bobbing along"),
        (f"<@{BOB}|bob> looks", f"<@{BOB}> looks"),
        ("Zoe Zimmer called", "a responder called"),
        ("zoe called", "zoe called"),
        ("see <https://example.com/bob|graph>", "see <https://example.com/bob|graph>"),
    ],
)
def test_names_in_texts_become_roles(typed: str, published: str) -> None:
    names = {**NAMES, "U0ZOE": "Zoe Zimmer", "U0YAN": "zoe"}
    assert names_scrubbed(labels(drafted(*usual())), names)(typed) == published


def test_without_names_nothing_is_replaced() -> None:
    assert names_scrubbed(labels(drafted(declared())), {})("Bob") == "Bob"


@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("see https://example.com/a?b=c now", "see (link removed) now"),
        ("see www.example.com", "see (link removed)"),
        ("<https://example.com|graph>", "(link removed)"),
        ("mail bob.brown+x@mail.example.co.uk", "mail (address removed)"),
        ("<mailto:a@example.com|a>", "(address removed)"),
        ("<tel:+49301234567|us> or +49 30 1234567", "(number removed) or (number removed)"),
        ("in <#C0ROOM|inc-1>", "in (channel)"),
        ("<!subteam^S1|@team> <!here>", "(a group) (a group)"),
        (f"<@{BOB}|bob> and U0123456789", f"<@{BOB}> and a responder"),
        ("at <!date^1700000000^{time}|noon>", "at <!date^1700000000^{time}>"),
        ("UNDERSTANDABLE", "UNDERSTANDABLE"),
    ],
)
def test_links_and_addresses_are_taken_out(typed: str, published: str) -> None:
    assert without_addresses(typed) == published


MARKED = (
    "Zebulon",
    "zebulon@example.com",
    "https://secret.example.com",
    "U0ZEB",
    "overheard elsewhere",
    "struck words",
)


def marked() -> list[facts.Fact]:
    """An incident with what must not be given away in every place that can hold it."""
    said = "<@U0ZEB> Zebulon zebulon@example.com https://secret.example.com/x"
    by: dict[str, Any] = {"at": later(2), "by": "U0ZEB"}
    return [
        declared(title=f"Down {said}", summary=said, source="https://secret.example.com/s"),
        role(1, Role.COMMANDER, "U0ZEB"),
        note(2, said, by="U0ZEB", link="https://secret.example.com/p", channel=ROOM, from_message=True),
        note(3, "overheard elsewhere", channel="C0ELSE", from_message=True),
        note(4, "struck words"),
        facts.EntryStruck(at=later(5), by=BOB, entry=5, why="struck words"),
        note(5, "from an app", app="Zebulon"),
        facts.Parked(**by, number=1, text=said, author="U0ZEB", link="https://secret.example.com/p"),
        facts.Decided(**by, number=1, text=said, risk=said, way_back=said, until=later(9)),
        facts.Objected(**by, number=1, reason=said),
        facts.TaskAdded(**by, number=1, text=said, assignee="U0ZEB", link="https://secret.example.com/p"),
        update(6, said),
        facts.BridgeSet(**by, address="https://secret.example.com/meet"),
        note(-20, f"before anybody knew: {said}", by="U0ZEB", link="https://secret.example.com/p"),
        facts.PostmortemOwnerChosen(**by, person="U0ZEB"),
        *(
            facts.PostmortemSectionWritten(**by, section=each, text=said, version=1)
            for each in PostmortemSection
        ),
        facts.PostmortemChangesWanted(**by, text=said),
    ]


def test_a_marked_person_link_address_and_note_are_in_no_form() -> None:
    templates = Templates(shipped("templates"))
    other = entries(declared(number=7, title="Zebulon"), note(1, "Zebulon overheard", by="U0ZEB"))
    said = "Zebulon <mailto:zebulon@example.com>"
    item = action_item(title=said, outcome=said, owner="Zebulon Zorn", link="https://secret.example.com/p")
    draft = drafted(*marked(), duplicates=[(7, other)], action_items=[item, action_item(owner="Zeb")])
    whole = Material(draft, {"U0ZEB": "Zebulon Zorn"})
    found = redacted_material(draft, {"U0ZEB": "Zebulon Zorn", BOB: "Bob"}, POLICY, ROOM)
    forms = [
        found.markdown(templates),
        published_page(found, templates),
        published_json(found),
        svg.on_its_own(found.sheet()),
    ]
    for mark in MARKED[:5]:
        assert mark.lower() in whole.markdown(templates).lower() or mark == "U0ZEB"
    for form in forms:
        assert [mark for mark in MARKED if mark.lower() in form.lower()] == []
        assert "Incident Commander" in form
        assert "secret" not in form
    assert json.loads(forms[2])["redacted"] is True


def test_a_first_sign_that_is_private_is_in_no_redacted_form() -> None:
    sign = note(-20, "overheard elsewhere", channel="C0ELSE", from_message=True)
    draft = drafted(declared(), sign)
    assert draft.detection.first_sign
    assert redacted(draft, NAMES, ROOM)[0].detection.first_sign is None
    assert by_roles(draft, NAMES)[0].detection.first_sign


def test_the_redacted_form_of_a_private_incident_has_no_notes_and_no_parked_thoughts() -> None:
    parked = facts.Parked(at=later(2), by=BOB, number=1, text="DNS?", author=BOB)
    happened: list[facts.Fact] = [
        declared(private=True),
        note(1, "Only for us"),
        parked,
        update(3, "Half fail"),
    ]
    draft, _ = redacted(drafted(*happened), NAMES, ROOM)
    assert draft.parked == []
    assert [type(entry.fact).__name__ for entry in draft.timeline] == ["Declared", "UpdatePosted"]


def test_with_roles_instead_of_names_links_and_notes_stay() -> None:
    happened: list[facts.Fact] = [declared(), note(1, "Bob saw it", link="https://example.com/p")]
    draft, called = by_roles(drafted(*happened), NAMES)
    assert isinstance(draft.timeline[1].fact, facts.Noted)
    assert draft.timeline[1].fact.text == "Responder B saw it"
    assert draft.timeline[1].fact.link == "https://example.com/p"
    assert called[BOB] == "Responder B"


def test_the_owner_of_an_action_item_is_called_by_a_role_or_is_a_responder() -> None:
    items = [action_item(), action_item(owner="bobby"), action_item(owner="")]
    draft, _ = by_roles(drafted(*usual(), action_items=items), NAMES)
    assert [each.owner for each in draft.action_items] == ["Incident Commander A", UNKNOWN, ""]


def test_a_short_timeline_is_not_shortened() -> None:
    draft = drafted(*usual())
    assert shortened(draft, 100) == (draft, 0)


def test_a_shorter_timeline_keeps_changes_rather_than_notes() -> None:
    notes = [note(each, "x") for each in range(1, 41)]
    other = entries(declared(number=7), note(3, "Also here"))
    draft = drafted(*usual(), *notes, duplicates=[(7, other)])
    shorter, left_out = shortened(draft, 30)
    assert len(shorter.merged_timeline) == 30
    assert left_out == len(draft.merged_timeline) - 30
    kinds = [type(entry.fact).__name__ for entry in shorter.timeline]
    assert kinds.count("SeverityChanged") == 2
    few, _ = shortened(draft, 10)
    assert sum(type(entry.fact).__name__ != "Noted" for _, entry in few.merged_timeline) == 6
