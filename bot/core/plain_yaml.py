"""Read YAML that people wrote by hand: small, and without aliases, because few aliases can make millions of values."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

LARGEST = 2**18  # bytes; the policy has one kilobyte, an app's manifest ten

# What the parser says of the mistakes that people make most often, and what they can do about them.
_HINTS = {
    r"found character '\t'": "a tab cannot be used to indent: write spaces",
    "mapping values are not allowed": "a name and its value cannot begin here: check how far this line and the one "
    "above are indented, and put a text with a colon in quotes",
    "expected <block end>": "this line does not fit those above: check how far it is indented, and the quotes above",
    "could not find expected ':'": "this line is no `name: value`: a colon is missing here or in the line above",
    "unexpected end of stream": "a quote is not closed",
    "but got '<stream end>'": "a bracket is not closed",
}


class Place(NamedTuple):
    """A place in a file, both numbers counted from 1."""

    line: int
    column: int


class Mistake(NamedTuple):
    """What is wrong, in a sentence; `place` is None if it is about the whole file."""

    place: Place | None
    told: str


class Repeated(NamedTuple):
    """A name that stands twice in one mapping: YAML takes the last and says nothing."""

    steps: tuple[str, ...]
    line: int
    first: int


class Document(NamedTuple):
    """What is written in a file, where, and the names that stand twice in one mapping."""

    value: Any
    root: yaml.Node | None
    repeated: tuple[Repeated, ...]

    def line(self, steps: tuple[str | int, ...]) -> int:
        """The line of a value, or of the innermost value around it that there is."""
        node, line = self.root, 1
        for step in steps:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, with their place; read every other node as usual."""
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]  # its stubs are not whole
            raise yaml.composer.ComposerError(
                None, None, f"aliases (*{alias.anchor}) cannot be used: write it out", alias.start_mark
            )
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002  # as it is called
        """Say where an impossible date or number stands."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error


def read(path: Path) -> Any:
    """The document in a file.

    Raises:
        OSError: the file cannot be read.
        yaml.YAMLError: it is not YAML, too large, nested too deeply, or has aliases; the message says why and where.
    """
    return read_with_places(path).value


def read_with_places(path: Path) -> Document:
    """The same, with the places of its values."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise yaml.YAMLError(f"it has more than {LARGEST // 1024} kB")
    try:
        loader = _Loader(content.decode("utf-8"))
        root = loader.get_single_node()
        repeated = tuple(_repeated(root, ()))  # before the values, which merge what stands under `<<`
        return Document(loader.construct_document(root) if root else None, root, repeated)
    except UnicodeDecodeError as error:
        raise _unreadable(
            "this is not written in UTF-8: save the file as UTF-8", content, error.start
        ) from error
    except yaml.reader.ReaderError as error:
        before = content.decode("utf-8")[: error.position].encode()
        raise _unreadable(
            f"the character #x{error.character:04x} cannot be used", content, len(before)
        ) from error
    except RecursionError as error:
        raise yaml.YAMLError("it is nested too deeply") from error


def explained(error: yaml.YAMLError) -> Mistake:
    """What is wrong with a file that is no YAML, in words for the person who wrote it."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem is None:
        return Mistake(None, f"this is no YAML: {_on_one_line(str(error))}")
    mark = error.problem_mark or error.context_mark
    hint = next((hint for said, hint in _HINTS.items() if said in error.problem), None)
    told = hint or _on_one_line(" ".join(filter(None, (error.context, error.problem))))
    return Mistake(Place(mark.line + 1, mark.column + 1) if mark else None, f"this is no YAML: {told}")


def _unreadable(told: str, content: bytes, at: int) -> yaml.MarkedYAMLError:
    """The error about the byte at this index."""
    line, column = content.count(b"\n", 0, at), at - content.rfind(b"\n", 0, at) - 1
    return yaml.MarkedYAMLError(None, None, told, yaml.Mark("", at, line, column, None, 0))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    """The value under a name or at an index, and the line where it begins, with its name."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(value, key.start_mark.line + 1) for key, value in node.value if key.value == str(step)]
        return pairs[-1] if pairs else None  # of two with one name, the last counts
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item, item.start_mark.line + 1
    return None


def _repeated(node: yaml.Node | None, steps: tuple[str, ...]) -> Iterator[Repeated]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _repeated(item, (*steps, str(index)))
    if isinstance(node, yaml.MappingNode):
        first: dict[tuple[str, str], yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            before = first.setdefault((key.tag, name), key)
            if before is not key:
                yield Repeated((*steps, name), key.start_mark.line + 1, before.start_mark.line + 1)
            yield from _repeated(value, (*steps, name))
