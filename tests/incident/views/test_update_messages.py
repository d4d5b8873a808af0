"""Updates as each audience reads them, in the team's own words if it has any."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot import policy_file
from bot.core.decision import Refused
from bot.core.resources import shipped
from bot.core.template_check import TemplateCheck
from bot.core.templates import Templates
from bot.core.text import when
from bot.incident.domain import facts, rules
from bot.incident.domain.audiences import Audience
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX, Report
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views import previews
from bot.incident.views.check import try_templates
from bot.incident.views.past_updates import UPDATES_MAX, past_updates
from bot.incident.views.updates import PUBLIC_MAX, UpdateText, update_of
from tests.incident.domain.situations import (
    BOB,
    CAROL,
    NOW,
    after,
    decided,
    declared,
    entries,
    later,
    updated,
)
from tests.incident.views.reading import buttons, said

POLICY = policy_file.load()
TEMPLATES = Templates(shipped("templates"))
INCIDENT = declared(commander=BOB)  # SEV1: an update every 15 minutes
ROOM, STAKEHOLDERS = Audience.ROOM, Audience.STAKEHOLDERS
NOBODY: Mapping[str, str] = {}
FULL = Report(conditions="Half fail", actions="Rollback", needs="A DBA")


def written(
    report: Report,
    incident: Incident = INCIDENT,
    templates: Templates = TEMPLATES,
    names: Mapping[str, str] = NOBODY,
) -> UpdateText:
    act = decided(rules.post_report(incident, report, POLICY, by=BOB, now=NOW))
    posted = update_of(act)
    assert posted is not None
    return UpdateText(posted, act, after(incident, act), POLICY, templates, names)


def told(
    audience: Audience, report: Report, incident: Incident = INCIDENT, names: Mapping[str, str] = NOBODY
) -> str:
    return said(written(report, incident, names=names).message(audience))


def test_the_war_room_reads_conditions_actions_needs_and_when_the_next_update_is_due() -> None:
    assert told(ROOM, FULL) == (
        f":mega: *Status update* by <@{BOB}> · SEV1 · triage\n*Conditions*\n>Half fail\n*Actions*\n>Rollback\n"
        f"*Needs*\n>A DBA\nNext update by {when(later(15))}."
    )


def test_an_update_with_only_conditions_has_no_empty_lines() -> None:
    for audience in (ROOM, STAKEHOLDERS):
        text = told(audience, Report(conditions="Half fail"))
        assert "\n\n" not in text
        assert "*Actions*" not in text


def test_what_was_changed_with_the_update_is_named_with_the_old_value() -> None:
    report = replace(FULL, severity=Severity.SEV2, status=Status.MITIGATED)
    for audience in (ROOM, STAKEHOLDERS):
        assert "SEV1 → *SEV2* · triage → *mitigated*" in told(audience, report)
        assert f"Next update by {when(later(60))}." in told(audience, report)


def test_a_promise_of_ones_own_is_named() -> None:
    assert f"Next update by {when(later(5))}." in told(ROOM, replace(FULL, next_by=later(5)))


def test_the_update_that_ends_the_incident_names_no_next_one() -> None:
    assert "Next update" not in told(ROOM, replace(FULL, status=Status.RESOLVED))


def test_an_update_that_is_posted_late_names_no_next_one_if_another_came_meanwhile() -> None:
    text = written(FULL)
    later_on = replace(text, incident=updated(text.incident, at=later(5)))
    assert "Next update" not in said(later_on.message(ROOM))


def test_a_person_with_a_name_is_not_mentioned_by_their_own_update() -> None:
    assert "by Bob &lt;Brown&gt; ·" in told(ROOM, FULL, names={BOB: "Bob <Brown>"})


def test_stakeholders_read_which_incident_it_is_and_not_what_the_team_needs() -> None:
    text = told(STAKEHOLDERS, FULL)
    assert text.startswith(":mega: *INC-42* · SEV1 · triage\n>Half fail\n*What is being done*\n>Rollback\n")
    assert "A DBA" not in text


@pytest.mark.parametrize("audience", [ROOM, STAKEHOLDERS])
def test_no_change_is_one_line_with_the_next_time(audience: Audience) -> None:
    before = updated(INCIDENT)
    act = decided(rules.no_change(before, by=BOB, now=later(10)))
    posted = update_of(act)
    assert posted is not None
    text = said(UpdateText(posted, act, after(before, act), POLICY, TEMPLATES, {}).message(audience))
    assert ":repeat: *No change*" in text
    assert text.endswith(f" Next update by {when(later(25))}.")
    assert "\n" not in text


def test_the_longest_update_is_shown_in_full() -> None:
    texts = ["c" * TEXT_MAX, "a" * TEXT_MAX, "n" * TEXT_MAX]
    text = told(ROOM, Report(conditions=texts[0], actions=texts[1], needs=texts[2]))
    assert [part in text for part in texts] == [True, True, True]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.TRIAGE, "Investigating"),
        (Status.MITIGATING, "Identified"),
        (Status.MITIGATED, "Monitoring"),
        (Status.RESOLVED, "Resolved"),
    ],
)
def test_the_public_draft_is_plain_text_without_names_and_needs(status: Status, word: str) -> None:
    text = written(replace(FULL, status=status)).public()
    assert text.startswith(f"{word}: Half fail\n\nRollback")
    assert ("Next update by 2026-11-23" in text) is not status.is_closed
    assert "A DBA" not in text
    assert BOB not in text


def test_the_public_draft_shows_people_by_name_and_has_no_markup() -> None:
    report = Report(conditions=f"<@{CAROL}> sees <https://a.example> & <b>")
    assert (
        written(report, names={CAROL: "Carol Chen"})
        .public()
        .startswith("Investigating: @Carol Chen sees https://a.example & <b>")
    )


def test_the_public_draft_of_a_template_that_repeats_itself_is_cut(tmp_path: Path) -> None:
    own = own_template(tmp_path, "public", "{{ conditions * 1000 }}")
    assert len(written(FULL, templates=own).public()) == PUBLIC_MAX


def own_template(folder: Path, audience: str, text: str) -> Templates:
    path = folder / "messages" / f"update_{audience}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Templates(shipped("templates"), folder)


def test_a_team_has_its_own_words_for_each_audience(tmp_path: Path) -> None:
    own_template(tmp_path, "room", "room {{ conditions }}")
    own_template(tmp_path, "stakeholders", "stakeholders {{ conditions }}")
    text = written(FULL, templates=own_template(tmp_path, "public", "public {{ conditions }}"))
    assert said(text.message(ROOM)) == "room Half fail"
    assert said(text.message(STAKEHOLDERS)) == "stakeholders Half fail"
    assert text.public() == "public Half fail"


@pytest.mark.parametrize("audience", list(Audience))
def test_a_broken_template_is_reported_at_the_start_with_file_and_line(
    tmp_path: Path, audience: Audience
) -> None:
    own_template(tmp_path, audience, "fine\n{% if %}")
    check = TemplateCheck(shipped("templates"), tmp_path)
    try_templates(check, POLICY)
    (found,) = check.mistakes()
    assert (found.path, found.line) == (tmp_path / "messages" / f"update_{audience}.j2", 2)


@pytest.mark.parametrize("text", ["{% if %}", "{{ conditionz }}", "{{ 1 // (title == 'x') }}", " "])
def test_a_template_that_breaks_later_does_not_lose_the_update(tmp_path: Path, text: str) -> None:
    for audience in Audience:
        own_template(tmp_path, audience, text)
    own = Templates(shipped("templates"), tmp_path)
    broken, whole = written(FULL, templates=own), written(FULL)
    assert broken.message(ROOM) == whole.message(ROOM)
    assert broken.message(STAKEHOLDERS) == whole.message(STAKEHOLDERS)
    assert broken.public() == whole.public()


def preview(report: Report, incident: Incident = INCIDENT) -> str:
    decision = decided(rules.post_report(incident, report, POLICY, by=BOB, now=NOW))
    return said({"blocks": previews.update(incident, decision, POLICY, TEMPLATES, {})})


def test_the_preview_shows_what_each_chosen_audience_will_read() -> None:
    text = preview(replace(FULL, severity=Severity.SEV2, audiences=tuple(Audience)))
    assert text.index("In the war room:") < text.index("SEV1 → *SEV2*")
    assert text.index("In the thread of the announcement:") < text.index("To copy, shown only to you")
    assert "In the thread" not in preview(replace(FULL, audiences=(ROOM,)))


def test_the_preview_of_a_private_incident_has_no_thread() -> None:
    assert "In the thread" not in preview(FULL, declared(private=True))


def test_the_preview_of_what_will_be_refused_says_why() -> None:
    no = rules.post_report(INCIDENT, Report(conditions=""), POLICY, by=BOB, now=NOW)
    assert isinstance(no, Refused)
    assert "Say in a sentence" in said({"blocks": previews.refused(no)})


def posted(count: int) -> list[facts.Fact]:
    return [facts.UpdatePosted(at=later(at), by=BOB, conditions=f"text {at}") for at in range(count)]


def test_past_updates_are_shown_in_pages_the_latest_first() -> None:
    found = entries(*posted(UPDATES_MAX + 1))[::-1]
    message = past_updates(INCIDENT, found)
    assert said(message).index("text 5") < said(message).index("text 1")
    assert "text 0" not in said(message)
    assert buttons(message)["past_updates"]["value"] == '{"number": 42, "before": 2}'
    last = past_updates(INCIDENT, found[UPDATES_MAX:])
    assert "text 0" in said(last)
    assert not buttons(last)


def test_without_an_update_that_is_said() -> None:
    assert "There is no update yet." in said(past_updates(INCIDENT, []))
