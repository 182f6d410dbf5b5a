"""What a worker does with a batch: look at its files, check every row, import, take back.

Each is safe to repeat: a killed worker leaves nothing behind, and whoever comes after it begins
anew, or finds the work done.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, close_old_connections, connection
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import Batch, BatchState
from accounts.models.imports import CHECK, LOOK, RUN, UNDO
from integrations.imports.import_reader import facts_of, reader
from integrations.imports.importing import NothingKnown, run_batch, source_name, unknown_words
from integrations.imports.layouts.layouts import Found, by_file, entry_of
from integrations.imports.layouts.recognition import Ignored, recognise
from integrations.imports.layouts.shapes import Sheet, Source
from integrations.imports.undo import BuiltOn, undo
from integrations.imports.uploads import Folder, folder_of
from kam.lib.data import history
from kam.lib.outbox.models import Job
from kam.lib.outbox.models.job import GiveUp
from kam.lib.outbox.registry import works
from kam.lib.tabular import Table, TableError, as_text, open_table, shortened
from kam.lib.web.files import is_disk_full

log = logging.getLogger(__name__)
SAMPLES = 3
SHOWN_COLUMNS = 60
BEAT = 1.0  # seconds between two reports


class Pulse:
    """Says how far the work is, from a thread and connection of its own: inside the transaction of
    an import nobody else would read it, and its lease would run out."""

    def __init__(self, job: Job) -> None:
        self._job, self._over, self.percent = job, threading.Event(), 0
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def tell(self, percent: int) -> None:
        self.percent = percent

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT):
                close_old_connections()
                self._job.report(self.percent, "rows")
        finally:
            connection.close()


@contextmanager
def batch_of(job: Job, *states: str) -> Iterator[tuple[Batch | None, Pulse]]:
    """The batch while it waits for this work, in the words of the person who asked for it."""
    batch = Batch.objects.select_related("by").filter(pk=job.args["batch"]).first()
    if batch is not None and batch.state not in states:
        batch = None
    with translation.override(batch.by.language if batch else None), Pulse(job) as pulse:
        yield batch, pulse


@works(LOOK)
def look(job: Job) -> None:
    """Which file is what; what cannot be read is told beside it."""
    with batch_of(job, BatchState.READY) as (batch, _pulse):
        if batch is None:
            return
        with folder_of(batch) as (folder, room):
            found, ignored = _recognised(batch, folder, room)
            tables = [_seen(one) for one in [*found, *map(unused, ignored)] if one]
            unread = [one for one in [*folder.problems, *ignored] if one.problem]
        seen = {"tables": tables, "unread": [one.as_dict() for one in unread]}
        batch.note_look({"look": seen}, source_name(found))


@works(CHECK)
def check(job: Job) -> None:
    """Import everything and take it back: the counts are true, and nothing has changed."""
    with batch_of(job, BatchState.READY, BatchState.CHECKED) as (batch, pulse):
        if batch is None:
            return
        with failing(batch), folder_of(batch) as (folder, room):
            found, ignored = _recognised(batch, folder, room)
            report = run_batch(batch, found, ignored, **_how(batch, pulse), only_try=True)
            batch.check_over(report | {"look": batch.report.get("look", {})})


@works(RUN)
def run(job: Job) -> None:
    with batch_of(job, BatchState.RUNNING) as (batch, pulse):
        if batch is None:
            return
        with failing(batch), folder_of(batch) as (folder, room):
            found, ignored = _recognised(batch, folder, room)
            with history.action("import.run", by=batch.by_id, batch=batch.pk):
                # Whoever took over from a worker that was only slow waits here, and finds it done.
                locked = Batch.objects.select_for_update().get(pk=batch.pk)
                if locked.state == BatchState.RUNNING:
                    run_batch(batch, found, ignored, **_how(batch, pulse), only_try=False)
                    batch.forget_files()


@works(UNDO)
def take_back(job: Job) -> None:
    with batch_of(job, BatchState.DONE) as (batch, _pulse):
        if batch is None:
            return
        try:
            undo(batch, by=batch.by, at=now())
        except BuiltOn as error:
            batch.keep(str(error))


@contextmanager
def failing(batch: Batch) -> Iterator[None]:
    """What is wrong with the files is said to the person; trying again would not help."""
    try:
        yield
    except (TableError, NothingKnown) as error:
        batch.fail(str(error), at=now())
    except (DataError, IntegrityError) as error:
        log.exception("Import %s was refused by the database", batch.pk)
        words = _("The database refuses a value of the file. Nothing was imported. %(why)s")
        batch.fail(words % {"why": str(error).splitlines()[0]}, at=now())
    except OSError as error:
        if is_disk_full(error):
            raise GiveUp("disk_full") from error
        raise


def _recognised(batch: Batch, folder: Folder, room: Path) -> tuple[list[Found], list[Ignored]]:
    said = by_file(batch.options.get("tables", []))
    found, ignored = recognise(
        folder.path, batch.options.get("source") or "auto", room=room, said=said, patient=True
    )
    if not found and said:
        raise NothingKnown(unknown_words(batch.name, ignored))
    return found, ignored


def _how(batch: Batch, pulse: Pulse) -> dict[str, Any]:
    currency = batch.options.get("currency", "")
    return {"at": now(), "currency": currency, "progress": pulse.tell}


def unused(one: Ignored) -> Found | None:
    """A table of which nobody knows what it is: the person may say."""
    if one.path is None:
        return None
    what = Source(one.what or "table", one.what, ())
    return Found(one.path, one.name, what, Sheet("", {}, frozenset()), 0, one.tab)


def _seen(one: Found) -> dict[str, Any]:
    """What the columns page shows of a table, and what is wrong with it."""
    seen: dict[str, Any] = {"head": [], "problem": ""}
    try:
        with open_table(one.path, name=one.name, sheet=one.tab) as table:
            seen |= {"head": table.columns, "tabs": list(table.sheets), "samples": _samples(table),
                     "encoding": table.encoding_label, "separator": table.separator}  # fmt: skip
            seen["rows"] = sum(1 for _row in table.body())
            reader(one, table)
            seen |= facts_of(one, table)
    except TableError as error:
        seen["problem"] = str(error)
    # Without a count it cannot be read to its end: it is left out, and the page says why.
    kind = {} if "rows" in seen else {"kind": ""}
    joined = one.path.parent.name == "room"
    return {**entry_of(one, seen["head"]), **seen, **kind, "is_joined": joined}


def _samples(table: Table) -> list[list[str]]:
    return [
        [shortened(as_text(cell)) for cell in row.cells[:SHOWN_COLUMNS]]
        for row in islice(table.body(), SAMPLES)
    ]
