"""The drawing as SVG and PNG: everything is there, nothing overlaps, and nothing that was typed becomes markup."""

import re
import struct
from itertools import pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from bot.core.png.render import png
from bot.incident.domain import facts
from bot.incident.domain.drawing.contents import contents
from bot.incident.domain.vocabulary import Role, RoleEndReason, Severity, Status
from bot.incident.views.drawing import svg
from bot.incident.views.drawing.colours import DARK, LIGHT, PAIRS
from bot.incident.views.drawing.measure import fitted, width
from bot.incident.views.drawing.sheet import Sheet, sheet, short
from bot.incident.views.drawing.summary import heading, in_one_sentence, tables
from tests.incident.domain.drafts import NAMES, declared, drafted, note, role, status, update, usual
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, later, minutes
from tests.sandbox.page.test_contrast import contrast
from tests.seen_pixels import ink, pixels

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script> & "x" <!-- ]]> \x00\x0b\ud800 {{ 7 * 7 }} \u202e'


def of(*happened: facts.Fact, zone: str = "Europe/Berlin") -> Sheet:
    return sheet(contents(drafted(*happened)), NAMES, ZoneInfo(zone), zone)


def root(*happened: facts.Fact) -> ET.Element:
    return parsed(svg.on_its_own(of(*happened)))


def parsed(written: str) -> ET.Element:
    return ET.fromstring(written)  # noqa: S314  # our own


def texts(drawing: ET.Element) -> list[str]:
    return [each.text or "" for each in drawing.iter(f"{SVG}text")]


def long() -> list[facts.Fact]:
    """Five days of work by day, with silent nights."""
    by_day = [
        note(day * 1440 + each, f"Note {each} of day {day}") for day in range(5) for each in (5, 25, 45, 70)
    ]
    return [declared(), role(1, Role.COMMANDER, BOB), *by_day, status(7000, Status.TRIAGE, Status.RESOLVED)]


def test_a_drawing_has_its_title_description_and_role() -> None:
    drawing = root(*usual())
    assert drawing.get("role") == "img"
    title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert drawing.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Timeline of INC-42"
    assert "3 updates due, 1 late and 1 missed" in (description.text or "")


def test_everything_is_drawn_with_its_words() -> None:
    said = texts(root(*usual()))
    for words in (
        "SEV2",
        "SEV1",
        "SEV3",
        "triage",
        "mitigating",
        "mitigated",
        "Bob Brown",
        "Carol Chen",
        "Dave Dunn",
    ):
        assert words in said
    for words in (
        "Errors rose",
        "Errors fell",
        "Decision 1",
        "Started 14:50",
        "Resolved 16:39",
        "1 of 3 in time",
    ):
        assert any(words.replace("Decision 1", "Decision D1: Roll back") in each for each in said), words
    assert "Strong objection to decision D1: It loses orders" in said
    assert "INC-42 Checkout <fails> & burns" in said
    assert {"update in time", "update missed", "note", "decision"} <= set(said)


def test_times_are_in_the_zone_which_is_named() -> None:
    assert "Europe/Berlin" in texts(root(*usual()))
    tokyo = parsed(svg.on_its_own(of(*usual(), zone="Asia/Tokyo")))
    assert "Started 22:50" in texts(tokyo)


def test_the_heading_says_the_worst_severity_and_how_long() -> None:
    assert heading(of(*usual())) == (
        "INC-42  Checkout <fails> & burns",
        "SEV1  ·  resolved  ·  2026-11-23 14:50 \u2013 16:39 (Europe/Berlin)  ·  1 h 49 min",
    )
    assert "\u2013 now (Europe/Berlin)" in heading(of(declared()))[1]
    assert "\u2013 2026-11-28 11:40" in heading(of(*long()))[1]


def test_long_silences_are_marked_with_their_length() -> None:
    said = texts(root(*long()))
    assert said.count("23 h") >= 3
    assert any(each.startswith("silence, drawn shorter (the longest: 22 h 55 min") for each in said)
    assert "Mitigated, resolved Sat 28 Nov 11:40" in said


def test_no_two_texts_of_a_row_overlap() -> None:
    for happened in (usual(), long()):
        placed = [
            (each.get("y"), _left(each), _left(each) + width(each.text or "", 12), each.text)
            for each in root(*happened).iter(f"{SVG}text")
            if each.get("class") in ("words", "milestone")
        ]
        placed.sort(key=lambda each: (each[0] or "", each[1]))
        for (y, _, right, text), (other, left, _, said) in pairwise(placed):
            assert y != other or right <= left, (text, said)


def _left(text: ET.Element) -> float:
    x = float(text.get("x") or 0)
    return x - width(text.text or "", 12) if text.get("text-anchor") == "end" else x


def test_everything_stays_on_the_sheet() -> None:
    drawing = root(*long())
    wide = float((drawing.get("viewBox") or "").split()[2])
    ends = [
        _left(each) + width(each.text or "", 12)
        for each in drawing.iter(f"{SVG}text")
        if each.get("text-anchor") == "start"
    ]
    assert max(ends) <= wide


def test_a_name_that_does_not_fit_into_its_bar_stands_after_it() -> None:
    ended = facts.RolesEnded(
        at=later(3), by=ALICE, person=BOB, roles=(Role.SCRIBE,), why=RoleEndReason.UNASSIGNED
    )
    drawing = root(declared(), role(1, Role.SCRIBE, BOB), ended, note(300, "x"))
    (beside,) = [each for each in drawing.iter(f"{SVG}text") if each.get("class") == "beside"]
    assert beside.text == "Bob Brown"


def test_what_was_typed_never_becomes_markup() -> None:
    happened: list[facts.Fact] = [
        declared(title=HOSTILE, number=1),
        note(1, HOSTILE),
        facts.Decided(at=later(2), by=BOB, number=1, text=HOSTILE, until=later(9)),
    ]
    names = {ALICE: HOSTILE, BOB: HOSTILE}
    happened.append(role(1, Role.SCRIBE, BOB))
    made = sheet(contents(drafted(*happened)), names, ZoneInfo("UTC"), "UTC")
    for written in (svg.on_page(made), svg.on_its_own(made)):
        tags = {each.tag.removeprefix(SVG) for each in parsed(written).iter()}
        assert tags <= {"svg", "g", "title", "desc", "style", "rect", "line", "text", "circle", "path"}
        assert "<script" not in written
        assert png(written)


def test_milestones_close_together_share_a_label() -> None:
    notes = [note(each, "x") for each in range(30, 601, 30)]
    said = texts(root(declared(), role(1, Role.COMMANDER, BOB), *notes))
    assert "Declared 15:00, acknowledged 15:01" in said
    at_once = texts(root(declared(), role(0, Role.COMMANDER, BOB), *notes))
    assert "Declared, acknowledged 15:00" in at_once


def test_what_is_left_out_is_said() -> None:
    notes = [note(each, f"Note {each}") for each in range(1, 150)]
    assert "49 more entries and changes lie too close to others to be drawn." in texts(
        root(declared(), *notes)
    )
    notes = notes[:101]
    assert "1 more entry or change lies too close to others to be drawn." in texts(root(declared(), *notes))


def test_a_bar_without_room_has_its_words_only_as_its_title() -> None:
    raised = facts.SeverityChanged(at=later(300), by=BOB, old=Severity.SEV2, new=Severity.SEV1)
    lowered = facts.SeverityChanged(at=later(301), by=BOB, old=Severity.SEV1, new=Severity.SEV2)
    notes = [note(each, "x") for each in range(30, 601, 30)]
    drawing = root(declared(), raised, lowered, *notes)
    assert not any(each.startswith("SEV1") for each in texts(drawing)[2:])
    assert any((each.text or "").startswith("SEV1, Mon 23 Nov 20:00") for each in drawing.iter(f"{SVG}title"))


def test_an_axis_of_months_has_days() -> None:
    said = texts(root(declared(), *(note(each * 1440, "x") for each in range(20, 400, 20))))
    assert sum(bool(re.fullmatch(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2}", each)) for each in said) > 3
    assert not any(re.fullmatch(r"\d\d:\d\d", each) for each in said)


def test_an_incident_without_anything_is_drawn() -> None:
    said = texts(root(declared()))
    assert "none due" in said
    assert "note" not in said


def test_the_picture_shows_its_labels_and_slack_shows_it() -> None:
    picture = png(svg.on_its_own(of(*usual())))
    assert len(picture) < 1_000_000
    wide, high = struct.unpack(">II", picture[16:24])
    assert wide == 2400
    assert high < 3000
    drawing, small = root(*usual()), pixels(png(svg.on_its_own(of(*usual())), zoom=0.5))
    labels = [
        each for each in drawing.iter(f"{SVG}text") if each.get("class") in ("words", "name", "heading")
    ]
    assert len(labels) > 8
    for each in labels[:6]:
        x, y = int(_left(each) / 2), int(float(each.get("y") or 0) / 2)
        assert ink(small, x, y - 5, x + 15, y) > 5, each.text


def test_the_tables_say_what_is_drawn() -> None:
    said = {table.caption: list(map(tuple, table.rows)) for table in tables(of(*usual()))}
    assert said["Severity"][0] == ("SEV2", "Mon 23 Nov 15:00", "Mon 23 Nov 15:05")
    assert ("Incident Commander", "Bob Brown", "Mon 23 Nov 15:01", "Mon 23 Nov 15:20") in said["Roles"]
    assert [row[2] for row in said["Updates"]] == ["in time", "late by 4 min", "missed"]
    assert said["Notes and decisions"][0] == ("Mon 23 Nov 15:04", "Errors rose")
    assert "Notes and decisions" not in {table.caption for table in tables(of(declared()))}
    assert "no severity" not in in_one_sentence(of(*usual()))


def test_an_incident_that_was_over_at_once_has_no_severity_in_the_drawing() -> None:
    over = facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.RESOLVED)
    assert "no severity" in in_one_sentence(of(declared(severity=Severity.SEV3), over))
    assert heading(of(declared(severity=Severity.SEV3), over))[1].startswith("SEV3")


def test_lengths_are_written_in_their_largest_unit() -> None:
    assert [short(minutes(each)) for each in (59 * 60, 90 * 60, 95, 20)] == ["2 d", "4 d", "2 h", "20 min"]


def test_a_text_is_cut_where_it_does_not_fit() -> None:
    assert fitted("Checkout", 1000, 12) == "Checkout"
    cut = fitted("Checkout is failing", 60, 12)
    assert cut.endswith("…")
    assert width(cut, 12) <= 60
    assert fitted("Checkout", 12, 12) == ""
    assert width("決", 10) == 10
    assert width("Ж", 10) == pytest.approx(6.8)
    assert width("x", 10, bold=True) > width("x", 10)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_have_enough_contrast(colours: dict[str, str]) -> None:
    wrong = [(ink, ground) for ink, ground, least in PAIRS if contrast(colours[ink], colours[ground]) < least]
    assert wrong == []
    assert colours.keys() == LIGHT.keys()


def test_an_update_in_time_late_and_missed_differ_in_shape() -> None:
    kinds = {
        each.get("class"): each.tag.removeprefix(SVG) for each in root(*usual()).iter() if each.get("class")
    }
    assert (kinds["kept"], kinds["late"], kinds["missed"]) == ("circle", "path", "path")
    assert "late-wait" in kinds
    assert CAROL in NAMES
    assert update(1).by == BOB
