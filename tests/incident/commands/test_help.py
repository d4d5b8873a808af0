"""Help is made from the registered words, so it never lacks one."""

from bot.incident.commands import help as help_word
from bot.incident.commands import registry
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from tests.incident.commands.factory import reply, request, say
from tests.incident.domain.situations import declared, resolved


def test_help_lists_every_word_with_its_usage_and_what_it_does() -> None:
    text = reply(say("help"))
    for word in registry.COMMANDS.values():
        assert f"`/incident {word.usage}` — {word.summary}" in text


def test_help_lists_each_word_where_it_works() -> None:
    anywhere, in_room = reply(say("help")).split("*In a war room*")
    assert "declare" in anywhere
    assert "*Anywhere*" in anywhere
    assert "`/incident timeline [" in in_room


def test_help_lists_the_words_by_the_alphabet_so_that_one_is_found() -> None:
    for part in reply(say("help")).split("*In a war room*"):
        words = [
            line.removeprefix("`/incident ").split("`")[0].split()[0]
            for line in part.splitlines()
            if " — " in line
        ]
        assert words == sorted(words)


def test_help_for_one_word_says_more() -> None:
    text = reply(say("help NOTE"))
    assert registry.COMMANDS["note"].summary in text
    assert "at 10 min ago" in text


def test_help_for_a_word_without_details_is_short() -> None:
    assert reply(say("help reopen")).count("\n") == 1


def test_help_for_an_unknown_word_suggests_the_nearest() -> None:
    assert "Did you mean `/incident severity`?" in reply(say("help sevrity"))


def test_an_unknown_word_is_answered_with_a_suggestion() -> None:
    text = reply(help_word.unknown("sevrity"))
    assert "Unknown command “sevrity”." in text
    assert "Did you mean `/incident severity`?" in text


def test_a_word_unlike_all_others_is_answered_with_a_hint_to_help() -> None:
    assert "`/incident help` lists all commands." in reply(help_word.unknown("xyzzy"))


def test_an_unknown_word_notifies_nobody() -> None:
    assert "<!channel>" not in reply(help_word.unknown("<!channel>"))


def test_the_command_alone_offers_to_declare_and_shows_open_war_rooms() -> None:
    text = reply(help_word.menu(request(open_incidents=Shortlist([ListedIncident(declared(), "C0ROOM")], 1))))
    assert "Declare an incident" in text
    assert "Open now: <#C0ROOM>" in text


def test_the_command_alone_without_open_incidents_lists_no_rooms() -> None:
    assert "Open now" not in reply(help_word.menu(request()))


def test_the_command_alone_in_a_war_room_offers_the_usual_next_steps() -> None:
    assert "Take command" in reply(help_word.menu(request(incident=declared())))
    assert "Postmortem draft" in reply(help_word.menu(request(incident=resolved())))
