"""The arguments of a call: read from query, form or JSON, and converted to the method's documented types."""

import json
import math
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.api.catalogue import Argument, Method
from bot.sandbox.core.errors import SlackError, invalid

TRUE, FALSE = ("1", "true"), ("0", "false", "")
# The error for an argument whose JSON cannot be read, if the method documents its own.
UNREADABLE = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


async def read(request: web.Request) -> dict[str, Any]:
    """All arguments of a request; those in the body override those in the query.

    Raises:
        SlackError: `invalid_json` or `json_not_object`.
    """
    arguments: dict[str, Any] = dict(request.query)
    if request.method != "POST":
        return arguments
    if request.content_type == "application/json":
        arguments.update(_read_json(await request.text()))
    else:
        form = await request.post()
        arguments.update({key: value for key, value in form.items() if isinstance(value, str)})
    return arguments


def check(method: Method, given: Mapping[str, Any]) -> dict[str, Any]:
    """The method's arguments, converted to their types; missing ones are None.

    Raises:
        SlackError: `invalid_arguments` with every problem, or the method's own code for bad JSON.
    """
    problems: list[str] = []
    checked: dict[str, Any] = {}
    for argument in method.arguments:
        value = given.get(argument.name)
        checked[argument.name] = None
        if value is None:
            if argument.required:
                problems.append(f"missing required field: {argument.name}")
            continue
        try:
            checked[argument.name] = _convert(argument, value)
        except ValueError as error:
            code = UNREADABLE.get(argument.name)
            if code in method.errors and code is not None:
                raise SlackError(code) from error
            problems.append(f"{error} [json-pointer:/{argument.name}]")
    if problems:
        raise invalid(problems)
    return checked


def _read_json(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def _convert(argument: Argument, value: Any) -> Any:
    match argument.type:
        case "boolean":
            return _boolean(value)
        case "integer":
            return _integer(value)
        case "json":
            return json.loads(value) if isinstance(value, str) else value
        case "list":
            return _list(value)
        case _:
            return _string(value)


def _boolean(value: Any) -> bool:
    text = str(value).lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise ValueError("must be a boolean")


def _integer(value: Any) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise ValueError("must be an integer") from error
    if not math.isfinite(number) or number != int(number) or isinstance(value, bool):
        raise ValueError("must be an integer")
    return int(number)


def _string(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("must provide a string")  # noqa: TRY004 - the caller gathers ValueErrors
    return str(value)


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    text = str(value).strip()
    if text.startswith("["):
        return [str(item) for item in json.loads(text)]
    return [item.strip() for item in text.split(",") if item.strip()]
