"""Who hears of what outside of the war room, and when the digest is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.announcing import AnnounceChannel, channels_for
from bot.incident.domain.audiences import Audience
from bot.incident.domain.digest import DigestTime, DueDigest, due_digest
from bot.incident.domain.effects import (
    Announce,
    AnnounceIn,
    Effect,
    RetellChannel,
    RetellSubscribers,
    RetellThread,
    ShowCard,
    TellChannel,
    TellSubscribers,
    TellThread,
)
from bot.incident.domain.stakeholders import with_further_channels, with_stakeholders
from bot.incident.domain.subscriptions import Following, Follows, is_news, is_told_in_room
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from tests.incident.domain.situations import BOB, NOW, after, declared

CHANNELS = [
    AnnounceChannel("C1", frozenset({Severity.SEV1})),
    AnnounceChannel("C2", frozenset({Severity.SEV3})),
]


def changed(severity: Severity, to: Severity, *, private: bool = False) -> object:
    incident = declared(severity=severity, private=private)
    return after(incident, rules.change_severity(incident, to, by=BOB, now=NOW))


def test_an_incident_remembers_each_severity_that_it_has_had() -> None:
    incident = declared(severity=Severity.SEV3)
    assert incident.severities == (Severity.SEV3,)
    for severity in (Severity.SEV1, Severity.SEV2, Severity.SEV1):
        incident = after(incident, rules.change_severity(incident, severity, by=BOB, now=NOW))
    assert incident.severities == (Severity.SEV3, Severity.SEV1, Severity.SEV2)
    assert incident.worst is Severity.SEV1


def test_an_incident_belongs_in_the_channels_of_each_severity_that_it_has_had() -> None:
    assert channels_for(declared(severity=Severity.SEV1), CHANNELS) == ["C1"]
    assert channels_for(declared(severity=Severity.SEV2), CHANNELS) == []
    assert channels_for(replace(declared(severity=Severity.SEV1), severities=()), CHANNELS) == ["C1"]
    assert channels_for(changed(Severity.SEV1, Severity.SEV3), CHANNELS) == ["C1", "C2"]  # type: ignore[arg-type]
    assert channels_for(declared(private=True), CHANNELS) == []


def test_what_the_incidents_channel_is_shown_the_further_channels_are_shown_too() -> None:
    effects: list[Effect] = [ShowCard(), Announce(), TellChannel(7, also=(6,)), RetellChannel(3)]
    assert with_further_channels(effects, declared(), CHANNELS) == [
        *effects,
        AnnounceIn("C1"),
        TellThread(7, also=(6,), channel="C1"),
        RetellThread(3, channel="C1"),
        RetellSubscribers(3),
    ]
    assert with_further_channels(effects, declared(private=True), CHANNELS) == [
        *effects,
        RetellSubscribers(3),
    ]


def test_an_act_is_told_to_subscribers_once_and_only_if_it_is_news() -> None:
    raised = facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1)
    posted = facts.UpdatePosted(at=NOW, by=BOB, conditions="All fail")
    noted = facts.Noted(at=NOW, by=BOB, author=BOB, text="The log is full")
    act = [Entry(4, noted), Entry(5, raised), Entry(6, posted)]
    assert with_stakeholders(act, [], declared(), []) == [TellSubscribers(6, also=(5,))]
    assert with_stakeholders(act[:1], [], declared(), []) == []


@pytest.mark.parametrize(
    ("audiences", "private", "is_for_them", "in_room"),
    [
        ((Audience.ROOM, Audience.STAKEHOLDERS), False, True, True),
        ((Audience.ROOM,), False, False, True),
        ((Audience.STAKEHOLDERS,), False, True, False),
        ((Audience.ROOM,), True, True, True),
        ((Audience.PUBLIC,), True, False, False),
    ],
)
def test_updates_are_news_for_those_whom_they_are_for(
    audiences: tuple[Audience, ...], *, private: bool, is_for_them: bool, in_room: bool
) -> None:
    posted = facts.UpdatePosted(at=NOW, by=BOB, conditions="All fail", audiences=audiences)
    assert is_news(posted, declared(private=private)) is is_for_them
    assert is_told_in_room(posted) is in_room


def test_a_severity_means_that_one_or_worse_and_never_a_private_incident() -> None:
    follows = Follows(Severity.SEV2)
    assert follows.hears_of(declared(severity=Severity.SEV1))
    assert follows.hears_of(declared(severity=Severity.SEV2))
    assert not follows.hears_of(declared(severity=Severity.SEV3))
    assert not follows.hears_of(declared(severity=Severity.SEV1, private=True))
    assert follows.hears_of(changed(Severity.SEV1, Severity.SEV4))  # type: ignore[arg-type]
    assert not Follows().hears_of(declared())


def test_what_is_stopped_is_not_heard_of_until_it_is_followed_again() -> None:
    incident = declared(severity=Severity.SEV1)
    follows = Follows(Severity.SEV1).after(Following(number=42, follows=False))
    assert not follows.hears_of(incident)
    follows = follows.after(Following(number=42))
    assert follows.hears_of(incident)
    assert follows.after(Following()) == Follows(None, frozenset({42}))
    assert follows.after(Following(severity=Severity.SEV3)).severity is Severity.SEV3
    assert follows.incidents == frozenset({42})


NINE = DigestTime(time(9), "Europe/Berlin")


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_the_digest_is_due_for_an_hour() -> None:
    due = DueDigest(date(2026, 11, 23), utc(23, 8))
    assert due_digest(NINE, utc(23, 7, 59)) is None
    assert due_digest(NINE, utc(23, 8)) == due_digest(NINE, utc(23, 8, 59)) == due
    assert due_digest(NINE, utc(23, 9)) is None


def test_the_digest_keeps_its_local_time_when_clocks_change() -> None:
    assert due_digest(NINE, utc(24, 7, month=10)) == DueDigest(date(2026, 10, 24), utc(24, 7, month=10))
    assert due_digest(NINE, utc(25, 8, month=10)) == DueDigest(date(2026, 10, 25), utc(25, 8, month=10))


def test_a_time_that_comes_twice_or_never_is_due_once() -> None:
    twice = DigestTime(time(2, 30), "Europe/Berlin")
    assert due_digest(twice, utc(25, 0, 30, month=10)) == DueDigest(
        date(2026, 10, 25), utc(25, 0, 30, month=10)
    )
    assert due_digest(twice, utc(25, 1, 30, month=10)) is None
    assert due_digest(twice, utc(29, 1, 30, month=3)) == DueDigest(date(2026, 3, 29), utc(29, 1, 30, month=3))


def test_shortly_after_midnight_it_is_yesterdays() -> None:
    late = DigestTime(time(23, 45), "UTC")
    assert due_digest(late, utc(24, 0, 15)) == DueDigest(date(2026, 11, 23), utc(23, 23, 45))


def test_on_weekdays_only_there_is_none_on_a_weekend() -> None:
    weekdays = DigestTime(time(9), "UTC", weekdays=True)
    assert due_digest(weekdays, utc(20, 9))  # a Friday
    assert due_digest(weekdays, utc(21, 9)) is None
    assert due_digest(weekdays, utc(22, 9)) is None
    assert due_digest(weekdays, utc(23, 9))
    assert due_digest(DigestTime(time(9), "UTC"), utc(21, 9))
