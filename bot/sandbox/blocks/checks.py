"""Small checks that are combined into the rules of Block Kit.

A check looks at one value and reports what is wrong with it, with the JSON pointer to the place and in Slack's words.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

Check = Callable[[Any, str, "Problems"], None]


class Problems:
    """The problems of a payload, in the order of its parts."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, what: str, pointer: str) -> None:
        """Report a problem at a place."""
        self.found.append(f"{what} [json-pointer:{pointer}]")


def anything(value: Any, at: str, problems: Problems) -> None:
    """Accept every value."""
    del value, at, problems


def boolean(value: Any, at: str, problems: Problems) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problems.add("must provide a boolean", at)


def string(most: int | None = None, least: int = 0, pattern: str | None = None) -> Check:
    """A string of `least` to `most` characters that matches the whole pattern."""
    shape = re.compile(pattern) if pattern else None

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.add("must provide a string", at)
        elif len(value) < least:
            problems.add(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            problems.add(f"must be less than {most + 1} characters", at)
        elif shape is not None and not shape.fullmatch(value):
            problems.add("does not match the expected format", at)

    return check


def integer(least: int, most: int | None = None) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add("must provide an integer", at)
        elif value < least:
            problems.add(f"must be more than {least - 1}", at)
        elif most is not None and value > most:
            problems.add(f"must be less than {most + 1}", at)

    return check


def number(above: float | None = None) -> Check:
    """A number, whole or not, that is greater than `above`."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not _is_number(value):
            problems.add("must provide a number", at)
        elif above is not None and value <= above:
            problems.add(f"must be more than {above:g}", at)

    return check


def _is_number(value: Any) -> bool:
    """Whether it is a number that fits into a double, as Slack's own JSON reader needs it."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if value not in values:
            problems.add(f"must be one of: {', '.join(values)}", at)

    return check


def items(check_item: Check, most: int | None = None, least: int = 0) -> Check:
    """A list of `least` to `most` items."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.add("must provide an array", at)
            return
        if len(value) < least:
            problems.add(f"no fewer than {least} items allowed", at)
        if most is not None and len(value) > most:
            problems.add(f"no more than {most} items allowed", at)
        for place, item in enumerate(value):
            check_item(item, f"{at}/{place}", problems)

    return check


def members(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *, others: bool = False
) -> Check:
    """An object with these members; with `others`, any further ones too."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str, problems: Problems) -> None:
        if not is_object(value, at, problems):
            return
        for name in required:
            if value.get(name) is None:
                problems.add(f"missing required field: {name}", at)
        for name, member in value.items():
            if name not in known:
                if not others:
                    problems.add(f"invalid additional property: {name}", at)
            elif member is not None:
                known[name](member, f"{at}/{name}", problems)

    return check


def values(check_value: Check) -> Check:
    """An object with any members, each of which passes the check."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if is_object(value, at, problems):
            for name, member in value.items():
                check_value(member, f"{at}/{name}", problems)

    return check


def typed(table: Mapping[str, Check], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` selects the check for it.

    Args:
        table: the checks by type.
        allowed: the types that are allowed here; None means all of the table.
    """

    def check(value: Any, at: str, problems: Problems) -> None:
        if not is_object(value, at, problems):
            return
        kind = value.get("type")
        if kind is None:
            problems.add("missing required field: type", at)
        elif not isinstance(kind, str) or kind not in table or (allowed is not None and kind not in allowed):
            problems.add(f"unsupported type: {kind}", f"{at}/type")
        else:
            table[kind](value, at, problems)

    return check


def every(*checks: Check) -> Check:
    """All of the checks; each runs only if those before it found nothing."""

    def check(value: Any, at: str, problems: Problems) -> None:
        before = len(problems.found)
        for single in checks:
            if len(problems.found) == before:
                single(value, at, problems)

    return check


def or_null(check: Check) -> Check:
    """What the check accepts, or null."""

    def optional(value: Any, at: str, problems: Problems) -> None:
        if value is not None:
            check(value, at, problems)

    return optional


def not_both(one: str, other: str) -> Check:
    """An object that has at most one of these two members."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if value.get(one) and value.get(other):
            problems.add(f"only one of {one} and {other} is allowed", at)

    return check


def distinct(what: str, key: str) -> Check:
    """A list of objects in which this member is unique; `what` names it."""

    def check(value: Any, at: str, problems: Problems) -> None:
        seen = []
        for place, item in enumerate(value):
            if item[key] in seen:
                problems.add(f"`{what}` already exists: {item[key]}", f"{at}/{place}/{key}")
            seen.append(item[key])

    return check


def needs_one(*names: str) -> Check:
    """An object that has at least one of these members."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            problems.add(f"missing required field: {' or '.join(names)}", at)

    return check


def is_object(value: Any, at: str, problems: Problems) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object; if it is not, report that."""
    if isinstance(value, dict):
        return True
    problems.add("must provide an object", at)
    return False
