"""Finds what is wrong with a team's own templates: all at once, each with file and line."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, meta, nodes

from bot.core.mistakes import suggested
from bot.core.templates import Kind, TemplateBrokenError, Templates
from bot.core.text import Mrkdwn

ENDING = ".j2"
_MAY_BE_MISSING = frozenset({"default", "d", "defined", "undefined"})  # filters and tests for that


class Found(NamedTuple):
    """Something that is wrong, at a line of a file; 0 if it is about the whole file."""

    path: Path
    line: int
    told: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.told}"


class TemplateCheck(Templates):
    """The templates, to be rendered with made-up values: mistakes are collected, and the shipped text is returned.

    Args:
        shipped: the folder that is shipped with warroom.
        own: the team's folder; None if there is none.
    """

    def __init__(self, shipped: Path, own: Path | None = None) -> None:
        super().__init__(shipped, own, on_broken=lambda _error: None)
        self._folder = own or shipped
        self._given: dict[str, set[str]] = {}
        self._broken: dict[str, TemplateBrokenError] = {}  # by the template that was rendered

    def optional_message(self, name: str, **values: Any) -> Mrkdwn:
        """As in `Templates`; a template of this name may be there, so a file of this name is not unknown."""
        self._given.setdefault(name, set()).update(values)
        return super().optional_message(name, **values)

    def render(self, kind: Kind, name: str, values: Mapping[str, Any], *, is_optional: bool = False) -> str:
        """As in `Templates`; remembers which values the template is given, and what is wrong with it."""
        self._given.setdefault(name, set()).update(values)
        if name in self._broken:  # once is enough: one that includes itself takes long
            raise self._broken[name]
        try:
            return super().render(kind, name, values, is_optional=is_optional)
        except TemplateBrokenError as error:
            self._broken[name] = error
            raise

    def mistakes(self) -> list[Found]:
        """What is wrong, after everything was rendered: what rendering met, and names that no value has."""
        undefined = [
            (name, line, f"'{each}' is undefined: {suggested(each, sorted(self._given[name]))}")
            for name in self.own
            if name in self._given
            for each, line in self._undefined(name)
        ]
        met = [(each.name, each.line or 0, each.told) for each in self._broken.values()]
        met = [each for each in met if not any(_same(each, other) for other in undefined)]
        return sorted(
            Found(self._path(name), line, told) for name, line, told in {*undefined, *met, *self._invalid()}
        )

    def unused(self) -> list[Found]:
        """The files that look like templates but take the place of none, and are included by none."""
        known = {*self.shipped, *self._given}
        todo = [name for name in self.own if name in known]
        while todo:
            for name in self._referenced(todo.pop()) - known:
                known.add(name)
                todo += [name] if name in self.own else []
        return [
            Found(self.own[name].path, 0, f"it takes the place of no template: {_near(name, known)}")
            for name in sorted(self.own.keys() - known)
            if name.endswith(ENDING)
        ]

    def _path(self, name: str) -> Path:
        source = self.own.get(name) or self.shipped.get(name)
        return source.path if source else self._folder / name

    def _invalid(self) -> list[tuple[str, int, str]]:
        """The syntax errors of what is not rendered, such as the duties of a role that the policy does not have."""
        return [
            (name, error.lineno, error.message or "")
            for name in self.own
            if name in self.shipped and name not in self._given
            for error in [self._parsed(name)]
            if isinstance(error, TemplateSyntaxError)
        ]

    def _parsed(self, name: str) -> nodes.Template | TemplateSyntaxError:
        try:
            return self.environments[Kind.DOCUMENT].parse(self.own[name].text(name), name)
        except TemplateSyntaxError as error:
            return error

    def _referenced(self, name: str) -> set[str]:
        tree = self._parsed(name)
        if isinstance(tree, TemplateSyntaxError):
            return set()
        return {each for each in meta.find_referenced_templates(tree) if each}

    def _undefined(self, name: str) -> list[tuple[str, int]]:
        """The names that this template reads without being given them, in branches that were not rendered too."""
        tree = self._parsed(name)
        if isinstance(tree, TemplateSyntaxError):
            return []
        tested = {
            each.node.name
            for each in tree.find_all((nodes.Filter, nodes.Test))
            if each.name in _MAY_BE_MISSING and isinstance(each.node, nodes.Name)
        }
        there = self._given[name] | self.environments[Kind.DOCUMENT].globals.keys() | tested
        try:
            missing = meta.find_undeclared_variables(tree) - there
        except TemplateSyntaxError:  # such as an unknown filter: rendering meets it
            return []
        return sorted(
            {(each.name, each.lineno) for each in tree.find_all(nodes.Name) if each.name in missing}
        )


def _same(met: tuple[str, int, str], found: tuple[str, int, str]) -> bool:
    """Whether rendering met what was found without it, where more was said of it."""
    return met[:2] == found[:2] and found[2].startswith(met[2])


def _near(name: str, known: set[str]) -> str:
    """What the file was probably meant to be called."""
    inner = [each for each in sorted(known) if Path(each).name == Path(name).name]
    near = inner or get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "see the folder templates for those that there are"
