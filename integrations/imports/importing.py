"""The way in: recognise, run, and keep what happened as a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Batch, User
from integrations.imports.layouts.layouts import Entry, Found
from integrations.imports.layouts.recognition import Ignored, recognise
from integrations.imports.report import Report
from integrations.imports.run import Run

TOLD_ROWS = 50


class NothingKnown(Exception):
    """No file of the folder looks like an export we know."""


def take_path(
    path: Path,
    *,
    source: str,
    by: User,
    at: datetime,
    only_try: bool = False,
    said: Mapping[str, list[Entry]] | None = None,
    **how: Any,
) -> dict[str, Any]:
    """Import a file or a folder; what happened, as plain data."""
    with TemporaryDirectory(prefix="clave-import-") as room:
        found, ignored = recognise(path, source, room=Path(room), said=said)
        return _take(path, found, ignored, by=by, at=at, only_try=only_try, **how)


def _take(
    path: Path, found: list[Found], ignored: list[Ignored], *, by: User, at: datetime,
    only_try: bool, **how: Any,
) -> dict[str, Any]:  # fmt: skip
    if not found:
        raise NothingKnown(unknown_words(path.name, ignored))
    batch = Batch.objects.create(source=source_name(found), name=path.name[:200], by=by)
    try:
        report = run_batch(batch, found, ignored, at=at, only_try=only_try, **how)
    except BaseException as error:
        batch.fail(str(error) or repr(error), at=at)
        raise
    if only_try:
        batch.delete()
    return {"batch": None if only_try else batch.pk, "dry_run": only_try, **_told(report)}


def run_batch(
    batch: Batch,
    found: Sequence[Found],
    ignored: Sequence[Ignored],
    *,
    at: datetime,
    only_try: bool,
    **how: Any,
) -> dict[str, Any]:
    """The rows, and the note of what became of them, in one transaction."""
    left = {
        "ignored": [one.name for one in ignored],
        "problems": [one.problem for one in ignored if one.problem],
    }

    def note(report: Report) -> None:
        report.forget_rows()
        batch.finish(report.as_dict() | left, at=at)

    run = Run(batch, at=at, **how)
    return run.take(found, only_try=only_try, then=note).as_dict() | left


def source_name(found: Sequence[Found]) -> str:
    return ", ".join(dict.fromkeys(one.source.name for one in found))[:60]


def unknown_words(name: str, ignored: Sequence[Ignored]) -> str:
    known = [one.what for one in ignored if one.what]
    if known:
        return _("%(name)s holds nothing to import (%(what)s).") % {
            "name": name,
            "what": ", ".join(known),
        }
    return _(
        "%(name)s does not look like an export of a system we know. "
        "Import it as a table and say which column is which."
    ) % {"name": name}


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """The answer of the command names the first of the rows that were left out."""
    told = dict(report)
    for kind, tally in report.items():
        if isinstance(tally, dict) and "left_out" in tally:
            rows = [{**row, "cells": {}} for row in tally["left_out"][:TOLD_ROWS]]
            told[kind] = {**tally, "left_out": rows}
    return told
