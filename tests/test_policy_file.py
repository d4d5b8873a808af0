"""`policy.yml`: what may be in it, and that every mistake is reported with its place."""

import itertools
import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.bridge import NO_BRIDGES, PolicyBookmark
from bot.incident.domain.digest import DigestTime
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import CallList, NudgeSetting, Policy
from bot.incident.domain.postmortem_policy import PostmortemPolicy
from bot.incident.domain.quiet_hours import QuietHours
from bot.incident.domain.services import NO_SERVICES, ServiceDefinition, Services
from bot.incident.domain.vocabulary import Severity
from bot.incident.settings_nudges import DEFAULT_NUDGES
from bot.policy_file import DEFAULT, PolicyFileError, load

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    """The default policy, which a test then changes."""
    document: Document = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    return document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "policy.yml"


def read(path: Path, document: Any) -> Policy:
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load(path)


def mistakes(path: Path, document: Any) -> list[str]:
    """What is reported, one line for each mistake, without the file and the line in it."""
    with pytest.raises(PolicyFileError) as error:
        read(path, document)
    lines = str(error.value).splitlines()
    assert [line for line in lines if not re.match(rf"{re.escape(str(path))}:[1-9]\d*: ", line)] == []
    return [line.removeprefix(f"{path}:").partition(": ")[2] for line in lines]


def test_the_default_promises_more_for_a_worse_severity() -> None:
    policy = load()
    cadences = [policy.cadence(severity) for severity in Severity]
    assert cadences == sorted(cadences)
    assert all(policy.impact(severity) for severity in Severity)


def test_by_default_all_escalation_steps_come_before_the_next_update_is_due() -> None:
    policy = load()
    assert policy.escalate_after < policy.broadcast_after < policy.cadence(Severity.SEV1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("45 s", timedelta(seconds=45)),
        ("15 min", timedelta(minutes=15)),
        ("15min", timedelta(minutes=15)),
        ("2 h", timedelta(hours=2)),
        ("1 day", timedelta(days=1)),
        (" 3 days ", timedelta(days=3)),
    ],
)
def test_lengths_of_time_are_written_as_people_say_them(
    path: Path, document: Document, written: str, meant: timedelta
) -> None:
    document["snooze"] = written
    assert read(path, document).snooze == meant


def test_severities_may_be_in_any_order(path: Path, document: Document) -> None:
    document["severities"] = dict(reversed(document["severities"].items()))
    assert list(read(path, document).levels) == list(Severity)


@pytest.mark.parametrize(
    "written", ["soon", "", "15", 15, "0 min", "-5 min", "1.5 h", "15 minutes", None, ["15 min"]]
)
def test_an_invalid_length_is_reported_with_an_example(path: Path, document: Document, written: Any) -> None:
    document["severities"]["SEV2"]["cadence"] = written
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("severities.SEV2.cadence: ")
    assert "write `15 min`, `2 h` or `1 day`" in mistake


@pytest.mark.parametrize("impact", ["", "x" * 76, 7])
def test_an_impact_that_slack_cannot_show_is_reported(path: Path, document: Document, impact: Any) -> None:
    document["severities"]["SEV1"]["impact"] = impact
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("severities.SEV1.impact: ")


def test_a_misspelt_setting_is_reported(path: Path, document: Document) -> None:
    document["snoze"] = document.pop("snooze")
    told = mistakes(path, document)
    assert [line.split(": ")[0] for line in told] == ["snooze", "snoze"]


def test_a_misspelt_setting_of_a_severity_is_reported_too(path: Path, document: Document) -> None:
    document["severities"]["SEV1"]["cadance"] = "5 min"
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("severities.SEV1.cadance: ")


@pytest.mark.parametrize("spoil", ["missing", "unknown"])
def test_there_are_exactly_four_severities(path: Path, document: Document, spoil: str) -> None:
    level = document["severities"].pop("SEV4") if spoil == "missing" else document["severities"]["SEV4"]
    if spoil == "unknown":
        document["severities"]["SEV5"] = dict(
            level
        )  # a copy, because YAML would write the same object as an alias
    (mistake,) = mistakes(path, document)
    wanted = {
        "missing": "severities: must have SEV4 too",
        "unknown": "severities.SEV5: is no severity: there are SEV1, SEV2, SEV3, SEV4",
    }
    assert mistake == wanted[spoil]


def test_the_questions_about_the_impact_propose_the_worst_severity() -> None:
    policy = load()
    assert policy.proposed({}) is policy.proposed({0: 99, 99: 0}) is None
    assert policy.proposed({0: 0, 1: 1}) is Severity.SEV2
    assert policy.proposed({0: 0, 1: 1, 3: 0}) is Severity.SEV1
    assert policy.impact_words({1: 1, 0: 0}) == ("Who is affected? Customers", "How many of them? Many")


def test_every_severity_is_proposed_by_some_answer_of_the_default() -> None:
    answers = [severity for each in load().questions for _, severity in each.answers]
    assert set(answers) == set(Severity)


def test_a_policy_without_questions_proposes_nothing(path: Path, document: Document) -> None:
    del document["impact"]
    policy = read(path, document)
    assert policy.questions == ()
    assert policy.proposed({0: 0}) is None


@pytest.mark.parametrize(
    ("question", "place", "why"),
    [
        ({"question": "Who?"}, "impact.0.answers", "is missing"),
        ({"question": "Who?", "answers": {"All": "SEV1"}}, "impact.0.answers", "at least 2"),
        ({"question": "", "answers": {"All": "SEV1", "Few": "SEV4"}}, "impact.0.question", "at least 1"),
        ({"question": "Who?", "answers": {"x" * 76: "SEV1", "y": "SEV2"}}, "impact.0.answers", "at most 75"),
        (
            {"question": "Who?", "answers": {"All": "SEV0", "Few": "SEV4"}},
            "impact.0.answers.All",
            "must point to one of",
        ),
        ({"question": "Who?", "answers": {True: "SEV1", "No": "SEV4"}}, "impact.0.answers", "must be a text"),
        (
            {"ask": "Who?", "question": "x", "answers": {"a": "SEV1", "b": "SEV1"}},
            "impact.0.ask",
            "is not known: there are question, answers",
        ),
    ],
)
def test_a_mistake_in_a_question_is_reported(
    path: Path, document: Document, question: Document, place: str, why: str
) -> None:
    document["impact"] = [question]
    (mistake,) = mistakes(path, document)
    assert mistake.startswith(place)
    assert why in mistake


def test_too_many_questions_are_reported(path: Path, document: Document) -> None:
    one = yaml.safe_dump(document["impact"][0])
    document["impact"] = [yaml.safe_load(one) for _ in range(9)]
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("impact: ")


@pytest.mark.parametrize("escalate", ["10 min", "11 min"])
def test_each_escalation_step_is_later_than_the_one_before(
    path: Path, document: Document, escalate: str
) -> None:
    document["escalate_after"] = escalate
    (mistake,) = mistakes(path, document)
    assert mistake == "escalate_after: must be shorter than broadcast_after"


def test_the_cadence_may_be_shorter_than_the_time_until_the_channel_is_told(
    path: Path, document: Document
) -> None:
    """The steps are counted from the promise, however many more updates would have been due in that time."""
    document["severities"]["SEV1"]["cadence"] = "5 min"
    assert read(path, document).cadence(Severity.SEV1) == timedelta(minutes=5)


def test_missing_settings_of_a_severity_follow_from_the_others(path: Path, document: Document) -> None:
    """So a file written for an earlier release is still complete."""
    for level in document["severities"].values():
        for name in ("cadence_mitigated", "remind_ahead", "no_commander_broadcast"):
            level.pop(name, None)
    policy = read(path, document)
    assert policy.cadence(Severity.SEV1, mitigated=True) == timedelta(minutes=30)
    assert policy.remind_ahead(Severity.SEV1) == timedelta(minutes=3)
    assert policy.remind_ahead(Severity.SEV4) == timedelta(minutes=30)
    assert policy.no_commander_broadcast(Severity.SEV1) == policy.commander_within + policy.broadcast_after


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("cadence_mitigated", "14 min", "cadence_mitigated: must not be shorter than its cadence"),
        ("remind_ahead", "15 min", "remind_ahead: must be shorter than its cadence"),
        ("no_commander_broadcast", "2 min", "no_commander_broadcast: must be longer than commander_within"),
    ],
)
def test_settings_that_contradict_others_are_reported(
    path: Path, document: Document, name: str, written: str, told: str
) -> None:
    document["severities"]["SEV1"][name] = written
    (mistake,) = mistakes(path, document)
    assert f"severities.SEV1.{told}" in mistake


def test_all_wrong_values_are_reported_at_once(path: Path, document: Document) -> None:
    document["severities"]["SEV1"] = {"impact": "", "cadence": "soon"}
    document["severities"]["SEV3"]["cadence"] = 15
    document["commander_within"] = "now"
    places = [line.split(": ")[0] for line in mistakes(path, document)]
    assert places == [
        "severities.SEV1.impact",
        "severities.SEV1.cadence",
        "severities.SEV3.cadence",
        "commander_within",
    ]


def test_all_contradictions_are_reported_at_once(path: Path, document: Document) -> None:
    del document["severities"]["SEV4"]
    document["escalate_after"] = "20 min"
    told = "\n".join(mistakes(path, document))
    assert "severities: must have SEV4 too" in told
    assert "escalate_after: must be shorter" in told


@pytest.mark.parametrize("written", [None, "SEV1", ["SEV1"], 7])
def test_a_file_of_another_kind_is_reported_in_plain_words(path: Path, written: Any) -> None:
    (mistake,) = mistakes(path, written)
    assert mistake.startswith("the file: ")
    assert "_File" not in mistake


def test_a_severity_of_another_kind_is_reported_in_plain_words(path: Path, document: Document) -> None:
    document["severities"]["SEV1"] = "15 min"
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("severities.SEV1: ")
    assert "_Level" not in mistake


def test_a_missing_file_is_reported_with_the_setting_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(
        PolicyFileError,
        match=r"nowhere\.yml: it cannot be read: No such file or directory\. Check POLICY_FILE\.",
    ):
        load(tmp_path / "nowhere.yml")


def test_a_folder_is_not_a_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="Check POLICY_FILE"):
        load(tmp_path)


@pytest.mark.parametrize("content", [b"severities: [", b"a: b: c", "snooze: fünf".encode("latin-1"), b"\x00"])
def test_invalid_yaml_is_reported(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(PolicyFileError, match=r"policy\.yml:\d:\d+: this is no YAML: "):
        load(path)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in itertools.pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (BOMB, r"yml:2:8: this is no YAML: aliases \(\*a\) cannot be used: write it out$"),
        ("a: &a\n  <<: *a\n", "aliases"),
        ("[" * 200_000, "nested too deeply"),
        ("a: 2026-99-99", "month must be in"),
        ("a: " + "9" * 5000, "this is no YAML"),
        ("# " + "x" * 300_000, "more than 256 kB"),
        ("!!python/object/apply:os.system [ls]", "this is no YAML"),
    ],
    ids=["bomb", "ring", "brackets", "date", "number", "size", "tag"],
)
def test_yaml_that_nobody_writes_by_hand_is_refused_at_once(path: Path, written: str, told: str) -> None:
    path.write_text(written)
    with pytest.raises(PolicyFileError, match=told):
        load(path)


def test_an_endless_pipe_is_not_a_policy(path: Path) -> None:
    path.symlink_to("/dev/zero")
    with pytest.raises(PolicyFileError, match="more than 256 kB"):
        load(path)


def test_the_time_for_objections_has_a_default_and_is_a_day_at_most(path: Path, document: Document) -> None:
    without = {name: value for name, value in document.items() if name != "objection_window"}
    assert read(path, without).objection_window == timedelta(minutes=5)
    assert read(path, {**document, "objection_window": "1 day"}).objection_window == timedelta(days=1)
    (mistake,) = mistakes(path, {**document, "objection_window": "25 h"})
    assert mistake == "objection_window: must not be longer than 1 day"


@pytest.mark.parametrize("written", ["22:00-07:00", "22:00\u201307:00", " 22:00 - 07:00 "])
def test_quiet_hours_are_two_times_of_day_in_a_time_zone(
    path: Path, document: Document, written: str
) -> None:
    assert read(path, document).quiet is None
    quiet = read(path, document | {"quiet_hours": written, "time_zone": "Europe/Berlin"}).quiet
    assert quiet == QuietHours(time(22), time(7), "Europe/Berlin")


def test_a_time_zone_alone_means_no_quiet_hours(path: Path, document: Document) -> None:
    assert read(path, document | {"time_zone": "Europe/Berlin"}).quiet is None


@pytest.mark.parametrize(
    "written", ["at night", "22:00", "25:00-07:00", "07:00-07:00", 22, None, ["22:00", "07:00"]]
)
def test_anything_else_is_reported_as_no_quiet_hours(path: Path, document: Document, written: Any) -> None:
    (told,) = mistakes(path, document | {"quiet_hours": written, "time_zone": "Europe/Berlin"})
    assert told == f"quiet_hours: {written!r} are no hours: write two times of day, such as `22:00-07:00`"


@pytest.mark.parametrize("written", ["Berlin", "", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_reported(path: Path, document: Document, written: str) -> None:
    (told,) = mistakes(path, document | {"time_zone": written})
    assert told == f"time_zone: {written!r} is no time zone: write a name such as `Europe/Berlin`"


def test_quiet_hours_without_a_time_zone_are_reported(path: Path, document: Document) -> None:
    (told,) = mistakes(path, document | {"quiet_hours": "22:00-07:00"})
    assert told == "quiet_hours: needs a time_zone beside it, such as `Europe/Berlin`"


def test_without_a_word_about_reactions_a_pushpin_marks(path: Path, document: Document) -> None:
    document.pop("reactions")
    policy = read(path, document)
    assert (policy.note_reactions, policy.task_reactions) == (("pushpin",), ("clipboard",))


def test_one_reaction_cannot_make_a_note_and_a_task(path: Path, document: Document) -> None:
    document["reactions"] = {"note": ["memo", "eyes"], "task": ["eyes"]}
    (mistake,) = mistakes(path, document)
    assert mistake == "reactions: eyes cannot both make a note and make a task"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["memo", ":round_pushpin:"], ("memo", "round_pushpin")),
        (["+1", "+1"], ("+1",)),
        ([], ()),
        (["Party-Parrot"], ("party-parrot",)),
    ],
)
def test_reactions_are_chosen_by_the_names_of_their_emoji(
    path: Path, document: Document, written: list[str], meant: tuple[str, ...]
) -> None:
    document["reactions"] = {"note": written}
    assert read(path, document).note_reactions == meant


@pytest.mark.parametrize("written", ["", "::", "wave::skin-tone-2", "📌", "push pin", "x" * 101])
def test_what_is_no_emoji_is_reported(path: Path, document: Document, written: str) -> None:
    document["reactions"] = {"note": ["memo", written]}
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("reactions.note.1: ")
    assert "is no emoji" in mistake


def test_a_misspelt_kind_of_reaction_is_reported(path: Path, document: Document) -> None:
    document["reactions"] = {"notes": ["memo"]}
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("reactions.notes: ")


def test_further_channels_and_the_digest_are_read(path: Path, document: Document) -> None:
    assert read(path, document).announce == ()
    assert read(path, document).digest is None
    document["announce"] = [{"channel": "C0EXEC", "severities": ["SEV1", "SEV2"]}]
    document["digest"] = {"at": "09:00", "time_zone": "Europe/Berlin", "weekdays": True}
    policy = read(path, document)
    assert policy.announce == (AnnounceChannel("C0EXEC", frozenset({Severity.SEV1, Severity.SEV2})),)
    assert policy.digest == DigestTime(time(9), "Europe/Berlin", weekdays=True)
    document["digest"] = {"at": "10:30"}
    document["time_zone"] = "Asia/Tokyo"
    assert read(path, document).digest == DigestTime(time(10, 30), "Asia/Tokyo")


def test_services_are_read_and_named_where_incidents_are_announced(path: Path, document: Document) -> None:
    assert read(path, document).services == NO_SERVICES
    document["services"] = {
        "shop": {"title": " Web  shop ", "short": ["store"]},
        "search": {"title": "Search"},
    }
    document["announce"] = [{"channel": "C0SHOP", "services": ["shop"]}]
    policy = read(path, document)
    shop, search = ServiceDefinition("shop", "Web shop", ("store",)), ServiceDefinition("search", "Search")
    assert policy.services == Services((shop, search))
    assert policy.announce == (AnnounceChannel("C0SHOP", services=frozenset({"shop"})),)


@pytest.mark.parametrize(
    ("written", "place", "told"),
    [
        (
            {"announce": [{"channel": "#exec", "severities": ["SEV1"]}]},
            "announce.0.channel",
            "is no channel id",
        ),
        (
            {"announce": [{"channel": "", "severities": ["SEV1"]}]},
            "announce.0.channel",
            "at least 1 character",
        ),
        ({"announce": [{"channel": "C1", "severities": []}]}, "announce.0.severities", "at least 1 entries"),
        (
            {"announce": [{"channel": "C1", "severities": ["SEV9"]}]},
            "announce.0.severities.0",
            "is no severity",
        ),
        (
            {"announce": [{"channel": "C1", "severities": [each]} for each in ("SEV1", "SEV2")]},
            "announce.1.channel",
            "stands there twice",
        ),
        ({"announce": [{"channel": "C1"}]}, "announce.0", "needs severities or services"),
        (
            {"announce": [{"channel": "C1", "services": ["fax"]}]},
            "announce.0.services.0",
            "'fax' is not among the services of this file: none",
        ),
        (
            {
                "announce": [{"channel": "C1", "services": ["shop", "fax"]}],
                "services": {"shop": {"title": "Shop"}},
            },
            "announce.0.services.1",
            "'fax' is not among the services of this file: shop",
        ),
        ({"services": {"Shop": {"title": "Shop"}}}, "services.Shop", "should match pattern"),
        ({"services": {"shop": {}}}, "services.shop.title", "is missing"),
        ({"services": {"shop": {"title": " "}}}, "services.shop", "'' cannot name a service"),
        ({"services": {"shop": {"title": "SEV1"}}}, "services.shop", "'sev1' cannot name a service"),
        (
            {"services": {"shop": {"title": "Shop"}, "web": {"title": "Web", "short": ["SHOP"]}}},
            "services.web",
            "'shop' names shop already",
        ),
        (
            {"services": {f"s-{number}": {"title": f"Number {number}"} for number in range(101)}},
            "services",
            "at most 100",
        ),
        ({"digest": {"at": "09:00"}}, "digest", "needs a time_zone"),
        ({"digest": {"at": 600, "time_zone": "UTC"}}, "digest.at", "is no time of day"),
        ({"digest": {"at": "25:00", "time_zone": "UTC"}}, "digest.at", "is no time of day"),
        ({"digest": {"at": "09:00", "time_zone": "Mars"}}, "digest.time_zone", "is no time zone"),
    ],
)
def test_mistakes_in_them_are_reported(
    path: Path, document: Document, written: Document, place: str, told: str
) -> None:
    (mistake,) = mistakes(path, document | written)
    assert mistake.startswith(f"{place}: ")
    assert told in mistake


def test_a_bad_template_of_channel_names_is_reported_with_its_place(document: Document, path: Path) -> None:
    assert read(path, document | {"channel_name": "{date}-{words}"}).channel_name == "{date}-{words}"
    assert mistakes(path, document | {"channel_name": "inc-{date}"}) == [
        "channel_name: it needs {number} or {words}: otherwise all war rooms have the same name"
    ]


def test_rooms_are_archived_only_with_enough_time_to_ask(document: Document, path: Path) -> None:
    assert read(path, document).archive_after == timedelta(days=14)
    assert read(path, {k: v for k, v in document.items() if k != "archive_after"}).archive_after is None
    assert mistakes(path, document | {"archive_after": "1 day"}) == [
        "archive_after: must be at least 2 days: people are asked a day before"
    ]


def test_an_older_file_owes_postmortems_of_the_two_worst_severities(document: Document, path: Path) -> None:
    older = {k: v for k, v in document.items() if k != "postmortem"}
    assert read(path, older).postmortem == PostmortemPolicy()
    assert list(PostmortemPolicy().severities) == [Severity.SEV1, Severity.SEV2]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"severities": ["SEV9"]}, "postmortem.severities.0: 'SEV9' is no severity: write one of SEV1, SEV2, SEV3, SEV4"),
        ({"within": 0}, "postmortem.within: must be at least 1"),
        ({"within": 100}, "postmortem.within: must be at most 60"),
        ({"country": "XX"}, "postmortem.country: the public holidays of 'XX' are not known: write the code of a country"),
        ({"country": "DE-ZZ"}, "postmortem.country: the public holidays of 'DE-ZZ' are not known"),
        ({"board": "#review"}, "postmortem.board: '#review' is no channel id"),
        ({"templates": {"SEV1": "tiny"}}, "postmortem.templates.SEV1: write 'full', 'short' or 'near_miss'"),
        ({"reviewer": 1}, "postmortem.reviewer: is not known: did you mean `reviewers`?"),
    ],
)  # fmt: skip
def test_what_a_team_promises_about_postmortems_is_checked(
    document: Document, path: Path, written: dict[str, Any], told: str
) -> None:
    (mistake,) = mistakes(path, document | {"postmortem": written})
    assert mistake.startswith(told)


def test_public_holidays_are_those_of_a_country_or_of_a_part_of_it(document: Document, path: Path) -> None:
    def is_holiday(country: str, day: date) -> bool:
        return read(path, document | {"postmortem": {"country": country}}).postmortem.is_holiday(day)

    corpus_christi = date(2026, 6, 4)
    assert not is_holiday("DE", corpus_christi)
    assert is_holiday("de-by", corpus_christi)
    assert is_holiday("no", date(2026, 5, 17))
    path.write_text(
        yaml.safe_dump(document | {"postmortem": {"country": "N"}}).replace("country: N", "country: NO")
    )
    assert load(path).postmortem.is_holiday(date(2026, 5, 17))  # YAML reads the code of Norway as false
    same = [read(path, document | {"postmortem": {"country": "DE"}}).postmortem for _ in range(2)]
    assert same[0] == same[1]


def test_the_draft_ends_with_its_check_unless_the_file_says_no(document: Document, path: Path) -> None:
    assert read(path, document).check_postmortem
    assert not read(path, document | {"postmortem": {"check": False}}).check_postmortem
    assert mistakes(path, document | {"postmortem": {"chek": True}})


def test_nudges_that_a_file_does_not_name_are_as_in_the_default(path: Path, document: Document) -> None:
    given = load().nudges
    del document["nudges"]
    assert read(path, document).nudges == given == DEFAULT_NUDGES
    document["nudges"] = {"silence": "20 min", "mitigated": {"severities": ["SEV1"]}}
    changed = read(path, document).nudges
    assert changed[NudgeKind.SILENCE] == NudgeSetting(
        timedelta(minutes=20), frozenset({Severity.SEV1, Severity.SEV2})
    )
    assert changed[NudgeKind.MITIGATED] == NudgeSetting(timedelta(hours=4), frozenset({Severity.SEV1}))
    assert changed[NudgeKind.SCRIBE] == given[NudgeKind.SCRIBE]


@pytest.mark.parametrize("off", ["off", False])
def test_nudges_can_be_off_together_or_one_by_one(path: Path, document: Document, off: Any) -> None:
    document["nudges"] = off
    assert read(path, document).nudges == {}
    document["nudges"] = {"scribe": off}
    assert set(read(path, document).nudges) == set(NudgeKind) - {NudgeKind.SCRIBE}


@pytest.mark.parametrize(
    ("nudges", "told"),
    [
        ({"scribe": "soon"}, "'soon' is not a length of time: write `15 min`, `2 h` or `1 day`"),
        ({"scribe": {"severities": ["SEV9"]}}, "'SEV9' is no severity: write one of SEV1, SEV2, SEV3, SEV4"),
        ({"scribe": {"severities": []}}, "severities"),
        ({"scribes": "1 h"}, "scribes"),
        ({"scribe": {"when": "1 h"}}, "when"),
        ([], "nudges"),
    ],
)
def test_a_mistake_in_the_nudges_is_reported_with_its_place(
    path: Path, document: Document, nudges: Any, told: str
) -> None:
    document["nudges"] = nudges
    (mistake,) = mistakes(path, document)
    assert mistake.startswith("nudges")
    assert told in mistake


_HEAD = """
bridge: {bridge}
bookmarks:
  - {{title: {title}, url: "{url}", emoji: "{emoji}"}}
"""


def _with_head(tmp_path: Path, **values: str) -> Path:
    given = {
        "bridge": "https://a.example/{secret}",
        "title": "Tickets",
        "url": "http://t/{number}",
        "emoji": ":ticket:",
    }
    file = tmp_path / "policy.yml"
    file.write_text(DEFAULT.read_text() + _HEAD.format(**given | values))
    return file


def test_a_bridge_is_for_all_severities_or_for_some(tmp_path: Path) -> None:
    every = load(_with_head(tmp_path))
    assert set(every.bridges.by_severity) == set(Severity)
    assert every.bookmarks == (PolicyBookmark("Tickets", "http://t/{number}", "ticket"),)
    some = load(_with_head(tmp_path, bridge="{SEV1: https://a.example}"))
    assert dict(some.bridges.by_severity) == {Severity.SEV1: "https://a.example"}
    default = load()
    assert (default.bridges, default.bookmarks, default.canvas) == (NO_BRIDGES, (), True)
    assert default.load


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"bridge": "http://a.example"}, "is no web address that begins with https://"),
        ({"bridge": "https://a.example/{who}"}, "has {who}: there are only {number}, {reference}, {secret}"),
        ({"bridge": "'https://a.example/{'"}, "has {: there are only"),
        ({"bridge": "{SEV9: https://a.example}"}, "bridge.SEV9: is no severity"),
        ({"url": "https://t/{secret}"}, "has {secret}: there are only {number}, {reference}"),
        ({"url": "ftp://t"}, "is no web address that begins with https:// or http://"),
        ({"emoji": "🎫"}, "is no emoji"),
        ({"title": "''"}, "at least 1 character"),
    ],
)
def test_a_bridge_or_a_bookmark_that_leads_nowhere_is_refused_at_the_start(
    tmp_path: Path, values: dict[str, str], words: str
) -> None:
    with pytest.raises(PolicyFileError) as told:
        load(_with_head(tmp_path, **values))
    assert words in str(told.value)


def test_whom_a_severity_calls_is_named_by_ids(path: Path, document: Document) -> None:
    assert not read(path, document).call(Severity.SEV1)
    document["severities"]["SEV1"]["call"] = ["U0BOB", "S0SRE", "U0BOB"]
    document["severities"]["SEV2"]["call"] = "S0OPS"
    policy = read(path, document)
    assert policy.call(Severity.SEV1) == CallList(("U0BOB",), ("S0SRE",))
    assert (policy.groups, policy.people) == (("S0SRE", "S0OPS"), ("U0BOB",))


def test_who_cannot_be_called_is_reported(path: Path, document: Document) -> None:
    document["severities"]["SEV1"]["call"] = ["@bob"]
    (mistake,) = mistakes(path, document)
    assert (
        "severities.SEV1.call: '@bob' is nobody: write the id of a user group (S…) or a person (U…)"
        in mistake
    )


def test_the_postmortem_names_people_or_roles(tmp_path: Path) -> None:
    own = tmp_path / "policy.yml"
    text = DEFAULT.read_text(encoding="utf-8")
    assert not load().names_by_role
    own.write_text(text.replace("\npostmortem:\n", "\npostmortem:\n  names: roles\n"), encoding="utf-8")
    assert load(own).names_by_role
    own.write_text(text.replace("\npostmortem:\n", "\npostmortem:\n  names: nobody\n"), encoding="utf-8")
    with pytest.raises(PolicyFileError, match=r"postmortem.names: .*people.*roles"):
        load(own)
