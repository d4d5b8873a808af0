"""Previews of links to incidents: inert, within Slack's limits, and with the word beside each colour."""

import json
from dataclasses import replace

import pytest

from bot import policy_file
from bot.core.actor import machine as machine_actor
from bot.core.blocks import Message
from bot.core.text import Mrkdwn
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.unfurls import preview, work_object
from bot.sandbox.blocks.validate import check_entities
from bot.slack.gateway.unfurls import METADATA_MAX
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared, later, resolved, with_task
from tests.incident.views.limits import fits, harmless
from tests.incident.views.reading import objects, said

POLICY = policy_file.load()
ADDRESS = "https://incidents.example.com/INC-42"


def blocks_of(incident: Incident, channel: str | None = "C0ROOM") -> Message:
    return Message(Mrkdwn("x"), preview(ListedIncident(incident, channel), POLICY, NOW))


def entity_of(incident: Incident, channel: str | None = "C0ROOM", *, full: bool = False) -> dict[str, object]:
    entity = work_object(ListedIncident(incident, channel), POLICY, NOW, ADDRESS, full=full)
    assert check_entities([entity]) == []
    return entity


def fields_of(entity: dict[str, object]) -> dict[str, dict[str, object]]:
    payload = entity["entity_payload"]
    assert isinstance(payload, dict)
    custom = {each["key"]: each for each in payload["custom_fields"]}
    return {**payload["fields"], **custom}


def test_a_preview_says_how_it_stands_and_when_that_was() -> None:
    text = said(blocks_of(declared(commander=CAROL)))
    assert ":red_circle: *SEV1* *INC-42* Checkout is failing · <#C0ROOM>" in text
    assert f"triage · IC <@{CAROL}>" in text
    assert "*Next update by*" in text
    assert "As of <!date^" in text


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("severity", list(Severity))
def test_each_status_and_severity_is_a_word_in_a_colour(status: Status, severity: Severity) -> None:
    fields = fields_of(entity_of(replace(declared(), status=status, severity=severity)))
    assert fields["status"]["value"] == status
    assert fields["severity"]["value"] == severity.label
    assert {fields["status"]["tag_color"], fields["severity"]["tag_color"]} <= {
        "red",
        "yellow",
        "green",
        "gray",
        "blue",
    }


def test_a_work_object_has_its_people_its_room_and_the_next_update() -> None:
    fields = fields_of(entity_of(declared(commander=CAROL)))
    assert fields["assigned_to"]["user"] == {"user_id": CAROL}
    assert fields["created_by"]["type"] == "slack#/types/user"
    assert fields["war_room"]["value"] == "C0ROOM"
    assert fields["next_update"]["value"] == int(later(15).timestamp())
    assert "date_updated" not in fields


def test_what_is_not_known_is_left_out() -> None:
    machine = replace(declared(), declared_by=machine_actor("alerts"))
    fields = fields_of(entity_of(machine, channel=None))
    assert {"created_by", "assigned_to", "war_room", "date_updated", "description"}.isdisjoint(fields)
    assert "next_update" not in fields_of(entity_of(resolved()))


def test_the_details_have_more_than_the_preview() -> None:
    incident = replace(with_task(declared(), assignee=BOB), summary="Payments fail")
    updated = after(incident, rules.post_update(incident, "Half works again", by=BOB, now=later(1)))
    short, full = fields_of(entity_of(updated)), fields_of(entity_of(updated, full=True))
    assert short["description"]["value"] == full["description"]["value"] == "Half works again"
    assert {"summary", "open_tasks"}.isdisjoint(short)
    assert full["summary"]["value"] == "Payments fail"
    assert full["open_tasks"]["value"] == 1
    assert full["date_updated"]["value"] == int(later(1).timestamp())


@pytest.mark.parametrize("text", ["&", "<!channel>", "決", "x", "<@U0BOB> "])
def test_the_longest_and_most_hostile_text_fits_and_notifies_nobody(text: str) -> None:
    title = (text * TITLE_MAX)[:TITLE_MAX].rstrip("<@!chanelU0BO")
    incident = replace(declared(title or "x"), summary=(text * TEXT_MAX)[:TEXT_MAX])
    updated = after(incident, rules.post_update(incident, text * 20, by=BOB, now=later(1)))
    for each in (incident, updated, after(updated, rules.resolve(updated, by=BOB, now=later(2)))):
        shown = blocks_of(each)
        fits(shown)
        harmless(said(shown).replace("\n", " "))
        assert "rich_text" not in {block["type"] for block in shown.blocks}, "chat.unfurl refuses it"
        assert len(json.dumps(entity_of(each), ensure_ascii=False).encode()) < METADATA_MAX
        texts = [str(found.get("value", "")) for found in objects(entity_of(each, full=True))]
        assert not any("<!channel>" in found or "<@U0BOB>" in found for found in texts)
