"""Services on the card, in the announcement, the draft, direct messages and channel names."""

from dataclasses import replace

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem import draft
from bot.incident.domain.services import AFFECTED_MAX, NO_SERVICES
from bot.incident.domain.subscriptions import Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import canvas, card, modals, services
from bot.incident.views.channel_names import channel_names, former_names
from bot.incident.views.postmortem import postmortem
from bot.incident.views.subscribers import SubscriberText
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import BOB, NOW, declared
from tests.incident.views.limits import fits
from tests.incident.views.reading import said
from tests.services import CHECKOUT, MANY, PAYMENTS, SERVICES

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
