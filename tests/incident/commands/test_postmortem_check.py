"""`/incident postmortem check`: what judges a person or hides the system, told to the person who asks."""

from bot.incident.commands import registry
from bot.incident.commands.request import Show
from bot.incident.domain import facts
from bot.incident.domain.permissions import Capability
from tests.incident.commands.factory import reply, request, say
from tests.incident.domain.situations import BOB, CAROL, declared, entries, later, resolved

NOTED = facts.Noted(at=later(5), by=CAROL, author=CAROL, text=f"<@{BOB}> should have tested it")


def test_it_answers_with_the_findings_in_the_draft_as_it_would_be_now() -> None:
    for incident in (declared(), resolved()):
        text = reply(say("postmortem check", incident, timeline=entries(NOTED)))
        assert "*One place in the draft of INC-42*" in text
        assert f"<@{BOB}> *should have tested* it" in text


def test_an_empty_draft_is_answered_too_and_the_word_may_be_written_large() -> None:
    assert "Nothing in the draft of INC-42" in reply(say("postmortem  CHECK ", declared()))


def test_whoever_may_read_may_check() -> None:
    action = registry.COMMANDS["postmortem"].action
    assert action.needed(request("check")) == (Capability.READ,)
    assert action.needed(request("")) == (Capability.CHANGE,)


def test_the_word_alone_still_posts_the_draft() -> None:
    assert isinstance(say("postmortem", declared()), Show)
