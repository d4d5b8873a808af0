"""`/incident postmortem canvas`, its buttons, and review and publication with a canvas."""

from dataclasses import replace

import pytest

from bot.core.blocks import Message
from bot.incident.commands.request import ChangeIncident, Show
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import OpenDraftCanvas, ReadDraftCanvas
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.timeline import Entry
from bot.incident.views.messages import fact_message
from bot.incident.views.postmortem_canvas import canvas_buttons, canvas_sentence
from tests.incident.commands.factory import change, form, press, refusal, say
from tests.incident.domain.postmortems import SUMMARY, approved, in_review, over, written
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared
from tests.incident.domain.test_postmortem_canvas import asked, differs, opened, read
from tests.incident.views.reading import buttons, initial, said


def shown(outcome: object) -> tuple[object, ...]:
    assert isinstance(outcome, Show)
    return outcome.effects


def test_the_word_makes_a_canvas_takes_over_and_leaves() -> None:
    assert shown(say("postmortem canvas", over())) == (OpenDraftCanvas(CAROL),)
    assert shown(press("postmortem_canvas", over())) == (OpenDraftCanvas(CAROL),)
    assert "has a canvas already" in refusal(say("postmortem canvas", opened())).message
    assert shown(say("postmortem canvas take", opened())) == (ReadDraftCanvas(CAROL, "", 1),)
    assert shown(press("postmortem_canvas_take", opened())) == (ReadDraftCanvas(CAROL, "", 1),)
    assert "has no canvas" in refusal(say("postmortem canvas take", over())).message
    left = facts.PostmortemCanvasLeft(at=NOW, by=CAROL)
    assert change(say("postmortem canvas leave", opened()), opened()) == left


def test_review_and_publication_read_the_canvas_first() -> None:
    assert shown(say("postmortem review", opened())) == (ReadDraftCanvas(CAROL, "review", 1),)
    assert shown(say("postmortem review", opened(over()))) == (ReadDraftCanvas(CAROL, "review", 1),)
    ready = opened(approved(in_review(), CAROL))
    assert shown(press("postmortem_publish", ready)) == (ReadDraftCanvas(CAROL, "publish", 1),)


def test_what_is_refused_whatever_the_canvas_has_is_refused_at_once() -> None:
    for words, incident in (
        ("review", opened(in_review())),
        ("publish", opened()),
        ("review", opened(declared())),
    ):
        outcome = say(f"postmortem {words}", incident)
        assert isinstance(outcome, ChangeIncident)
        assert not isinstance(outcome.decide(incident), tuple)


def test_both_texts_are_compared_with_that_of_the_canvas_in_the_field() -> None:
    view = form(press("postmortem_canvas_compare_summary", asked("Mine")))
    assert "The canvas has another text than the stored one." in said(view)
    assert f"<@{BOB}> wrote it" in said(view)
    assert "Half failed" in said(view)
    assert initial(view, "summary_1") == "Mine"
    again = form(press("postmortem_canvas_compare_summary", opened()))
    assert "another text" not in said(again)
    nothing_stored = after(opened(over()), (differs("Mine", PostmortemSection.LESSONS, 0),))
    view = form(press("postmortem_canvas_compare_lessons", nothing_stored))
    assert "wrote it" not in said(view)


def test_the_stored_text_is_put_back_or_taken_out() -> None:
    back = change(press("postmortem_canvas_back_summary", asked("")), asked(""))
    assert back == facts.PostmortemCanvasAnswered(at=NOW, by=CAROL, section=SUMMARY, put_back=True)
    out = change(press("postmortem_canvas_as_it_is_summary", asked("")), asked(""))
    assert isinstance(out, facts.PostmortemSectionWritten)
    assert out.text == ""


def message(fact: facts.AboutPostmortemCanvas, incident: Incident | None = None) -> Message:
    return fact_message(Entry(99, fact), incident or opened(), {CAROL: "Carol"})


def test_the_room_reads_what_became_of_it() -> None:
    made = facts.PostmortemCanvasOpened(at=NOW, by=CAROL, canvas="F1", link="https://x.example/F1")
    assert "Carol has made a canvas for the postmortem of INC-42" in said(message(made))
    assert list(buttons(message(made))) == ["open_canvas", "postmortem_canvas_take"]
    other = facts.PostmortemCanvasOpened(at=NOW, by=CAROL, canvas="F2", link="")
    assert list(buttons(message(other))) == []
    without_link = after(over(), rules.canvas_opened(over(), "F2", "", by=BOB, now=NOW))
    assert list(buttons(message(other, without_link))) == ["postmortem_canvas_take"]
    none = facts.PostmortemCanvasRefused(at=NOW, by=CAROL, code="canvas_disabled_user_team")
    assert "canvases are switched off in this workspace" in said(message(none))
    left = facts.PostmortemCanvasLeft(at=NOW, by=CAROL)
    assert "goes on without its canvas" in said(message(left))


def test_a_canvas_that_cannot_be_read_is_told_with_what_to_do() -> None:
    gone = read(problem="gone", wanted="publish")
    assert "was deleted" in said(message(gone))
    assert "nothing was published" in said(message(gone))
    assert list(buttons(message(gone))) == ["postmortem_canvas_leave"]
    unreadable = read(problem="missing_scope", wanted="review")
    assert "reinstall the app" in said(message(unreadable))
    assert "nothing was sent to review" in said(message(unreadable))
    assert list(buttons(message(unreadable))) == ["postmortem_canvas_take", "postmortem_canvas_leave"]
    assert list(buttons(message(unreadable, over()))) == []


def test_what_was_taken_over_is_told_with_the_questions() -> None:
    taken = read(
        taken=(SUMMARY, PostmortemSection.MORE), headings="Costs", too_long=(PostmortemSection.IMPACT,)
    )
    assert "Carol took over from the canvas: “Summary”, “More”." in said(message(taken))
    assert "under “More”: Costs" in said(message(taken))
    assert "“Impact” is too long and stays in the canvas" in said(message(taken))
    assert "found nothing new" in said(message(read()))
    question = message(read(wanted="review", problem="somebody must say first which text counts"), asked())
    assert "It was not sent to review.* Somebody must say first" in said(question)
    assert list(buttons(question)) == ["postmortem_canvas_compare_summary"]
    emptied = message(read(), asked(""))
    assert list(buttons(emptied)) == ["postmortem_canvas_back_summary", "postmortem_canvas_as_it_is_summary"]
    assert "read the canvas" in said(emptied)


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        (differs("x"), "“Summary” has another text in the canvas"),
        (differs(""), "“Summary” is empty in the canvas"),
        (read(taken=(SUMMARY,)), "Taken over from the canvas: “Summary”"),
        (read(), "Taken over from the canvas: nothing new"),
        (read(problem="gone"), "not read: it is gone"),
        (read(problem="ekm_access_denied"), "not read: Slack says ekm_access_denied"),
        (
            facts.PostmortemCanvasRefused(at=NOW, by=BOB, code="x"),
            "No canvas for the postmortem: Slack says x",
        ),
        (facts.PostmortemCanvasOpened(at=NOW, by=BOB, canvas="F", link=""), "Canvas for the postmortem made"),
        (
            facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=SUMMARY, put_back=True),
            "“Summary” put back into the canvas",
        ),
        (
            facts.PostmortemCanvasAnswered(at=NOW, by=BOB, section=SUMMARY, put_back=False),
            "“Summary” is the same in the canvas again",
        ),
    ],
)
def test_the_timeline_says_it_in_a_sentence(happened: facts.AboutPostmortemCanvas, sentence: str) -> None:
    assert sentence in canvas_sentence(happened)


def test_a_text_from_the_canvas_is_told_as_one() -> None:
    text = facts.PostmortemSectionWritten(
        at=NOW, by=CAROL, section=SUMMARY, text="x", version=2, in_canvas=True
    )
    assert "written in the canvas (version 2)" in said(fact_message(Entry(9, text), written(over()), {}))


def test_without_a_war_room_no_canvas_is_offered() -> None:
    assert canvas_buttons(replace(over(), without_room=True)) == []
    assert [each["action_id"] for each in canvas_buttons(over())] == ["postmortem_canvas"]
