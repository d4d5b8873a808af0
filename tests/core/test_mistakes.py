"""Mistakes in what people configure: each at its place, however deep, and in words that say what to write."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.core.mistakes import Mistakes, in_words, known_names, shown, suggested


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    low: int = 1
    high: int = 2

    @model_validator(mode="after")
    def _fits(self) -> "Inner":
        wrong = Mistakes()
        if self.low >= self.high:
            wrong.add("must be lower than high", "low")
            wrong.add("do not fit")
        wrong.raise_any()
        return self


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    named: Annotated[dict[str, Annotated[Inner, Field()]], Field(max_length=1)] = {}
    listed: list[Inner] | None = None
    pair: tuple[Inner, ...] = ()
    word: Literal["a", "b"] = "a"
    flag: bool = False
    count: int = 0
    text: str = ""


def told(**given: object) -> list[str]:
    with pytest.raises(ValidationError) as error:
        Outer.model_validate(given)
    return [f"{shown(each['loc'])}: {in_words(each, Outer)}" for each in error.value.errors()]


def test_values_that_do_not_fit_together_are_told_at_their_places_wherever_the_model_is_nested() -> None:
    bad = {"low": 3}
    assert told(named={"x": bad}, listed=[{}, bad]) == [
        "named.x.low: must be lower than high",
        "named.x: do not fit",
        "listed.1.low: must be lower than high",
        "listed.1: do not fit",
    ]


@pytest.mark.parametrize(
    "given",
    [{"named": {"x": {"hihg": 1}}}, {"listed": [{"hihg": 1}]}, {"pair": [{"hihg": 1}]}],
)
def test_a_misspelt_name_is_told_with_the_nearest_one_at_its_place(given: dict[str, object]) -> None:
    (mistake,) = told(**given)
    assert mistake.endswith("hihg: is not known: did you mean `high`?")


def test_a_name_like_no_other_is_told_with_all_that_there_are() -> None:
    assert told(zzz=1) == ["zzz: is not known: there are named, listed, pair, word, flag, count, text"]
    assert suggested("lst", ["listed", "last"]) == "did you mean `last`?"


def test_below_what_is_not_known_nothing_is() -> None:
    assert known_names(Outer, ("nothing", "low")) == []
    assert known_names(Outer, ("word",)) == []
    assert known_names(Outer, ("named",)) == []
    assert known_names(Outer, ("listed", 0)) == known_names(Inner, ()) == ["low", "high"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"named": 1}, "named: must hold names and values, each on a line of its own"),
        ({"named": {"a": {}, "b": {}}}, "named: must have at most 1 entries"),
        ({"named": {1: {}}}, "named.1: must be a text: put it in quotes"),
        ({"listed": {}}, "listed: must be a list, such as `[a, b]`"),
        ({"word": "c"}, "word: write 'a' or 'b'"),
        ({"flag": "perhaps"}, "flag: write `yes` or `no`"),
        ({"count": "many"}, "count: write a whole number"),
        ({"count": 1.5}, "count: write a whole number"),
        ({"text": 1}, "text: must be a text: put it in quotes"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(given: dict[str, object], what: str) -> None:
    assert told(**given) == [what]
