"""When a war room is archived, and who keeps it open."""

from dataclasses import replace
from datetime import timedelta

from bot.core.channels import nothing_is_known
from bot.incident.domain import rules
from bot.incident.domain.archiving import archive_at, ask_at, is_archiving_due, next_archive_look
from bot.incident.domain.corrections import title_of
from bot.incident.domain.effects import Announce, CloseArchiveQuestion, Retell
from bot.incident.domain.incident import Incident
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.domain.react import react_all
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone
from bot.incident.views.archiving import answered, archived_room, question
from bot.incident.views.card import announcement
from bot.incident.views.closing import closing
from bot.incident.views.facts import sentence
from tests.incident.commands.factory import POLICY, changes, press, refusal
from tests.incident.domain.situations import BOB, CAROL, NOW, after, decided, declared, fact, refused
from tests.incident.views.reading import buttons, said

DAY = timedelta(days=1)
WEEKLY = replace(POLICY, archive_after=7 * DAY)
OVER = after(declared(), rules.resolve(declared(), by=BOB, now=NOW))


def shown(incident: Incident, decision: rules.Decision) -> tuple[object, ...]:
    entries = [Entry(incident.version + at, each) for at, each in enumerate(decided(decision), 1)]
    return react_all(entries, after(incident, decision))


def test_people_are_asked_a_day_before() -> None:
    assert archive_at(OVER, WEEKLY) == NOW + 7 * DAY
    assert ask_at(OVER, WEEKLY) == NOW + 6 * DAY
    assert next_archive_look(OVER, WEEKLY, NOW) == NOW + 6 * DAY
    assert next_archive_look(OVER, WEEKLY, NOW + 6 * DAY) == NOW + 7 * DAY
    assert next_archive_look(OVER, WEEKLY, NOW + 7 * DAY) is None
    assert [is_archiving_due(OVER, WEEKLY, NOW + days * DAY) for days in (5, 6)] == [False, True]


def test_some_rooms_are_never_archived() -> None:
    adopted = replace(OVER, adopted=True)
    for incident in (declared(), adopted, replace(OVER, without_room=True), replace(OVER, archived_at=NOW)):
        assert archive_at(incident, WEEKLY) is None
    assert archive_at(OVER, replace(POLICY, archive_after=None)) is None
    assert archive_at(adopted, replace(WEEKLY, archive_adopted=True)) == NOW + 7 * DAY


def test_whoever_keeps_it_begins_the_time_again() -> None:
    kept = rules.keep_room(OVER, KeepReason.ASKED, by=CAROL, now=NOW + 6 * DAY)
    assert archive_at(after(OVER, kept), WEEKLY) == NOW + 13 * DAY
    assert sentence(fact(kept)) == f"War room kept open (by <@{CAROL}>)"
    assert CloseArchiveQuestion(OVER.version + 1) in shown(OVER, kept)
    talk = rules.keep_room(OVER, KeepReason.TALK, by=rules.KEEPER, now=NOW)
    assert sentence(fact(talk)) == "War room kept open, because people wrote there"
    assert changes(press("room_keep", OVER), OVER)
    assert "stays open" in refusal(press("room_archive", declared())).message


def test_the_announcement_of_an_archived_room_says_so() -> None:
    decision = rules.room_archived(OVER, by=BOB, now=NOW)
    assert sentence(fact(decision)) == f"War room archived (by <@{BOB}>)"
    assert shown(OVER, decision) == (Announce(),)
    archived = after(OVER, decision)
    assert "<#C1> (archived)" in said(announcement(archived, WEEKLY, "C1"))
    assert "archived already" in refused(rules.room_archived(archived, by=BOB, now=NOW)).message
    back = rules.room_unarchived(archived, by=CAROL, now=NOW + DAY)
    assert sentence(fact(back)) == f"War room unarchived (by <@{CAROL}>)"
    assert archive_at(after(archived, back), WEEKLY) == NOW + 8 * DAY
    assert "not archived by me" in refused(rules.room_unarchived(OVER, by=CAROL, now=NOW)).message


def test_a_reopening_closes_the_questions_that_there_can_be() -> None:
    def reopened(at: timedelta) -> tuple[object, ...]:
        return shown(OVER, rules.reopen(OVER, "It is back", by=BOB, now=NOW + at))

    seq = OVER.version + 1
    assert Retell(OVER.version) in reopened(timedelta(hours=1))
    assert CloseArchiveQuestion(seq) not in reopened(timedelta(hours=1))
    assert CloseArchiveQuestion(seq) in reopened(DAY)


def test_the_question_has_both_answers_and_then_says_which_came() -> None:
    asked = question(OVER, NOW + 7 * DAY)
    assert set(buttons(asked)) == {"room_keep", "room_archive"}
    kept = rules.keep_room(OVER, KeepReason.ASKED, by=CAROL, now=NOW)
    assert "I ask again" in said(answered(after(OVER, kept), WEEKLY, fact(kept)))
    again = rules.reopen(OVER, "It is back", by=BOB, now=NOW)
    told = said(answered(after(OVER, again), WEEKLY, decided(again)[0]))
    assert told == ":file_cabinet: INC-42 is open again"
    assert "open the war room and choose" in said(archived_room("", OVER))


async def test_without_slack_nothing_is_known_of_a_channel() -> None:
    assert await nothing_is_known("C1") is None


def test_a_history_without_a_declaration_has_no_title() -> None:
    assert title_of([]) == ""


def test_an_owner_is_not_asked_for_twice() -> None:
    chosen = after(OVER, rules.choose_postmortem_owner(OVER, BOB, by=BOB, now=NOW))
    asked = str(closing(chosen, POLICY, {}))
    assert "postmortem_mine" not in asked
    assert "milestone_started" in asked
    started = after(OVER, rules.set_milestone(OVER, Milestone.STARTED, NOW, by=BOB, now=NOW))
    assert "milestone_started" not in str(closing(started, POLICY, {}))
