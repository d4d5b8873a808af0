"""The services that an incident affects, in words."""

from collections.abc import Sequence

from bot.core.blocks import Block, Message, field_block, multi_select, option
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.services import AFFECTED_MAX, Services, service_titles_of
from bot.incident.domain.vocabulary import mention
from bot.incident.views.attribution import with_attribution

_SHOWN_IN_SHORT = 2
_SHORT_TITLE_MAX = 30  # characters, where an incident has one line
_UNKNOWN_MAX = 5  # names that a refusal repeats
_KNOWN_LENGTH_MAX = 1500  # characters of the list of services, which may be a hundred
_HOW = "`/incident service <names>` sets which ones, with commas between them"


def affects(fact: facts.Declared) -> str:
    """What a declaration says of the services: raw text, empty if it names none."""
    return f" — affects {', '.join(service_titles_of(fact))}" if fact.services else ""


def services_sentence(fact: facts.ServicesChanged) -> str:
    """What happened, old and new value included: raw text."""
    before = ", ".join(fact.old_titles or fact.old) or "none"
    what = f"Affected services changed from {before} to {', '.join(service_titles_of(fact)) or 'none'}"
    return with_attribution(what, f"by {mention(fact.by)}")


def titles(incident: Incident, services: Services) -> Mrkdwn:
    """The titles of the services that it affects, with commas between them; empty if there are none."""
    return md("{}", ", ".join(services.titles(incident.services)))


def short_titles(incident: Incident, services: Services) -> str:
    """The first services that it affects and how many more there are, where an incident has one line: raw text.

    Returns:
        Such as `Checkout, Payments +1`; empty if it affects none.
    """
    shown = [clip(each, _SHORT_TITLE_MAX) for each in services.titles(incident.services[:_SHOWN_IN_SHORT])]
    more = len(incident.services) - len(shown)
    return ", ".join(shown) + (f" +{more}" if more else "")


def affects_in_short(incident: Incident, services: Services) -> Mrkdwn:
    """The same in a line about the incident; empty if it affects none."""
    return md("affects {}", short_titles(incident, services)) if incident.services else Mrkdwn("")


def affecting(incident: Incident, services: Services) -> Mrkdwn:
    """What the announcement adds to its line; empty if it affects none."""
    return md(" · affects {}", titles(incident, services)) if incident.services else Mrkdwn("")


def affected(incident: Incident, services: Services) -> Message:
    """Which services it affects, and how to change that."""
    known = _known(services)
    if not incident.services:
        return Message.of(md("{} affects no service. {}: {}.", incident.reference, Mrkdwn(_HOW), known))
    return Message.of(
        md(
            "{} affects *{}*. {}; `/incident service none` removes them. There are: {}.",
            incident.reference,
            titles(incident, services),
            Mrkdwn(_HOW),
            known,
        )
    )


def changed(services: Services, incident: Incident) -> Message:
    """Which services it affects from now on."""
    if not incident.services:
        return Message.of(md("{} affects no service now.", incident.reference))
    return Message.of(md("{} affects *{}* now.", incident.reference, titles(incident, services)))


def unknown(names: Sequence[str], services: Services) -> str:
    """The refusal of what is no service."""
    what = ", ".join(f"“{each[:50]}”" for each in names[:_UNKNOWN_MAX])
    verb = "is no service" if len(names) == 1 else "are no services"
    return f"{what} {verb}. There are: {_known(services)}."


def _known(services: Services) -> str:
    """The titles of those that there are."""
    return clip(", ".join(each.title for each in services.all) or "none", _KNOWN_LENGTH_MAX)


def service_field(services: Services, chosen: Sequence[str] = ()) -> list[Block]:
    """The field of a form in which services are chosen; nothing if the policy has none."""
    if not services:
        return []
    options = [option(each.title, each.key) for each in services.all]
    menu = multi_select(options, chosen, placeholder="Choose services", most=AFFECTED_MAX)
    return [field_block("services", "Which services?", menu, optional=True)]
