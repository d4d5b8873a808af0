"""The part of `policy.yml` about who may do what."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.core.mistakes import Mistakes
from bot.incident.domain.permissions import (
    OF_INCIDENT,
    RESTRICTABLE,
    Capability,
    Permissions,
    Who,
)
from bot.incident.domain.policy import CallList
from bot.incident.domain.roles import Roles

EVERYONE, MEMBERS, ROLES, ADMINS, NOBODY = "everyone", "members", "roles", "admins", "nobody"
_WORDS = (EVERYONE, MEMBERS, ROLES, ADMINS)
_GROUP, _PERSON = re.compile(r"S[A-Z0-9]{2,}"), re.compile(r"[UW][A-Z0-9]{2,}")


def _listed(value: object) -> list[str]:
    """One or several of those who may."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise ValueError("write who may: one word or id, or a list of them, such as [roles, S0123ABC]")
    return [each.strip() for each in given if each.strip() != NOBODY]


_Listed = Annotated[list[str] | None, BeforeValidator(_listed)]


def _call_list(value: object) -> CallList:
    named = _listed(value) or []
    for each in named:
        if not _GROUP.fullmatch(each) and not _PERSON.fullmatch(each):
            raise ValueError(f"{each!r} is nobody: write the id of a user group (S…) or a person (U…)")
    return CallList(
        people=tuple(dict.fromkeys(each for each in named if _PERSON.fullmatch(each))),
        groups=tuple(dict.fromkeys(each for each in named if _GROUP.fullmatch(each))),
    )


Called = Annotated[CallList, BeforeValidator(_call_list)]


class MaySection(BaseModel):
    """Who may do what; what it leaves out is as by default."""

    model_config = ConfigDict(extra="forbid")

    declare: _Listed = None
    command: _Listed = None
    change: _Listed = None
    resolve: _Listed = None
    close: _Listed = None
    see_private: _Listed = None
    administer: _Listed = None
    see_load: _Listed = None
    answer: _Listed = None

    def to_permissions(self, roles: Roles) -> Permissions:
        """The permissions of this section, in a team with these roles."""
        return Permissions({each: _who(named, roles) for each, named in self._given().items()})

    def find_mistakes(self, roles: Roles, wrong: Mistakes) -> None:
        """Add who is named and means nobody, and what nobody could do."""
        known = [*_WORDS, *roles.keys]
        for capability, named in self._given().items():
            place, who = ("may", str(capability)), _who(named, roles)
            for each in named:
                if each not in known and not _GROUP.fullmatch(each) and not _PERSON.fullmatch(each):
                    some = ", ".join(known)
                    ids = "the id of a user group (S…) or a person (U…)"
                    wrong.add(f"{each!r} is nobody: write {some}, or {ids}", *place)
            if capability not in OF_INCIDENT and who.takes_part:
                wrong.add(
                    f"{MEMBERS}, {ROLES} and the names of roles mean nobody here: this is not about a single incident",
                    *place,
                )
            if capability is Capability.SEE_PRIVATE and who.everyone:
                told = "for everyone there would be no private incidents; name people or user groups"
                wrong.add(told, *place)
            if capability is Capability.SEE_LOAD and who.everyone:
                told = "how much each person has worked is not for everyone; name the people of your review board"
                wrong.add(told, *place)
            if capability in (Capability.DECLARE, Capability.COMMAND) and not named:
                wrong.add("somebody must be able to do it", *place)
            only_holders = who == Who(holders=who.holders, roles=who.roles)
            if capability is Capability.COMMAND and named and only_holders:
                told = f"nobody could take command of a new incident; add {MEMBERS}, people or user groups"
                wrong.add(told, *place)

    def _given(self) -> Mapping[Capability, list[str]]:
        return {each: named for each in RESTRICTABLE if (named := getattr(self, each)) is not None}


def _who(named: list[str], roles: Roles) -> Who:
    return Who(
        everyone=EVERYONE in named,
        members=MEMBERS in named,
        holders=ROLES in named,
        roles=tuple(each for each in named if each in roles),
        admins=ADMINS in named,
        groups=tuple(each for each in named if _GROUP.fullmatch(each)),
        people=tuple(each for each in named if _PERSON.fullmatch(each)),
    )
