"""The checks of Slack's client before it submits a modal."""

from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.blocks.elements import VALUE_FIELDS, is_empty

# Slack docs, file input element.
MOST_FILES = 10
LARGEST_FILE = 10 * 1024 * 1024


def problem_with(element: dict[str, Any], entry: dict[str, Any], *, optional: bool) -> str | None:
    """What a person must correct in an input; empty if nothing.

    Args:
        element: the input's element, with its limits.
        entry: its `state.values` entry.
        optional: whether it may be empty.
    """
    if is_empty(entry):
        return None if optional else "Please complete this required field."
    value = entry[VALUE_FIELDS[element["type"]][0]]
    match element["type"]:
        case "plain_text_input":
            return _length_problem(element, value)
        case "number_input":
            return _number_problem(element, value)
        case "email_text_input":
            good = "@" in value.strip("@") and " " not in value
            return None if good else "Please enter a valid email address."
        case "url_text_input":
            parts = urlsplit(value)
            return None if parts.scheme and parts.netloc else "Please enter a valid URL."
        case "file_input":
            return _files_problem(element, value)
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"Please select at most {most}."
    return None


def _files_problem(element: dict[str, Any], files: list[dict[str, Any]]) -> str | None:
    most = element.get("max_files", MOST_FILES)
    if len(files) > most:
        return f"Please choose at most {most} files."
    kinds = {str(kind).removeprefix(".").lower() for kind in element.get("filetypes", ())}
    for file in files:
        if kinds and PurePath(file["name"]).suffix.removeprefix(".").lower() not in kinds:
            return (
                f"{file['name']} cannot be used here. Please choose files of type {', '.join(sorted(kinds))}."
            )
        if file["size"] > LARGEST_FILE:
            return f"{file['name']} is too large. Please choose files of up to 10 MB."
    return None


def _length_problem(element: dict[str, Any], value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please use at least {least} characters."
    if len(value) > most:
        return f"Please use at most {most} characters."
    return None


def _number_problem(element: dict[str, Any], value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != int(number):
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Please enter at least {least}."
    if most is not None and number > Decimal(most):
        return f"Please enter at most {most}."
    return None
