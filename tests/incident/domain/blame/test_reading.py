"""What the reader for blame reads of a text, and where it says that something is."""

from bot.incident.domain import blame
from bot.incident.domain.blame import Finding, Kind
from bot.incident.domain.blame.read import WORDS_MAX

BLAMING = "We should have rolled back."


def found(text: str, *names: str) -> list[Finding]:
    return blame.read(text, names)


def test_a_finding_says_where_what_why_and_what_to_ask_instead() -> None:
    text = "# Summary\n\nIt was late. We should have\nrolled back at 10:15, said nobody.\n"
    (finding,) = found(text)
    assert (finding.kind, finding.line) == (Kind.SHOULD_HAVE, 3)
    assert text[finding.offset :].startswith("should have\nrolled")
    assert finding.words == "should have rolled"
    assert finding.sentence == "We should have rolled back at 10:15, said nobody."
    assert finding.reason.endswith(".")
    assert finding.question.endswith("?")


def test_findings_come_in_the_order_of_the_text_and_each_kind_once_a_sentence() -> None:
    text = "The root cause was human error, human error. Bob forgot it.\n\n## Action items\n\n- Investigate\n"
    assert [each.kind for each in found(text)] == [
        Kind.SINGLE_CAUSE,
        Kind.HUMAN_ERROR,
        Kind.OMISSION,
        Kind.ACTION_ITEM,
    ]


def test_code_quotes_and_addresses_are_left_alone() -> None:
    for text in (
        f"```\n{BLAMING}\n```",
        f"~~~\n```\n{BLAMING}\n~~~",
        f"```\n{BLAMING}",
        f"Text.\n\n    {BLAMING}",
        f"`{BLAMING}`",
        f"> {BLAMING}",
        f"- > {BLAMING}",
        f"Bob wrote: “{BLAMING}”",
        f'Bob wrote: "{BLAMING}"',
        "[the review](<https://example.com/root cause>)",
        "https://example.com/human-error",
        f"## {blame.SECTION}\n\n- {BLAMING}",
    ):
        assert not found(text), text


def test_what_comes_after_them_is_read() -> None:
    for text in (
        f"```\ncode\n```\n{BLAMING}",
        f"> quote\n\n{BLAMING}",
        f"`code` {BLAMING}",
        f"- item\n\n    {BLAMING}",
        f"Text\n    {BLAMING}",
        f"## {blame.SECTION}\n\n- nothing\n\n## Next\n\n{BLAMING}",
        f"| Time | What |\n| --- | --- |\n| 10:04 | {BLAMING} |",
        f"1. {BLAMING}",
        f"_{BLAMING}_",
        f"**Note:** {BLAMING}",
        BLAMING.replace("should have", "should\u00a0have"),
    ):
        assert [each.kind for each in found(text)] == [Kind.SHOULD_HAVE], text


def test_sentences_end_where_people_end_them() -> None:
    assert [each.sentence for each in found("Version 4.12, e.g. in eu. Bob forgot it. It works.")] == [
        "Bob forgot it."
    ]
    assert [each.sentence for each in found("Was it late? Bob forgot it")] == ["Bob forgot it"]
    assert [each.line for each in found("- Bob forgot it\n- Carol forgot it\n")] == [1, 2]


def test_people_are_known_by_mention_by_common_names_and_by_the_names_that_are_given() -> None:
    for who in ("<@U0BOB>", "<@U0BOB|bob>", "\\<@U0BOB\\>", "Bob", "Bob Xyzzy", "The on-call engineer", "We"):
        assert found(f"{who} broke the login."), who
    assert not found("Xyzzy broke the login.")
    assert found("Xyzzy broke the login.", "Xyzzy Plugh")
    assert not found("Database broke the login.", "Database Team")


def test_an_apostrophe_may_be_curly() -> None:
    assert found("It was Bob’s mistake.")  # noqa: RUF001  # as phones type it
    assert found("The team didn’t test it.")  # noqa: RUF001  # likewise


def test_a_long_sentence_is_cut_around_the_words() -> None:
    long = "configuration"
    (finding,) = found(f"{long} " * 40 + BLAMING[:-1] + f" {long}" * 40)
    assert "should have rolled" in finding.sentence
    assert finding.sentence.startswith("…")
    assert finding.sentence.endswith("…")
    assert len(finding.sentence) <= WORDS_MAX + 2
    (at_the_end,) = found(f"{long} " * 40 + BLAMING)
    assert at_the_end.sentence.endswith("back.")


def test_an_empty_text_has_no_findings() -> None:
    assert found("") == found("\n\n") == found("...") == []
