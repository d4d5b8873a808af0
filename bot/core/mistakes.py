"""Mistakes in what people configure, each with its place and in words that say what to write."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]

_KEY = "[key]"  # how pydantic marks a mistake in a name itself
_NO_MAPPING = "must hold names and values, each on a line of its own"
_NO_LIST = "must be a list, such as `[a, b]`"
_TOLD = {
    "missing": "is missing",
    "model_type": _NO_MAPPING,
    "dict_type": _NO_MAPPING,
    "list_type": _NO_LIST,
    "tuple_type": _NO_LIST,
    "bool_type": "write `yes` or `no`",
    "bool_parsing": "write `yes` or `no`",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "string_type": "must be a text: put it in quotes",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
}


class Mistakes:
    """Collects what is wrong with a model whose values fit one by one, but not together.

    A validator (`mode="after"`) adds each mistake with the place that should be changed, counted from its own model, and
    then calls `raise_any`: wherever the model is nested, each mistake is reported at its place.
    """

    def __init__(self) -> None:
        self._found: list[InitErrorDetails] = []

    def add(self, told: str, *place: str | int) -> None:
        """Add a mistake: what is wrong with the value at this place, as it follows its name."""
        self._found.append(located(told, place))

    def raise_any(self) -> None:
        """Raise all of them, if there are any.

        Raises:
            pydantic.ValidationError: with all of them.
        """
        if self._found:
            raise ValidationError.from_exception_data("mistakes", self._found)


def located(told: str, place: Place) -> InitErrorDetails:
    """A mistake at this place, as pydantic takes it."""
    return InitErrorDetails(
        type=PydanticCustomError("mistake", "{told}", {"told": told}), loc=place, input=None
    )


def shown(place: Place) -> str:
    """The place as people read it: `severities.SEV1.cadence`."""
    return ".".join(str(step) for step in place if step != _KEY)


def in_words(mistake: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong with a value of this model, and what to write."""
    kind, place = mistake["type"], mistake["loc"]
    if kind == "extra_forbidden":
        return f"is not known: {suggested(str(place[-1]), known_names(model, place[:-1]))}"
    if kind in _TOLD:
        return _TOLD[kind].format(**mistake.get("ctx", {}))
    return mistake["msg"].removeprefix("Value error, ")


def suggested(name: str, known: Sequence[str]) -> str:
    """The nearest known name, or all of them."""
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"


def known_names(model: type[BaseModel], place: Place) -> list[str]:
    """The names that can stand at this place of a model, in their order."""
    kinds: list[Any] = [model]
    for step in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return [name for kind in kinds for each in _models(kind) for name in each.model_fields]


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models that a value of this type can be."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) is Annotated:
        yield from _models(get_args(kind)[0])
    elif get_origin(kind) not in (dict, list, tuple):
        for each in get_args(kind):  # of a union
            yield from _models(each)


def _inside(kind: Any, step: str | int) -> Iterator[Any]:
    """The types of what stands under this step in a value of this type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _inside(inner[0], step)
    elif origin is dict:
        yield inner[1]
    elif origin in (list, tuple):
        yield inner[0]
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if field := kind.model_fields.get(str(step)):
            yield field.annotation
    else:
        for each in inner:  # of a union
            yield from _inside(each, step)
