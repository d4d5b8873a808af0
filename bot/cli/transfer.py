"""`warroom export` and `warroom import`: everything in one file, and back into another database."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import typer

from bot.cli.process import YELLOW, write_line
from bot.cli.stored import opened, prepared
from bot.config import Settings
from bot.core.clock import utc_now
from bot.core.errors import WarroomError
from bot.engine.store import transfer
from bot.incident.dispatch import offline_timeline
from bot.incident.domain.export import ExportFormat


class FileError(WarroomError):
    """The file cannot be written or read; the message names it and says why."""


async def export(settings: Settings, form: ExportFormat, since: datetime | None, out: Path | None) -> None:
    """Write everything (JSON), or the timelines of all incidents (Markdown, CSV), to a file or to standard output.

    Args:
        settings: where the database is.
        form: the format. Only JSON can be imported.
        since: only incidents that have changed at that time (UTC) or later; None for all.
        out: the new file; None for standard output.

    Raises:
        FileError: the file is there already, or cannot be written.
        OSError: among others, the disk is full. An unfinished file is removed.
    """
    unreadable: list[str] = []
    async with opened(settings) as database, database.snapshot() as session:
        if form is ExportFormat.JSON:
            total = await transfer.count(session, since)
            with _written(out) as file, progress_bar("Exporting", total) as progress:
                await _write(file, transfer.export(session, since, progress))
        else:
            with _written(out) as file:
                texts = offline_timeline.write_all(session, form, since, utc_now(), unreadable)
                await _write(file, texts)
    for each in unreadable:
        write_line(f"{each} cannot be read and is left out: `warroom doctor` says more.", YELLOW)


async def load(settings: Settings, file: Path) -> transfer.Imported:
    """Import a file into an empty database, which is created if it is not there: all of it, or nothing.

    Raises:
        FileError: the file cannot be read.
        ExportFileError: it cannot be imported; nothing was changed.
    """
    with _read(file) as lines:
        try:
            total = sum(1 for _ in lines) - 2  # without the header and the end
            lines.seek(0)
            async with prepared(settings) as database, database.writing() as session:
                with progress_bar("Importing", total) as progress:
                    return await transfer.load(session, lines, progress)
        except UnicodeDecodeError:
            raise transfer.ExportFileError(f"{file} is no file of `warroom export`.") from None


async def _write(file: IO[str], texts: AsyncIterator[str]) -> None:
    async for text in texts:
        file.write(text)


@contextmanager
def _written(out: Path | None) -> Iterator[IO[str]]:
    """The new file, which only its owner may read: it holds private incidents too. Or standard output."""
    if out is None:
        yield sys.stdout
        return
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FileError(f"{out} exists already and is not overwritten: name another file.") from None
    except OSError as error:
        raise FileError(f"cannot write {out}: {error.strerror}.") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  # a descriptor
            yield file
    except BaseException:
        out.unlink(missing_ok=True)
        raise


@contextmanager
def _read(file: Path) -> Iterator[IO[str]]:
    try:
        lines = file.open(encoding="utf-8")
    except OSError as error:
        raise FileError(f"cannot read {file}: {error.strerror}.") from error
    with lines:
        yield lines


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where somebody looks at it."""
    with typer.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
