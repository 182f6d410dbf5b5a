"""A table as a file to download: written to disk in bounded memory, then sent in pieces."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from django.http import FileResponse, HttpResponse

from kam.lib.tabular.writing import write_csv, write_xlsx

Writer = Callable[[Path, Sequence[str], Iterable[Sequence[Any]]], None]
FORMATS: dict[str, tuple[Writer, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def download(
    name: str, ending: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """An error on the way, such as a full disk, is a page and never half a file."""
    write, kind = FORMATS.get(ending, FORMATS["csv"])
    ending = ending if ending in FORMATS else "csv"
    with tempfile.TemporaryDirectory(prefix="clave-out-") as folder:
        path = Path(folder) / f"rows.{ending}"
        write(path, head, rows)
        # Open until it is sent; its name is gone already, so nothing is left behind.
        file = path.open("rb")
    sent = FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=kind)
    return cast(HttpResponse, sent)  # it streams, which only the type knows
