"""Lists: made for nobody, shared, and each row kept by its key."""

from typing import Any

import pytest

from bot.followup.views import slack_list
from bot.ports.port import Dead, Delivered, Retry
from bot.ports.slack.lists import CreateList, KeepRow, ShareList
from bot.sandbox.state.slack_list import SlackList
from tests.slack.gateway.conftest import Line


def text(words: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"rich_text": [{"type": "rich_text", "elements": [section]}]}


async def made(line: Line) -> tuple[SlackList, dict[str, str]]:
    done = await line.gateway.perform(CreateList("Action items", "Nobody reads it", slack_list.columns()))
    assert isinstance(done, Delivered)
    columns = dict(done.receipt)
    return line.sandbox.workspace.lists[columns.pop("list")], columns


def row(
    kept: SlackList, columns: dict[str, str], words: str | None = "Alert", at: str = "", key: str = "ACT-1"
) -> KeepRow:
    cells = {"title": text(words), "reference": text(key), "unknown": {}} if words else None
    return KeepRow(kept.id, columns, "reference", key, at, cells, 3)


async def test_nobody_sees_it_before_it_is_shared(line: Line) -> None:
    kept, columns = await made(line)
    channel = await line.room()
    assert (kept.name, kept.description, len(columns)) == ("Action items", "Nobody reads it", 8)
    assert list(kept.access.values()) == ["owner"]
    assert await line.gateway.perform(ShareList(kept.id, channel)) == Delivered()
    assert kept.access[channel] == "read"
    assert await line.gateway.perform(ShareList(kept.id, "C0")) == Dead("channel_not_found")


async def test_a_row_is_added_changed_and_removed(line: Line) -> None:
    kept, columns = await made(line)
    added = await line.gateway.perform(row(kept, columns))
    assert isinstance(added, Delivered)
    at = added.receipt["row"]
    assert added.receipt == {"list": kept.id, "row": at, "version": "3"}
    assert await line.gateway.perform(row(kept, columns, "Other", at)) == added
    assert kept.to_json()["rows"][0][0] == {"text": "Other"}
    gone = Delivered({"list": kept.id, "row": "", "version": "3"})
    for known in (at, at, ""):  # the second and third time there is none
        assert await line.gateway.perform(row(kept, columns, None, known)) == gone
    assert not kept.items


async def test_a_row_that_somebody_has_deleted_is_added_anew(line: Line) -> None:
    kept, columns = await made(line)
    again = await line.gateway.perform(row(kept, columns, at="Rec0"))
    assert isinstance(again, Delivered)
    assert list(kept.items) == [again.receipt["row"]]


async def test_in_doubt_it_is_found_by_its_key_on_any_page(line: Line) -> None:
    kept, columns = await made(line)
    for number in range(1, 131):
        kept.items[f"Rec{number}"] = {columns["reference"]: text(f"ACT-{number}")}
    found = await line.gateway.perform(row(kept, columns, key="ACT-130"), doubt=True)
    assert isinstance(found, Delivered)
    assert (found.receipt["row"], len(kept.items)) == ("Rec130", 130)
    await line.gateway.perform(row(kept, columns, None, key="ACT-129"), doubt=True)
    assert "Rec129" not in kept.items
    new = await line.gateway.perform(row(kept, columns, key="ACT-131"), doubt=True)
    assert isinstance(new, Delivered)
    assert len(kept.items) == 130


@pytest.mark.parametrize("reason", ["missing_scope", "column_not_found"])
async def test_what_is_refused_for_all_rows_is_said(line: Line, reason: str) -> None:
    kept, columns = await made(line)
    if reason == "missing_scope":
        line.sandbox.workspace.app.scopes -= {"lists:write"}
    else:
        columns["title"] = "Col0"
        reason = "invalid_column_id"
    done = await line.gateway.perform(row(kept, columns))
    assert done == Delivered({"list": kept.id, "refused": reason})


async def test_a_deleted_list_is_gone_and_another_fault_is_a_fault(line: Line) -> None:
    kept, columns = await made(line)
    wrong = KeepRow(kept.id, columns, "reference", "ACT-1", "", {"owner": {"user": ["U0"]}}, 1)
    assert await line.gateway.perform(wrong) == Dead("user_not_found")
    kept.deleted = True
    assert await line.gateway.perform(row(kept, columns)) == Delivered(
        {"list": kept.id, "gone": "list_not_found"}
    )


async def test_an_answer_without_columns_is_not_taken(line: Line) -> None:
    line.gateway._client.api_call = _answer  # type: ignore[method-assign, assignment]
    done = await line.gateway.perform(CreateList("x", "x", slack_list.columns()))
    assert done == Retry("unexpected_answer", doubt=True, unexpected=True)


async def _answer(*_: object, **__: object) -> dict[str, Any]:
    return {"ok": True, "list_id": "F1", "list_metadata": {"schema": []}}
