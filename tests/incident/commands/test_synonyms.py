"""Words of other tools lead where people mean, and what they typed comes along."""

import pytest

from bot.incident.commands import elsewhere, parsing, registry
from bot.incident.commands.help import unknown
from bot.incident.commands.request import Reply
from bot.incident.domain.vocabulary import Status
from tests.incident.commands.factory import form, reply, say
from tests.incident.domain.situations import declared, refused, resolved
from tests.incident.views.reading import said

# What is typed → the command, and the text that it gets.
MEANT = [
    ("new checkout is down", "declare", "checkout is down"),
    ("open sev1 checkout is down", "declare", "sev1 checkout is down"),
    ("create checkout", "declare", "checkout"),
    ("start checkout", "declare", "checkout"),
    ("trigger checkout", "declare", "checkout"),
    ("raise checkout", "declare", "checkout"),
    ("lead @bob", "assign", "commander @bob"),
    ("IC me", "assign", "commander me"),
    ("claim", "assign", "me"),
    ("owner @bob", "assign", "commander @bob"),
    ("scribe @bob", "assign", "scribe @bob"),
    ("fixed rolled back the deploy", "resolve", "rolled back the deploy"),
    ("done", "resolve", ""),
    ("close rolled back", "resolve", "rolled back"),
    ("solved rolled back", "resolve", "rolled back"),
    ("completed rolled back", "resolve", "rolled back"),
    ("mitigate", "status", "mitigated"),
    ("monitoring", "status", "mitigated"),
    ("identified", "status", "mitigating"),
    ("investigating", "status", "triage"),
    ("sev 2", "severity", "2"),
    ("priority sev2 it spreads", "severity", "sev2 it spreads"),
    ("downgrade sev3 fewer customers", "severity", "sev3 fewer customers"),
    ("sev1 it spreads", "severity", "sev1 it spreads"),
    ("post half works again", "update", "half works again"),
    ("notes errors jumped", "note", "errors jumped"),
    ("record at 14:05 errors jumped", "note", "at 14:05 errors jumped"),
    ("hypothesis it is the DNS", "park", "it is the DNS"),
    ("todo check the lag", "task", "check the lag"),
    ("later the rollback runs", "snooze", "the rollback runs"),
    ("unresolve it is back", "reopen", "it is back"),
    ("dismiss a test", "cancel", "a test"),
    ("false-positive a test", "cancel", "a test"),
    ("dupe of INC-7", "duplicate", "of INC-7"),
    ("merge INC-7", "duplicate", "INC-7"),
    ("rca", "postmortem", ""),
    ("retrospective", "postmortem", ""),
    ("events @bob", "timeline", "@bob"),
    ("responders", "who", ""),
    ("recap", "catchup", ""),
    ("active sev1", "list", "sev1"),
    ("find checkout", "list", "all checkout"),
    ("transfer @bob", "handoff", "@bob"),
    ("me", "mine", ""),
]


@pytest.mark.parametrize(("typed", "name", "text"), MEANT)
def test_a_word_of_another_tool_leads_where_it_means_and_takes_the_text_along(
    typed: str, name: str, text: str
) -> None:
    parsed = parsing.parse(typed)
    assert parsed.command is registry.COMMANDS[name]
    assert parsed.text == text


@pytest.mark.parametrize("word", sorted(elsewhere.ELSEWHERE))
def test_a_word_for_what_does_not_exist_names_what_comes_nearest(word: str) -> None:
    nearest = elsewhere.ELSEWHERE[word]
    assert nearest.type_this
    for line in nearest.type_this:
        assert line.split()[0] in registry.COMMANDS, "what stands in backticks works when it is typed"
    if registry.find_command(word) is None:
        outcome = unknown(word.upper())
        assert isinstance(outcome, Reply)
        answer = said(outcome.message)
        assert f"There is no command “{word.upper()}”. {nearest.why}" in answer
        assert f"`/incident {nearest.type_this[0]}`" in answer


def test_a_word_that_nobody_knows_is_told_so() -> None:
    outcome = unknown("xyzzy")
    assert isinstance(outcome, Reply)
    assert said(outcome.message) == "Unknown command “xyzzy”.\n`/incident help` lists all commands."


def test_help_knows_the_synonyms_too() -> None:
    assert "`/incident resolve [what fixed it]`" in reply(say("help close"))
    assert "assign me" in reply(say("help ack"))


def test_a_status_with_a_sentence_opens_the_update_that_holds_both() -> None:
    view = form(say("mitigated rolled back the deploy", declared()))
    assert view["callback_id"] == "update"
    fields = {block.get("block_id"): block for block in view["blocks"]}
    assert fields["conditions"]["element"]["initial_value"] == "rolled back the deploy"
    assert fields["status"]["element"]["initial_option"]["value"] == Status.MITIGATED
    assert "You wrote this before" not in said(view)


def test_resolved_with_a_sentence_opens_the_form_that_holds_it() -> None:
    view = form(say("status resolved: rolled back", declared()))
    assert view["callback_id"] == "resolve"
    (summary,) = [block for block in view["blocks"] if block.get("block_id") == "summary"]
    assert summary["element"]["initial_value"] == "rolled back"


@pytest.mark.parametrize("typed", ["mitigated rolled back", "status resolved rolled back"])
def test_a_closed_incident_says_so_before_any_form_opens(typed: str) -> None:
    assert "INC-42 is resolved" in refused(say(typed, resolved())).message


def test_no_word_of_other_tools_hides_behind_a_command_or_says_that_there_is_none() -> None:
    assert not set(elsewhere.ELSEWHERE) & {*registry.COMMANDS, *registry.SYNONYMS}
    nearest = elsewhere.nearest_to("edit")
    assert nearest
    assert list(nearest.type_this) == ["rename"]
