"""What an incident is: a drill or a real incident, and what a drill leaves alone."""

from dataclasses import replace

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.announcing import AnnounceChannel, channels_for
from bot.incident.domain.calling import called
from bot.incident.domain.closing import open_points
from bot.incident.domain.effects import Announce, CallIn, SetTopic, ShowCard, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.kinds import DrillPolicy, Kind, kind_of_title, titled
from bot.incident.domain.policy import CallList, Policy
from bot.incident.domain.postmortem_owed import owed_by_policy
from bot.incident.domain.react import react
from bot.incident.domain.subscriptions import Follows, is_news
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import BOB, NOW, after, decided, declared, entries, refused, resolved

DRILL = "Drill: a region fails"


def changed(incident: Incident, kind: Kind) -> tuple[facts.Fact, ...]:
    return decided(rules.set_kind(incident, kind, by=BOB, now=NOW))


def corrected(incident: Incident, kind: Kind) -> Incident:
    return after(incident, changed(incident, kind))


def owed(incident: Incident, policy: Policy) -> tuple[facts.PostmortemOwed, ...]:
    return owed_by_policy(incident, decided(rules.resolve(incident, by=BOB, now=NOW)), policy)


@pytest.mark.parametrize(
    ("title", "real"),
    [
        ("Drill: a region fails", "a region fails"),
        ("[drill] a region fails", "a region fails"),
        ("DRILL - a region fails", "a region fails"),
        ("Drill", "Drill"),
    ],
)
def test_a_title_says_that_it_is_a_drill(title: str, real: str) -> None:
    assert kind_of_title(title) is Kind.DRILL
    assert titled(title, Kind.DRILL) == title
    assert titled(title, Kind.INCIDENT) == real


@pytest.mark.parametrize(
    "title", ["Drill press is broken", "Drilling rigs report no data", "No drill: it burns"]
)
def test_a_title_with_the_word_may_be_real(title: str) -> None:
    assert kind_of_title(title) is Kind.INCIDENT
    assert titled(title, Kind.INCIDENT) == title
    assert titled(title, Kind.DRILL) == f"Drill: {title}"


def test_the_declaration_records_what_it_is() -> None:
    assert declared(DRILL).kind is Kind.DRILL
    assert declared(DRILL).is_drill
    assert declared().kind is Kind.INCIDENT
    assert not declared().is_drill


def test_the_title_decides_of_what_an_earlier_release_declared() -> None:
    assert replace(declared(DRILL), kind=None).is_drill
    assert not replace(declared(), kind=None).is_drill
    assert not replace(declared(DRILL), kind=Kind.INCIDENT).is_drill, "the field decides where there is one"


def test_it_is_corrected_with_its_title_and_both_values_are_on_record() -> None:
    renamed, changes = changed(declared(DRILL), Kind.INCIDENT)
    assert changes == facts.KindChanged(at=NOW, by=BOB, new=Kind.INCIDENT, old=Kind.DRILL)
    assert isinstance(renamed, facts.Renamed)
    assert (renamed.title, renamed.old_title) == ("a region fails", DRILL)
    back = corrected(corrected(declared(DRILL), Kind.INCIDENT), Kind.DRILL)
    assert (back.title, back.is_drill) == (DRILL, True)
    assert sentence(changes) == f"This is a real incident, not a drill: changed (by <@{BOB}>)"
    assert "This is a drill, not a real incident" in sentence(changed(declared(), Kind.DRILL)[1])


def test_a_title_that_says_nothing_else_stays() -> None:
    (only,) = changed(declared("Drill"), Kind.INCIDENT)
    assert isinstance(only, facts.KindChanged)
    assert not corrected(declared("Drill"), Kind.INCIDENT).is_drill


def test_it_is_corrected_after_the_end_too() -> None:
    assert corrected(resolved(), Kind.DRILL).is_drill


def test_what_it_is_already_is_refused() -> None:
    assert refused(rules.set_kind(declared(), Kind.INCIDENT, by=BOB, now=NOW)).message == (
        "INC-42 is a real incident already."
    )
    assert (
        "INC-42 is a drill already"
        in refused(rules.set_kind(declared(DRILL), Kind.DRILL, by=BOB, now=NOW)).message
    )


def test_a_title_without_room_for_the_word_is_refused() -> None:
    full = declared("x" * rules.TITLE_MAX)
    assert "characters" in refused(rules.set_kind(full, Kind.DRILL, by=BOB, now=NOW)).message


def test_a_new_title_of_a_drill_goes_on_saying_it() -> None:
    renamed = decided(rules.rename(declared(DRILL), "Two regions fail", by=BOB, now=NOW))
    assert after(declared(DRILL), renamed).title == "Drill: Two regions fail"
    assert (
        "characters" in refused(rules.rename(declared(DRILL), "x" * rules.TITLE_MAX, by=BOB, now=NOW)).message
    )


def test_a_new_title_makes_it_a_drill() -> None:
    renamed = after(declared(), rules.rename(declared(), DRILL, by=BOB, now=NOW))
    assert (renamed.title, renamed.is_drill, renamed.was_real) == (DRILL, True, True)


def test_a_new_summary_changes_no_kind() -> None:
    odd = replace(declared("Drill"), kind=Kind.INCIDENT)
    assert not after(odd, rules.rename(odd, "Drill", summary="A drill press", by=BOB, now=NOW)).is_drill


def test_the_room_is_told_and_everything_that_shows_it_follows() -> None:
    entry = Entry(5, changed(declared(), Kind.DRILL)[1])
    assert react(entry, corrected(declared(), Kind.DRILL)) == (
        TellRoom(5),
        SetTopic(),
        ShowCard(),
        Announce(),
    )
    private = corrected(declared(private=True), Kind.DRILL)
    assert Announce() not in react(entry, private)


@pytest.fixture
def calling(policy: Policy) -> Policy:
    """SEV1 calls Bob."""
    sev1 = replace(policy.levels[Severity.SEV1], call=CallList((BOB,)))
    return replace(policy, levels={**policy.levels, Severity.SEV1: sev1})


def test_a_drill_calls_nobody_unless_the_policy_says_so(calling: Policy) -> None:
    drill = declared(DRILL)
    raised = entries(facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1))
    assert called(raised, drill, calling) == ()
    assert called(raised, declared(), calling) == (CallIn((BOB,), ()),)
    assert called(raised, drill, replace(calling, drills=DrillPolicy(call=True))) == (CallIn((BOB,), ()),)


def test_a_drill_that_turns_out_to_be_real_calls(calling: Policy) -> None:
    real = corrected(declared(DRILL), Kind.INCIDENT)
    assert called(entries(*changed(declared(DRILL), Kind.INCIDENT)), real, calling) == (CallIn((BOB,), ()),)
    practice = corrected(declared(), Kind.DRILL)
    with_calls = replace(calling, drills=DrillPolicy(call=True))
    assert called(entries(*changed(declared(), Kind.DRILL)), practice, with_calls) == ()


def test_a_drill_wakes_only_those_who_follow_it_by_name() -> None:
    drill = declared(DRILL)
    assert not Follows(severity=Severity.SEV4).hears_of(drill)
    assert Follows(incidents=frozenset({42})).hears_of(drill)
    assert channels_for(drill, [AnnounceChannel("C1")]) == []


def test_who_heard_of_it_as_real_hears_that_it_was_a_drill() -> None:
    drill = corrected(declared(), Kind.DRILL)
    assert Follows(severity=Severity.SEV4).hears_of(drill)
    assert channels_for(drill, [AnnounceChannel("C1")]) == ["C1"]
    assert is_news(changed(declared(), Kind.DRILL)[1], drill)
    assert corrected(corrected(declared(DRILL), Kind.INCIDENT), Kind.DRILL).was_real


def test_no_postmortem_is_owed_after_a_drill_unless_the_policy_says_so(policy: Policy) -> None:
    drill = declared(DRILL)
    assert owed(drill, policy) == ()
    assert len(owed(declared(), policy)) == 1
    assert len(owed(drill, replace(policy, drills=DrillPolicy(postmortem=True)))) == 1
    assert not open_points(resolved(drill), policy).without_owner
    assert open_points(resolved(), policy).without_owner


def test_one_that_was_real_owes_it_from_the_correction_on(policy: Policy) -> None:
    over = resolved(declared(DRILL))
    (fact,) = owed_by_policy(over, changed(over, Kind.INCIDENT), policy)
    real = after(over, (*changed(over, Kind.INCIDENT), fact))
    assert real.postmortem.is_owed
    assert not corrected(real, Kind.DRILL).postmortem.is_owed, "and one that was a drill does not any more"
    still_open = declared(DRILL)
    assert owed_by_policy(still_open, changed(still_open, Kind.INCIDENT), policy) == ()
    cancelled = after(still_open, rules.cancel(still_open, "x", by=BOB, now=NOW))
    assert owed_by_policy(cancelled, changed(cancelled, Kind.INCIDENT), policy) == ()
