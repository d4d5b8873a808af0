"""The answer to `/incident postmortem` has a button that opens the page, where pages can be opened."""

from dataclasses import replace

import pytest

from bot.core.page_links import PageName
from bot.incident.commands import registry
from bot.incident.commands.request import Show, Wants
from tests.incident.commands.factory import request
from tests.incident.domain.situations import declared

LINK = "https://bot.example.com/pages/a/b"


@pytest.mark.parametrize("without_room", [False, True])
@pytest.mark.parametrize("link", [LINK, ""])
def test_it_is_in_the_answer_and_never_in_a_text(link: str, without_room: bool) -> None:  # noqa: FBT001
    asked: list[tuple[PageName, str]] = []

    def make(page: PageName, subject: str) -> str:
        asked.append((page, subject))
        return link

    incident = replace(declared(), without_room=without_room)
    for action in (registry.COMMANDS["postmortem"].action, registry.BUTTONS["postmortem"]):
        assert Wants.LINKS in action.wants
        outcome = action.handle(replace(request(""), incident=incident, page_link=make))
        assert isinstance(outcome, Show)
        messages = [each for each in (outcome.done, outcome.again) if each]
        assert [LINK in str(each.blocks) for each in messages] == [bool(link)] * len(messages)
        assert not any(LINK in each.text for each in messages)
    assert asked == [(PageName.POSTMORTEM, str(incident.number))] * 2
