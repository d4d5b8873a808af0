"""The files of a folder of templates, read once: a file that is changed later counts when all are read anew."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FunctionLoader, TemplateSyntaxError

LARGEST = 2**18  # bytes; the shipped draft has ten kilobytes


@dataclass(frozen=True, slots=True)
class Source:
    """A file.

    Attributes:
        content: what is in it, or why it cannot be read.
    """

    path: Path
    content: bytes | str

    def text(self, name: str) -> str:
        """What is in it.

        Raises:
            jinja2.TemplateSyntaxError: it cannot be read.
        """
        if isinstance(self.content, str):
            raise TemplateSyntaxError(self.content, 1, name, str(self.path))
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            told = "this line is not written in UTF-8: save the file as UTF-8"
            raise TemplateSyntaxError(told, line, name, str(self.path)) from error


Sources = Mapping[str, Source]  # by the name of the template


def read_folder(folder: Path) -> dict[str, Source]:
    """Every file of a folder, but for what is hidden, by its path in it."""
    return {path.relative_to(folder).as_posix(): _read(path) for path in sorted(_files(folder))}


def loader_of(sources: Sources) -> FunctionLoader:
    """Jinja's loader of these files."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return (source.text(name), str(source.path), lambda: True) if source else None

    return FunctionLoader(load)


def _files(folder: Path) -> Iterator[Path]:
    """Links are followed, because Kubernetes mounts folders as links; one that leads back ends there."""
    seen = set()
    for here, folders, files in os.walk(folder, followlinks=True):
        real = Path(here).resolve()
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(here, each) for each in files if not each.startswith("."))


def _read(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return Source(path, f"it cannot be read: {error.strerror}")
    too_large = len(content) > LARGEST
    return Source(path, f"it has more than {LARGEST // 1024} kB" if too_large else content)
