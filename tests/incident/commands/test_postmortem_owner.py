"""Who writes the postmortem."""

from bot.incident.commands.request import ChangeIncident, Show
from bot.incident.domain import rules
from bot.incident.domain.facts import PostmortemOwnerChosen, people_in
from bot.incident.views.facts import sentence
from tests.incident.commands.factory import APP, change, form, press, refusal, say, submit
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared, fact, refused, resolved
from tests.incident.views.reading import fields, said

OVER = resolved()


def test_whoever_presses_writes_it() -> None:
    happened = change(press("postmortem_mine", OVER), OVER)
    assert happened == PostmortemOwnerChosen(at=NOW, by=CAROL, person=CAROL)
    assert sentence(happened) == f"<@{CAROL}> writes the postmortem"
    again = after(OVER, (happened,))
    assert "already" in refusal(press("postmortem_mine", again), again).message


def test_another_person_is_chosen_in_a_form_or_by_name() -> None:
    assert set(fields(form(press("postmortem_owner", OVER)))) == {"person"}
    assert change(submit("postmortem_owner", OVER, person=BOB), OVER) == PostmortemOwnerChosen(
        at=NOW, by=CAROL, person=BOB
    )
    typed = say(f"postmortem <@{BOB}|bob>", OVER)
    happened = change(typed, OVER)
    assert people_in(happened) == (BOB,)
    assert sentence(happened) == f"<@{BOB}> writes the postmortem (chosen by <@{CAROL}>)"
    assert isinstance(typed, ChangeIncident)
    assert typed.done
    assert said(typed.done(after(OVER, (happened,)))) == f"<@{BOB}> writes the postmortem of INC-42."
    assert change(say("postmortem me", OVER), OVER) == PostmortemOwnerChosen(at=NOW, by=CAROL, person=CAROL)


def test_somebody_else_takes_it_over() -> None:
    chosen = after(OVER, rules.choose_postmortem_owner(OVER, BOB, by=BOB, now=NOW))
    happened = fact(rules.choose_postmortem_owner(chosen, CAROL, by=CAROL, now=NOW))
    assert sentence(happened) == f"<@{CAROL}> writes the postmortem instead of <@{BOB}>"


def test_an_app_or_a_stranger_writes_nothing() -> None:
    for outcome in (submit("postmortem_owner", OVER, person=APP), say(f"postmortem <@{APP}>", OVER)):
        assert "An app cannot take a postmortem: choose a person." in refusal(outcome).message
    assert "I do not know bob" in refusal(say("postmortem bob", OVER)).message


def test_what_was_no_incident_owes_no_postmortem() -> None:
    cancelled = after(declared(), rules.cancel(declared(), by=BOB, now=NOW))
    no = refused(rules.choose_postmortem_owner(cancelled, BOB, by=BOB, now=NOW))
    assert "cancelled: nobody owes a postmortem" in no.message


def test_without_a_person_the_draft_is_written() -> None:
    assert isinstance(say("postmortem", OVER), Show)


def test_the_missing_milestones_have_buttons_of_their_own() -> None:
    for name in ("started", "detected"):
        shown = fields(form(press(f"milestone_{name}", OVER)))["milestone"]
        assert shown["element"]["initial_option"]["value"] == name


def test_who_records_a_milestone_after_the_end_by_a_command_is_answered() -> None:
    typed = say("milestone started 13:00", OVER)
    assert isinstance(typed, ChangeIncident)
    assert typed.done
    assert "Impact started: " in said(typed.done(after(OVER, typed.decide(OVER))))
    before = say("milestone started 13:00", declared())
    assert isinstance(before, ChangeIncident)
    assert before.done is None


def test_a_task_that_nobody_needs_is_dropped_by_its_button() -> None:
    incident = after(declared(), rules.add_task(declared(), "Check", by=BOB, now=NOW))
    dropped = press("task_drop", incident, metadata={"task": 1, "shown": "list"})
    assert "dropped" in sentence(change(dropped, incident))
