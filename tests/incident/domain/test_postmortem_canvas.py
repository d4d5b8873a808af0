"""The canvas in which people write the postmortem: what is taken over, what is asked, and that nothing is lost."""

from dataclasses import replace

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import (
    CloseDraftCanvas,
    ReadDraftCanvas,
    Retell,
    SetBookmarks,
    ShowCard,
    TellRoom,
    WriteDraftSection,
)
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.react import react
from bot.incident.domain.rules import FoundInCanvas
from bot.incident.domain.rules.postmortem_canvas import PUBLISH, REVIEW
from bot.incident.domain.timeline import Entry
from tests.incident.domain.postmortems import IMPACT, SUMMARY, approved, in_review, over, published, written
from tests.incident.domain.situations import (
    BOB,
    CAROL,
    NOW,
    after,
    decided,
    declared,
    fact,
    refused,
    resolved,
)

LESSONS = PostmortemSection.LESSONS


def opened(incident: Incident | None = None) -> Incident:
    """With a canvas, and one text that was put into it."""
    before = incident or written(over())
    return after(before, rules.canvas_opened(before, "F1", "https://x.example/F1", by=BOB, now=NOW))


def take(
    incident: Incident, *, wanted: str = "", headings: str = "", reviewers: int = 1, **found: FoundInCanvas
) -> tuple[facts.Fact, ...]:
    sections = {PostmortemSection(name): each for name, each in found.items()}
    return decided(rules.take_from_canvas(incident, sections, headings, wanted, reviewers, by=CAROL, now=NOW))


def there(text: str, based_on: int = 1, *, untouched: bool = False) -> FoundInCanvas:
    return FoundInCanvas(text, based_on, untouched)


def differs(
    text: str, section: PostmortemSection = SUMMARY, based_on: int = 1
) -> facts.PostmortemCanvasDiffers:
    return facts.PostmortemCanvasDiffers(at=NOW, by=CAROL, section=section, text=text, based_on=based_on)


def read(**more: object) -> facts.PostmortemCanvasRead:
    return facts.PostmortemCanvasRead(at=NOW, by=CAROL, **more)  # type: ignore[arg-type]


def asked(text: str = "Mine") -> Incident:
    """A section was changed in both places."""
    return after(opened(), (differs(text), read()))


def test_what_was_changed_in_the_canvas_alone_becomes_a_version() -> None:
    new = facts.PostmortemSectionWritten(
        at=NOW, by=CAROL, section=SUMMARY, text="A third failed", version=2, in_canvas=True
    )
    assert take(opened(), summary=there("A third failed")) == (new, read(taken=(SUMMARY,)))
    first = take(opened(), headings="Costs", lessons=there("Test it", -1))
    assert [type(each).__name__ for each in first] == ["PostmortemSectionWritten", "PostmortemCanvasRead"]
    assert first[-1] == read(taken=(LESSONS,), headings="Costs")


def test_what_is_the_same_or_was_not_touched_stays() -> None:
    incident = written(opened(), "All failed")
    assert take(incident, summary=there("Half failed", untouched=True)) == (read(),)
    assert take(incident, summary=there("All   failed\n")) == (read(),)


def test_what_was_changed_in_both_places_is_asked() -> None:
    incident = written(opened(), "All failed")
    assert take(incident, summary=there("A third failed")) == (differs("A third failed"), read())
    assert take(opened(), summary=there("A third failed", -1))[0] == differs("A third failed", based_on=-1)


def test_what_is_asked_already_is_asked_of_the_newest_text_and_settled_by_the_same_one() -> None:
    assert take(asked(), summary=there("Mine again", 1))[0] == differs("Mine again")
    settled = facts.PostmortemCanvasAnswered(at=NOW, by=CAROL, section=SUMMARY, put_back=False)
    assert take(asked(), summary=there("Half failed", 1)) == (settled, read())
    assert after(asked(), (settled,)).postmortem.differing == {}


def test_an_empty_section_takes_nothing_away() -> None:
    (question, _) = take(opened(), summary=there(""))
    assert question == differs("")
    assert after(opened(), (question,)).postmortem.text(SUMMARY) == "Half failed"


def test_a_text_that_is_too_long_stays_in_the_canvas() -> None:
    assert take(opened(), summary=there("x" * 3001), wanted=REVIEW) == (
        read(too_long=(SUMMARY,), wanted=REVIEW, problem="a section is too long"),
    )


def test_review_and_publication_follow_if_nothing_is_open() -> None:
    sent = take(opened(), wanted=REVIEW, summary=there("Half failed"))
    assert [type(each) for each in sent] == [facts.PostmortemSentToReview]
    with_text = take(opened(over()), wanted=REVIEW, lessons=there("Test it", 0))
    assert [type(each) for each in with_text][1:] == [
        facts.PostmortemCanvasRead,
        facts.PostmortemSentToReview,
    ]
    in_canvas = opened(approved(in_review(), CAROL))
    out = take(in_canvas, wanted=PUBLISH, summary=there("Half failed"))
    assert isinstance(out[0], facts.PostmortemPublished)
    assert out[0].canvas == "F1"
    assert after(in_canvas, out).postmortem.canvas == ""


def test_an_open_question_or_a_refusal_comes_first() -> None:
    (again,) = take(asked(), wanted=REVIEW, summary=there("Mine", untouched=True))
    assert again == read(wanted=REVIEW, problem="somebody must say first which text counts")
    (nothing,) = take(opened(over()), wanted=REVIEW)
    assert isinstance(nothing, facts.PostmortemCanvasRead)
    assert "Nobody has written anything" in nothing.problem


def test_a_canvas_is_made_once_and_only_where_there_is_somebody_to_share_it_with() -> None:
    assert opened().postmortem.canvas == "F1"
    assert "has a canvas already: https://x.example/F1" in refused(rules.not_for_canvas(opened())).message
    without_link = after(over(), rules.canvas_opened(over(), "F1", "", by=BOB, now=NOW))
    assert "has a canvas already." in refused(rules.not_for_canvas(without_link)).message
    past = decided(rules.canvas_refused(over(), "restricted_action", by=BOB, now=NOW))
    assert after(over(), past).postmortem == over().postmortem
    assert rules.not_in_canvas(opened()) is None
    assert "has no canvas" in refused(rules.not_in_canvas(over())).message


def test_the_postmortem_goes_on_without_its_canvas() -> None:
    left = after(asked(), rules.leave_canvas(asked(), by=BOB, now=NOW))
    assert (left.postmortem.canvas, left.postmortem.differing) == ("", {})
    assert left.postmortem.text(SUMMARY) == "Half failed"
    assert "has no canvas" in refused(rules.leave_canvas(over(), by=BOB, now=NOW)).message
    problem = fact(rules.canvas_unreadable(opened(), "gone", REVIEW, by=BOB, now=NOW))
    assert problem == facts.PostmortemCanvasRead(at=NOW, by=BOB, wanted=REVIEW, problem="gone")


def test_the_stored_text_is_put_back_or_taken_out() -> None:
    emptied = asked("")
    back = decided(rules.put_back(emptied, SUMMARY, by=BOB, now=NOW))
    assert back == (facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=SUMMARY, put_back=True),)
    out = after(emptied, rules.take_as_it_is(emptied, SUMMARY, by=BOB, now=NOW)).postmortem
    assert (out.text(SUMMARY), out.version(SUMMARY), out.differing) == ("", 2, {})
    assert "no question any more" in refused(rules.put_back(opened(), SUMMARY, by=BOB, now=NOW)).message
    assert "has no canvas" in refused(rules.take_as_it_is(over(), SUMMARY, by=BOB, now=NOW)).message
    nothing = after(opened(over()), (differs("", IMPACT, 0),))
    assert decided(rules.take_as_it_is(nothing, IMPACT, by=BOB, now=NOW)) == (
        facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=IMPACT, put_back=False),
    )


def test_what_is_written_in_slack_answers_the_question() -> None:
    assert written(asked(), "Both").postmortem.differing == {}


def test_a_reopened_incident_keeps_its_canvas() -> None:
    incident = asked()
    again = after(incident, rules.reopen(incident, "It is back", by=BOB, now=NOW)).postmortem
    assert (again.canvas, again.canvas_link) == ("F1", "https://x.example/F1")
    assert again.differing == incident.postmortem.differing
    assert again.stage is Stage.DRAFT


def test_the_room_is_told_and_the_canvas_follows() -> None:
    incident = asked()
    seq, question = incident.version + 1, Retell(incident.version)

    def effects(happened: facts.Change, before: Incident = incident) -> tuple[object, ...]:
        return react(Entry(seq, happened), evolve(before, happened))

    by_hand = facts.PostmortemSectionWritten(at=NOW, by=BOB, section=IMPACT, text="x", version=1)
    assert effects(by_hand) == (ShowCard(), question, ReadDraftCanvas(BOB, "refresh"))
    taken = facts.PostmortemSectionWritten(
        at=NOW, by=BOB, section=IMPACT, text="x", version=1, in_canvas=True
    )
    assert effects(taken) == (ShowCard(),)
    made = facts.PostmortemCanvasOpened(at=NOW, by=BOB, canvas="F2", link="")
    assert effects(made) == (TellRoom(seq), SetBookmarks(), ShowCard())
    assert effects(made, opened(in_review()))[0] == Retell(in_review().version)
    assert effects(facts.PostmortemCanvasLeft(at=NOW, by=BOB))[-3:] == (
        TellRoom(seq),
        SetBookmarks(),
        ShowCard(),
    )
    assert effects(facts.PostmortemCanvasRefused(at=NOW, by=BOB, code="x")) == (TellRoom(seq),)
    assert effects(differs("x")) == ()
    back = facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=SUMMARY, put_back=True)
    assert effects(back) == (question, WriteDraftSection(SUMMARY))
    same = facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=SUMMARY, put_back=False)
    assert effects(same) == (question,)
    out = facts.PostmortemPublished(at=NOW, by=BOB, version=1, up_to=3, canvas="F1")
    assert CloseDraftCanvas("F1") in effects(out)


def test_an_incident_without_a_postmortem_or_a_room_has_none() -> None:
    cancelled = after(declared(), rules.cancel(declared(), "false alarm", by=BOB, now=NOW))
    assert "nobody owes a postmortem" in refused(rules.not_for_canvas(cancelled)).message
    assert rules.not_for_canvas(resolved(declared())) is None
    assert rules.not_for_canvas(published()) is None
    past = replace(over(), without_room=True)
    assert "has no war room to share a canvas with" in refused(rules.not_for_canvas(past)).message
