"""`/incident postmortem edit`: the sections."""

import json
from collections.abc import Mapping
from dataclasses import replace

from bot.core.blocks import View
from bot.core.decision import Refused
from bot.incident.commands import registry
from bot.incident.commands.request import ChangeIncident, KeepDraft, OpenForm
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection, draft_name
from bot.incident.domain.timeline import Entry
from tests.incident.commands.factory import change, form, press, refusal, request, say
from tests.incident.domain.postmortems import SUMMARY, in_review, over, written
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared
from tests.incident.views.reading import fields, initial, objects, said

OVER = over()
WRITTEN = written(OVER, "Half failed")  # by Bob


def opened(incident: Incident, typed: Mapping[str, str] | None = None) -> View:
    kept = {draft_name(SUMMARY): typed} if typed else {}
    asked = replace(request(incident=incident), typed=kept)
    return form(registry.BUTTONS["postmortem_edit_summary"].handle(asked))


def sent(view: View, text: str, incident: Incident, callback: str = "postmortem_section") -> ChangeIncident:
    """The form is submitted with this text."""
    (name,) = fields(view)
    given = {name: text} if text else {}
    about = json.loads(view["private_metadata"])
    outcome = registry.FORMS[callback].handle(request(incident=incident, fields=given, metadata=about))
    assert isinstance(outcome, ChangeIncident), outcome
    return outcome


def test_all_sections_are_shown_with_who_wrote_them() -> None:
    view = form(say("postmortem edit", WRITTEN))
    text = said(view)
    assert "*Summary*\nHalf failed\n" in text
    assert f"<@{BOB}> · version 1" in text
    assert "There is never just one" in text
    labels = [each["text"]["text"] for each in objects(view) if each.get("type") == "button"]
    assert labels == ["Edit", *["Write"] * 7]
    assert "submit" not in view


def test_a_section_opens_by_its_name_with_its_present_text() -> None:
    view = form(say("postmortem edit What went well", OVER))
    assert "What helped, so that we keep it?" in said(view)
    assert initial(opened(WRITTEN), "summary_1") == "Half failed"
    assert "At most 3000 characters" in said(opened(WRITTEN))
    assert "contributing factors" in refusal(say("postmortem edit poetry", OVER)).message


def test_what_is_sent_is_saved_and_the_overview_says_so() -> None:
    outcome = sent(opened(WRITTEN), "Less than half", WRITTEN)
    happened = change(outcome, WRITTEN)
    assert happened == facts.PostmortemSectionWritten(
        at=NOW, by=CAROL, section=SUMMARY, text="Less than half", version=2
    )
    assert outcome.next_page
    assert "“Summary” is saved" in said(outcome.next_page(after(WRITTEN, (happened,))))
    emptied = change(sent(opened(WRITTEN), "", WRITTEN), WRITTEN)
    assert isinstance(emptied, facts.PostmortemSectionWritten)
    assert emptied.text == ""


def test_each_section_and_version_has_a_field_of_its_own_so_that_no_form_repeats_another() -> None:
    assert list(fields(opened(OVER))) == ["summary_0"]
    assert list(fields(opened(WRITTEN))) == ["summary_1"]


def test_what_is_typed_is_kept_for_its_section() -> None:
    view = opened(WRITTEN)
    about = json.loads(view["private_metadata"])
    kept = press("postmortem_text", WRITTEN, fields={"summary_1": "Les"}, metadata=about)
    assert kept == KeepDraft({"text": "Les", "based_on": "1"}, "postmortem:summary")
    again = opened(WRITTEN, {"text": "Les", "based_on": "1"})
    assert initial(again, "summary_1") == "Les"
    assert "did not save it" in said(again)


def test_the_second_of_two_is_told_who_changed_it_and_sees_both_texts() -> None:
    view = opened(OVER)
    outcome = sent(view, "My own text", WRITTEN)
    late = refusal(outcome, WRITTEN)
    assert late.unless_sure
    assert outcome.ask_again
    asked = outcome.ask_again(late)
    text = said(asked)
    assert f"<@{BOB}> has changed this section" in text
    assert "Half failed" in text
    assert initial(asked, "summary_1") == "My own text"
    saved = change(sent(asked, "Both", WRITTEN), WRITTEN)
    assert isinstance(saved, facts.PostmortemSectionWritten)
    assert (saved.text, saved.version) == ("Both", 2)


def test_whoever_opens_it_again_after_somebody_changed_it_sees_both_texts_too() -> None:
    view = opened(WRITTEN, {"text": "My own text", "based_on": "0"})
    assert "Half failed" in said(view)
    assert initial(view, "summary_1") == "My own text"
    gone = written(WRITTEN, "")
    assert "(taken out)" in said(opened(gone, {"text": "My own text", "based_on": "1"}))
    odd = opened(OVER, {"text": "x", "based_on": "?"})
    assert initial(odd, "summary_0") == "x"


def history(incident: Incident, *texts: str) -> tuple[Incident, list[Entry]]:
    entries: list[Entry] = []
    for text in texts:
        before = incident
        incident = written(incident, text)
        section = incident.postmortem.sections[SUMMARY]
        fact = facts.PostmortemSectionWritten(
            at=section.at, by=section.by, section=SUMMARY, text=section.text, version=section.version
        )
        entries.append(Entry(before.version + 1, fact))
    return incident, entries


def test_versions_are_read_and_one_is_put_back() -> None:
    incident, timeline = history(OVER, "one", "two", "three")
    about = {"section": "summary", "based_on": 3}
    view = form(press("postmortem_versions", incident, metadata=about, timeline=timeline))
    assert ">three" in said(view)
    assert ">one" in said(view)
    choices = fields(view)["version"]["element"]["options"]
    assert [each["value"] for each in choices] == ["2", "1"]
    asked = request(incident=incident, fields={"version": "1"}, metadata=about, timeline=timeline)
    outcome = registry.FORMS["postmortem_restore"].handle(asked)
    happened = change(outcome, incident)
    assert isinstance(happened, facts.PostmortemSectionWritten)
    assert (happened.text, happened.version, happened.restores) == ("one", 4, 1)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.next_page
    assert "saved" in said(outcome.next_page(after(incident, (happened,))))


def test_a_single_version_cannot_be_put_back() -> None:
    incident, timeline = history(OVER, "one")
    view = form(press("postmortem_versions", incident, metadata={"section": "summary"}, timeline=timeline))
    assert "There is no earlier version." in said(view)


def test_forms_that_are_not_ours_change_nothing() -> None:
    for outcome in (
        press("postmortem_text", OVER),
        press("postmortem_versions", OVER, metadata={"section": "poetry"}),
        registry.FORMS["postmortem_section"].handle(request(incident=OVER)),
        registry.FORMS["postmortem_restore"].handle(request(incident=OVER)),
        registry.FORMS["postmortem_restore"].handle(
            request(incident=OVER, metadata={"section": "summary"}, fields={"version": "7"})
        ),
    ):
        assert isinstance(outcome, Refused)
        assert "I no longer know which section" in outcome.message


def test_a_false_alarm_has_no_sections() -> None:
    cancelled = after(declared(), rules.cancel(declared(), by=BOB, now=NOW))
    assert "nobody owes" in refusal(say("postmortem edit", cancelled)).message
    assert "nobody owes" in refusal(press("postmortem_edit_lucky", cancelled)).message


def test_what_has_become_new_is_told_above_the_sections() -> None:
    incident = in_review()
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=NOW))
    assert "The timeline has 1 entry that the postmortem lacks." in said(form(say("postmortem edit", noted)))
    more = after(noted, rules.note(noted, "And the disk", by=CAROL, now=NOW))
    assert "has 2 entries" in said(form(say("postmortem edit", more)))


def test_every_section_can_be_opened_while_the_incident_goes_on() -> None:
    for each in PostmortemSection:
        assert isinstance(press(f"postmortem_edit_{each.value}", declared()), OpenForm)
