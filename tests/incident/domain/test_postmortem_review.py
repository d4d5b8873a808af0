"""The life of a postmortem: owed, written, reviewed, published, or not wanted."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import (
    PublishPostmortem,
    Retell,
    ShareDraft,
    ShowCard,
    ShowPublished,
    TellRoom,
)
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.postmortem_owed import owed_by_policy
from bot.incident.domain.postmortem_policy import DraftTemplate, PostmortemPolicy
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.react import react, react_all
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from tests.incident.domain.postmortems import (
    DUE,
    IMPACT,
    POLICY,
    SUMMARY,
    approved,
    in_review,
    over,
    published,
    written,
)
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    NOW,
    after,
    decided,
    declared,
    fact,
    later,
    refused,
    resolved,
)


def test_what_ends_an_incident_of_such_a_severity_makes_it_owed() -> None:
    incident = declared()
    ended = decided(rules.resolve(incident, by=BOB, now=later(60)))
    (owed,) = owed_by_policy(incident, ended, POLICY)
    assert owed.due_at == DUE  # five working days after Monday
    assert over().postmortem.is_owed
    assert owed_by_policy(declared(severity=Severity.SEV3), ended, POLICY) == ()
    none = replace(POLICY, postmortem=PostmortemPolicy(severities=()))
    assert owed_by_policy(incident, ended, none) == ()


def test_nothing_else_makes_it_owed() -> None:
    incident = declared()
    for decision in (
        rules.cancel(incident, by=BOB, now=NOW),
        rules.change_status(incident, Status.MITIGATED, by=BOB, now=NOW),
        rules.note(incident, "x", by=BOB, now=NOW),
    ):
        assert owed_by_policy(incident, decided(decision), POLICY) == ()
    reviewed = decided(rules.change_status(resolved(), Status.REVIEWED, by=BOB, now=NOW))
    assert owed_by_policy(resolved(), reviewed, POLICY) == ()
    past = rules.declare_past(rules.Past(title="Gone", severity=Severity.SEV1), number=3, by=BOB, now=NOW)
    assert owed_by_policy(None, decided(past), POLICY)


def test_the_commander_writes_it_unless_somebody_was_chosen() -> None:
    assert over().postmortem_writer == BOB
    assert over(declared()).postmortem_writer is None
    chosen = after(over(), rules.choose_postmortem_owner(over(), CAROL, by=CAROL, now=NOW))
    assert chosen.postmortem_writer == CAROL


def test_sections_have_versions_and_an_empty_one_is_taken_out() -> None:
    incident = written(written(declared(), "one"), "two", by=CAROL)
    section = incident.postmortem.sections[SUMMARY]
    assert (section.text, section.version, section.by) == ("two", 2, CAROL)
    assert incident.postmortem.is_written
    gone = written(incident, "  ")
    assert (gone.postmortem.text(SUMMARY), gone.postmortem.version(SUMMARY)) == ("", 3)
    assert not gone.postmortem.is_written


def test_whoever_has_not_seen_the_latest_text_is_asked_first() -> None:
    incident = written(declared(), "one", by=CAROL)
    late = refused(rules.write_section(incident, SUMMARY, "mine", based_on=0, by=BOB, now=NOW))
    assert late.unless_sure
    assert late.field == "text"
    assert f"<@{CAROL}> has changed this section" in late.message


def test_a_text_that_changes_nothing_or_is_too_long_is_refused() -> None:
    incident = written(declared(), "one")
    same = refused(rules.write_section(incident, SUMMARY, " one ", based_on=0, by=BOB, now=NOW))
    assert "nothing was changed" in same.message
    long = refused(rules.write_section(incident, SUMMARY, "x" * 3001, based_on=1, by=BOB, now=NOW))
    assert "at most 3000 characters" in long.message
    cancelled = after(declared(), rules.cancel(declared(), by=BOB, now=NOW))
    assert (
        "nobody owes"
        in refused(rules.write_section(cancelled, SUMMARY, "x", based_on=0, by=BOB, now=NOW)).message
    )


def test_it_is_reviewed_only_after_the_end_and_with_something_in_it() -> None:
    assert "when it is resolved" in refused(rules.send_to_review(declared(), 1, by=BOB, now=NOW)).message
    assert "Nobody has written anything" in refused(rules.send_to_review(over(), 1, by=BOB, now=NOW)).message
    assert "in review already" in refused(rules.send_to_review(in_review(), 1, by=BOB, now=NOW)).message
    assert "publish it again" in refused(rules.send_to_review(published(), 1, by=BOB, now=NOW)).message
    cancelled = after(declared(), rules.cancel(declared(), by=BOB, now=NOW))
    assert "nobody owes" in refused(rules.send_to_review(cancelled, 1, by=BOB, now=NOW)).message


def test_others_approve_it_each_once() -> None:
    incident = in_review(reviewers=2)
    assert incident.postmortem.missing_approvals == 2
    assert "somebody else approves" in refused(rules.approve_postmortem(incident, by=BOB, now=NOW)).message
    once = approved(incident, CAROL)
    assert "already" in refused(rules.approve_postmortem(once, by=CAROL, now=NOW)).message
    assert (
        "when one more person approves" in refused(rules.publish_postmortem(once, 1, by=BOB, now=NOW)).message
    )
    both = refused(rules.publish_postmortem(incident, 1, by=BOB, now=NOW)).message
    assert "when 2 more people approve" in both
    assert published(approved(once, DAVE)).postmortem.stage is Stage.PUBLISHED


def test_changes_make_it_a_draft_again_and_approvals_are_asked_for_anew() -> None:
    incident = approved(in_review(reviewers=2), CAROL)
    wanted = after(incident, rules.want_changes(incident, "Say who was hit", by=DAVE, now=NOW))
    document = wanted.postmortem
    assert (document.stage, document.wanted, document.wanted_by) == (Stage.DRAFT, "Say who was hit", DAVE)
    assert document.approved_by == ()
    again = after(wanted, rules.send_to_review(wanted, 2, by=BOB, now=NOW))
    assert (again.postmortem.wanted, again.postmortem.missing_approvals) == ("", 2)
    assert "Say in a sentence" in refused(rules.want_changes(incident, " ", by=DAVE, now=NOW)).message


def test_only_what_is_in_review_is_reviewed() -> None:
    for rule in (rules.approve_postmortem, partial(rules.want_changes, text="x")):
        assert "sends it to review first" in refused(rule(written(over()), by=CAROL, now=NOW)).message
        assert "published" in refused(rule(published(), by=CAROL, now=NOW)).message
        assert "when it is resolved" in refused(rule(declared(), by=CAROL, now=NOW)).message


def test_publication_is_the_review_of_the_incident() -> None:
    incident = approved(in_review(), CAROL)
    first, second = decided(rules.publish_postmortem(incident, 1, by=BOB, now=later(64)))
    assert isinstance(first, facts.PostmortemPublished)
    assert isinstance(second, facts.StatusChanged)
    out = after(incident, (first, second))
    assert (out.status, out.postmortem.published, out.postmortem.is_owed) == (Status.REVIEWED, 1, False)
    assert "nothing was changed since" in refused(rules.publish_postmortem(out, 1, by=BOB, now=NOW)).message


def test_what_is_changed_after_publication_is_published_again() -> None:
    changed = written(published(), "Less than half", by=CAROL)
    assert changed.postmortem.is_changed
    again = fact(rules.publish_postmortem(changed, 1, by=CAROL, now=NOW))
    assert isinstance(again, facts.PostmortemPublished)
    assert again.version == 2
    assert not after(changed, (again,)).postmortem.is_changed


def test_without_reviewers_a_draft_is_published_at_once() -> None:
    incident = written(over())
    assert (
        "send it to review first" in refused(rules.publish_postmortem(incident, 1, by=BOB, now=NOW)).message
    )
    assert after(incident, rules.publish_postmortem(incident, 0, by=BOB, now=NOW)).postmortem.published == 1
    assert "Nobody has written" in refused(rules.publish_postmortem(over(), 0, by=BOB, now=NOW)).message
    assert "when it is resolved" in refused(rules.publish_postmortem(declared(), 0, by=BOB, now=NOW)).message


def test_it_is_closed_without_one_only_with_a_reason() -> None:
    assert (
        "although it is owed" in refused(rules.close_without_postmortem(over(), " ", by=BOB, now=NOW)).message
    )
    mild = resolved(declared(severity=Severity.SEV4))
    said = refused(rules.close_without_postmortem(mild, "", by=BOB, now=NOW)).message
    assert "Say why nobody writes it:" in said
    assert (
        "when it is resolved"
        in refused(rules.close_without_postmortem(declared(), "x", by=BOB, now=NOW)).message
    )
    closed = after(over(), rules.close_without_postmortem(over(), "INC-7 covers it", by=BOB, now=NOW))
    assert (closed.postmortem.stage, closed.postmortem.reason) == (Stage.NOT_WANTED, "INC-7 covers it")
    assert not closed.postmortem.is_owed
    refused(rules.close_without_postmortem(closed, "x", by=BOB, now=NOW))
    refused(rules.close_without_postmortem(published(), "x", by=BOB, now=NOW))
    refused(rules.publish_postmortem(closed, 0, by=BOB, now=NOW))


def test_whoever_writes_or_takes_it_wants_it_after_all() -> None:
    closed = after(over(), rules.close_without_postmortem(over(), "no", by=BOB, now=NOW))
    assert written(closed).postmortem.is_owed
    taken = after(closed, rules.choose_postmortem_owner(closed, CAROL, by=CAROL, now=NOW))
    assert (taken.postmortem.stage, taken.postmortem.reason) == (Stage.DRAFT, "")


def test_a_reopened_incident_keeps_what_was_written_and_owes_anew() -> None:
    incident = approved(in_review(), CAROL)
    back = after(incident, rules.reopen(incident, "again", by=BOB, now=later(70)))
    document = back.postmortem
    assert (document.stage, document.due_at, document.up_to, document.approved_by) == (
        Stage.DRAFT,
        None,
        None,
        (),
    )
    assert document.text(SUMMARY) == "Half failed"
    again = decided(rules.resolve(back, by=BOB, now=later(80) + timedelta(days=1)))
    assert owed_by_policy(back, again, POLICY)[0].due_at == DUE + timedelta(days=1)


def test_what_becomes_new_after_it_was_sent_is_offered_and_not_taken_in() -> None:
    incident = in_review()
    assert incident.postmortem.up_to == incident.version - 1
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=later(65)))
    noted = approved(
        written(noted, "Customers", section=IMPACT), CAROL
    )  # no entries of the incident's course
    assert noted.postmortem.unseen == 1
    taken = fact(rules.take_over_entries(noted, by=BOB, now=NOW))
    assert taken == facts.PostmortemEntriesTakenOver(at=NOW, by=BOB, up_to=noted.version, count=1)
    seen = after(noted, (taken,))
    assert seen.postmortem.unseen == 0
    assert "everything" in refused(rules.take_over_entries(seen, by=BOB, now=NOW)).message
    assert "everything" in refused(rules.take_over_entries(over(), by=BOB, now=NOW)).message
    out = published(noted)
    assert out.postmortem.unseen == 1  # the status of the review is none of them
    assert after(out, rules.take_over_entries(out, by=BOB, now=NOW)).postmortem.is_changed


def effects(before: Incident, happened: facts.Fact) -> tuple[object, ...]:
    return react(Entry(before.version + 1, happened), evolve(before, happened))


def test_the_room_is_told_of_each_step_but_not_of_each_text() -> None:
    incident = written(over())
    seq = incident.version + 1
    text = facts.PostmortemSectionWritten(at=NOW, by=BOB, section=IMPACT, text="x", version=1)
    assert effects(incident, text) == (ShowCard(),)
    sent = facts.PostmortemSentToReview(at=NOW, by=BOB, up_to=3, reviewers=1)
    assert effects(incident, sent) == (TellRoom(seq), ShareDraft(), ShowCard())
    for happened in (
        facts.PostmortemApproved(at=NOW, by=CAROL),
        facts.PostmortemChangesWanted(at=NOW, by=CAROL, text="x"),
        facts.PostmortemNotWanted(at=NOW, by=CAROL, reason="x"),
    ):
        assert effects(incident, happened) == (TellRoom(seq), ShowCard())
    review = in_review()
    before = Retell(review.version)
    assert effects(review, facts.PostmortemApproved(at=NOW, by=CAROL))[0] == before
    taken = facts.PostmortemEntriesTakenOver(at=NOW, by=BOB, up_to=9, count=1)
    assert effects(review, taken) == (before, ShowCard())
    out = facts.PostmortemPublished(at=NOW, by=BOB, version=1, up_to=3)
    assert effects(incident, out) == (
        TellRoom(seq),
        ShareDraft(),
        ShowPublished(1),
        PublishPostmortem(1),
        ShowCard(),
    )


def test_a_private_one_is_published_in_its_war_room_only() -> None:
    out = facts.PostmortemPublished(at=NOW, by=BOB, version=1, up_to=3)
    incident = declared(private=True)
    assert PublishPostmortem(1) not in effects(incident, out)


def test_without_a_room_only_the_publication_of_a_public_one_is_told() -> None:
    out = Entry(9, facts.PostmortemPublished(at=NOW, by=BOB, version=1, up_to=3))
    for private, told in ((False, (PublishPostmortem(1),)), (True, ())):
        roomless = replace(published(), without_room=True, private=private)
        assert react_all([out], roomless) == told


def test_sections_are_named_as_people_name_them() -> None:
    for typed in ("went_well", "What went well", "went-well", "WELL"):
        assert PostmortemSection.parse(typed) is PostmortemSection.WENT_WELL
    assert PostmortemSection.parse("poetry") is None
    assert all(each.question for each in PostmortemSection)


def test_a_severity_without_a_template_has_the_full_one() -> None:
    policy = PostmortemPolicy(templates={Severity.SEV4: DraftTemplate.NEAR_MISS})
    assert policy.template(Severity.SEV1).file == "postmortem.md.j2"
    assert policy.template(Severity.SEV4).file == "postmortem_near_miss.md.j2"


def test_who_declared_is_no_reviewer_by_that() -> None:
    assert approved(in_review(), ALICE).postmortem.approved_by == (ALICE,)
