"""Empty tables to fill in, in both languages: their heads are the ones that are recognised."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from integrations.imports.layouts.shapes import DATES, NUMBERS
from integrations.imports.layouts.tables import ANY_OF, KIND_LABELS, TABLES, Field
from kam.lib.tabular.download import FORMATS, download
from kam.lib.tabular.writing import TEXT_ONLY

NAME = re.compile(r"([a-z]+)-([a-z]{2})\.(csv|xlsx)")
ORDER = ["account", "contact", "activity", "opportunity", "contract", "receivable", "revenue",
         "product"]  # fmt: skip


def listed() -> list[dict[str, Any]]:
    """By kind: its name, and the files there are of it."""
    return [
        {
            "label": KIND_LABELS[kind],
            "files": [
                (f"{kind}-{code}.{ending}", f"{ending.upper()} {code.upper()}")
                for code, _label in settings.LANGUAGES
                for ending in ("xlsx", "csv")
            ],
        }
        for kind in ORDER
    ]


def template(name: str) -> HttpResponse | None:
    """The file of this name, such as revenue-es.xlsx; None where there is no such template."""
    found = NAME.fullmatch(name)
    if not found or found[1] not in TABLES or found[2] not in dict(settings.LANGUAGES):
        return None
    kind, code, ending = found.groups()
    with translation.override(code):
        heads = [str(one.label) for one in TABLES[kind]]
        title = str(KIND_LABELS[kind]).replace(",", "").replace(" ", "-").lower()
        if ending == "csv":
            return download(f"clave-{title}", ending, heads, ())
        return _workbook(f"clave-{title}", heads, list(_notes(kind)))


def _notes(kind: str) -> Iterator[tuple[str, str, str]]:
    for one in TABLES[kind]:
        yield str(one.label), _need(kind, one), _form(one)


def _need(kind: str, one: Field) -> str:
    if one.is_required:
        return _("required")
    ways = [way for way in ANY_OF.get(kind, ()) if one.name in way]
    return _("one of these is required") if ways else _("optional")


def _form(one: Field) -> str:
    if one.name in DATES:
        return _("date, such as 2026-11-30")
    if one.name in NUMBERS:
        return _("number")
    return _("text")


def _workbook(name: str, heads: list[str], notes: list[tuple[str, str, str]]) -> HttpResponse:
    with tempfile.TemporaryDirectory(prefix="clave-out-") as folder:
        path = Path(folder) / "template.xlsx"
        with xlsxwriter.Workbook(path, {**TEXT_ONLY, "constant_memory": False}) as book:
            bold = book.add_format({"bold": True})
            rows = book.add_worksheet(_("Rows")[:31])
            rows.freeze_panes(1, 0)
            for place, head in enumerate(heads):
                rows.write_string(0, place, head, bold)
                rows.set_column(place, place, max(12, len(head) + 2))
            about = book.add_worksheet(_("What goes where")[:31])
            about.set_column(0, 2, 34)
            for number, line in enumerate(notes):
                for place, words in enumerate(line):
                    about.write_string(number, place, words, bold if not place else None)
        file = path.open("rb")
    response: Any = FileResponse(
        file, as_attachment=True, filename=f"{name}.xlsx", content_type=FORMATS["xlsx"][1]
    )
    found: HttpResponse = response
    return found
