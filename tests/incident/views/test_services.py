"""Services on the card, in the announcement, the draft, direct messages and channel names."""

import json
from dataclasses import replace

import pytest

from bot.core.blocks import Message, View
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.core.text import Mrkdwn
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.rules import TITLE_MAX
from bot.incident.domain.services import AFFECTED_MAX, NO_SERVICES, ServiceDefinition, Services
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.subscriptions import Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import canvas, card, digest, lists, modals, services, unfurls
from bot.incident.views.channel_names import channel_names, former_names
from bot.incident.views.home import DUTIES_MAX, RECENT_MAX, Tab, home
from bot.incident.views.lists import SORTED_FROM
from bot.incident.views.postmortem import postmortem
from bot.incident.views.subscribers import SubscriberText
from bot.sandbox.blocks.validate import check_entities
from bot.slack.gateway.unfurls import METADATA_MAX
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import BOB, NOW, declared
from tests.incident.views.limits import fits, harmless
from tests.incident.views.reading import in_plain_form, said
from tests.services import CHECKOUT, MANY, PAYMENTS, SEARCH, SERVICES

TEMPLATES = Templates(shipped("templates"))
WITH = replace(POLICY, services=SERVICES)


def affecting(*keys: str, incident: Incident | None = None) -> Incident:
    return replace(incident or declared(), services=keys, services_so_far=keys)


def test_card_and_announcement_name_them_by_their_titles() -> None:
    incident = affecting(PAYMENTS, CHECKOUT)
    assert "*Services* Payments &amp; Billing, Checkout" in said(card.card(incident, WITH))
    assert " · affects Payments &amp; Billing, Checkout" in said(card.announcement(incident, WITH, "C1"))
    assert "*Services* Checkout" not in said(card.card(incident, POLICY))
    assert "*Services* payments, checkout" in said(card.card(incident, POLICY))


LISTS = ("list", "table", "Home", "what was closed", "the digest", "a preview")


def everywhere(incident: Incident, policy: Policy) -> dict[str, Message | View]:
    """All that has one line for an incident."""
    listed, over = ListedIncident(incident, "C0ROOM"), ListedIncident(replace(incident, number=7), "C0ROOM")
    found, many = Shortlist([listed], 1), Shortlist([listed, *[over] * 19], 20)
    tab = Tab(
        person=BOB,
        listed=Shortlist([listed] * 20, 20),
        wanted=Listing(),
        duties=[listed] * DUTIES_MAX,
        recent=[listed] * RECENT_MAX,
        unreadable=(),
        problems=(),
        policy=policy,
        now=NOW,
    )
    shown: list[Message | View] = [
        lists.incidents(found, Listing(), policy.services),
        lists.incidents(many, Listing(), policy.services),
        home(tab),
        home(replace(tab, listed=Shortlist(), duties=())),
        digest.digest(many, policy, NOW),
        Message(Mrkdwn("x"), unfurls.preview(listed, policy, NOW)),
    ]
    return dict(zip(LISTS, shown, strict=True))


@pytest.mark.parametrize("where", LISTS)
def test_where_an_incident_has_one_line_the_first_services_are_named(where: str) -> None:
    shown = said(everywhere(affecting(CHECKOUT, PAYMENTS, SEARCH), WITH)[where])
    assert "Checkout, Payments &amp; Billing +1" in shown.replace("Payments & B", "Payments &amp; B")
    assert "Search" not in shown
    one = said(everywhere(affecting(SEARCH), WITH)[where])
    assert "Search" in one
    assert "+1" not in one
    none = said(everywhere(declared(), WITH)[where])
    assert "affects" not in none
    assert "Services" not in none


def test_a_list_in_which_only_some_affect_services_has_a_column_for_them() -> None:
    listed = [ListedIncident(affecting(CHECKOUT), "C1"), *[ListedIncident(declared(), "C1")] * SORTED_FROM]
    (table, *_) = lists.incidents(Shortlist(listed, len(listed)), Listing(), SERVICES).blocks
    assert [len(row) for row in table["rows"]] == [len(lists.COLUMNS) + 1] * (len(listed) + 1)
    assert [said({"blocks": [row[-1]]}) for row in table["rows"][1:3]] == ["Checkout", "none"]


def test_a_work_object_names_the_first_and_its_details_all() -> None:
    listed = ListedIncident(affecting(CHECKOUT, PAYMENTS, SEARCH), "C1")

    def service(*, full: bool) -> str:
        entity = unfurls.work_object(listed, WITH, NOW, "https://example.com/INC-42", full=full)
        assert check_entities([entity]) == []
        return str(entity["entity_payload"]["fields"]["service"]["value"])

    assert service(full=False) == "Checkout, Payments & Billing +1"
    assert service(full=True) == "Checkout, Payments & Billing, Search"
    without = unfurls.work_object(ListedIncident(declared(), "C1"), WITH, NOW, "https://example.com/INC-42")
    assert "service" not in without["entity_payload"]["fields"]


@pytest.mark.parametrize("title", ["&" * 75, "<!channel>", "<@U0BOB>", "決" * 75, "*_`~", "x " * 37, "•"])
def test_whatever_services_are_called_every_line_fits_and_is_harmless(title: str) -> None:
    many = Services(tuple(ServiceDefinition(f"service-{number}", title) for number in range(100)))
    policy = replace(POLICY, services=many)
    keys = [each.key for each in many.all[:AFFECTED_MAX]]
    worst = affecting(*keys, incident=declared("&" * TITLE_MAX, summary="&" * 500, commander=BOB))
    for message in everywhere(worst, policy).values():
        fits(message)
        plain = in_plain_form(message) if isinstance(message, Message) else message
        harmless(said(plain).replace("\n", " "))
    entity = unfurls.work_object(ListedIncident(worst, "C1"), policy, NOW, "https://example.com/INC-42")
    assert len(json.dumps(entity, ensure_ascii=False).encode()) < METADATA_MAX
    assert "<!channel>" not in str(entity)
    assert "<@U0BOB>" not in str(entity["entity_payload"]["fields"]["service"])
    assert len(services.short_titles(worst, many)) <= 70


def test_the_canvas_names_them() -> None:
    state, *_ = canvas.sections(affecting(PAYMENTS, CHECKOUT), [], WITH, {})
    assert "**Services:** Payments" in state.paragraph
    without, *_ = canvas.sections(declared(), [], WITH, {})
    assert "Services" not in without.paragraph


def test_without_services_nothing_says_so() -> None:
    shown = [card.card(declared(), WITH), card.announcement(declared(), WITH, "C1")]
    assert not any("ervice" in said(each) or "affects" in said(each) for each in shown)


def test_the_most_services_with_the_longest_titles_fit_everywhere() -> None:
    policy = replace(POLICY, services=MANY)
    incident = affecting(*(each.key for each in MANY.all[:AFFECTED_MAX]))
    for message in (
        card.card(incident, policy),
        card.announcement(incident, policy, "C1"),
        services.affected(incident, MANY),
        services.affected(declared(), MANY),
        services.changed(MANY, incident),
    ):
        fits(message)
    form = modals.declare(policy, services=incident.services)
    element = next(each["element"] for each in form["blocks"] if each.get("block_id") == "services")
    assert (len(element["options"]), len(element["initial_options"])) == (100, 20)
    assert len(services.unknown(["x" * 500] * 50, MANY)) < 2000


def test_the_draft_names_them_only_if_there_are_any() -> None:
    text = postmortem(draft(affecting(PAYMENTS), [], WITH, NOW), {}, TEMPLATES)
    assert "\n\n**Affected services:** Payments & Billing\n\n" in text
    assert "services" not in postmortem(draft(declared(), [], WITH, NOW), {}, TEMPLATES)


def test_a_direct_message_says_which_service_one_follows() -> None:
    changed = facts.ServicesChanged(at=NOW, by=BOB, services=(PAYMENTS,))
    text = SubscriberText([changed], affecting(PAYMENTS), WITH, TEMPLATES, None)
    told = said(text.message(Follows(Severity.SEV1, services=frozenset({PAYMENTS}))))
    assert "You follow all incidents that affect Payments &amp; Billing." in told
    assert "You follow INC-42." in said(text.message(Follows(incidents=frozenset({42}))))
    assert "You follow all incidents of SEV1." in said(text.message(Follows(Severity.SEV1)))
    assert "You follow INC-42." in said(text.message(Follows()))


def test_a_channel_is_named_after_the_first_service_or_without_one() -> None:
    policy = replace(WITH, channel_name="inc-{service}-{number}-{words}")
    assert channel_names(affecting(PAYMENTS, CHECKOUT), policy)[0] == "inc-payments-42-checkout-is-failing"
    assert channel_names(declared(), policy)[0] == "inc-42-checkout-is-failing"
    moved = replace(affecting(CHECKOUT), services_so_far=(PAYMENTS, CHECKOUT))
    known = former_names(moved, policy, "Old title")
    assert {"inc-payments-42-old-title", "inc-checkout-42-old-title", "inc-42-old-title"} <= set(known)
    assert len(former_names(moved, WITH, "Old title")) < len(known)


def test_the_longest_service_leaves_room_for_words() -> None:
    template = "x" * 30 + "{prefix}{number}{date}{severity}{service}{words}"
    incident = affecting("s" * 30, incident=replace(declared(), number=999_999_999))
    names = channel_names(incident, replace(POLICY, channel_name=template))
    assert all(len(each) <= 80 for each in names)
    assert len(set(names)) == len(names)


def test_a_menu_is_only_there_if_there_are_services() -> None:
    assert services.service_field(NO_SERVICES) == []
