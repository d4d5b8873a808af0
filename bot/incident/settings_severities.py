"""A severity as `policy.yml` names it."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.incident.domain.vocabulary import Severity


def _severity(value: Any) -> Severity:
    if value not in Severity.__members__:
        raise ValueError(f"{value!r} is no severity: write one of {', '.join(Severity.__members__)}")
    return Severity[value]


NamedSeverity = Annotated[Severity, BeforeValidator(_severity)]
