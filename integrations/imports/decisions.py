"""What a person decided about the rows of an import, out of the form that showed them."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from accounts.models import Batch

MOST = 500  # characters of one corrected cell


def decisions_of(batch: Batch, posted: Mapping[str, Any]) -> dict[str, str]:
    """By key of the company: the id of ours that it is, "new", or "skip"."""
    found = {}
    for place, one in enumerate(batch.report.get("possible_duplicates", [])):
        said = str(posted.get(f"same-{place}", ""))
        if said == "same" and one["like"]:
            found[one["key"]] = str(one["like"])
        elif said in ("new", "skip"):
            found[one["key"]] = said
    return found


def fixes_of(batch: Batch, posted: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """By file, line and column: what is to be read instead. Cells left as they were say nothing."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for tally in batch.report.values():
        for row in tally.get("left_out", []) if isinstance(tally, dict) else ():
            for column, shown in cells_of(row).items():
                written = posted.get(fix_name(row, column))
                if written is not None and written != shown:
                    lines = found.setdefault(row["file"], {})
                    lines.setdefault(str(row["line"]), {})[column] = printable(written)[:MOST]
    return found


def wrong_of(row: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    """The cells of a row that keep it out, each with its reason, by column."""
    return {one["column"]: one for one in (row, *row.get("more", ())) if one["column"]}


def cells_of(row: Mapping[str, Any]) -> dict[str, str]:
    """All that may be written anew in a row that was left out, as it is shown now."""
    here: dict[str, str] = row.get("cells") or {}
    wrong = {name: here.get(name, one["value"]) for name, one in wrong_of(row).items()}
    # A row that is too long has no column where it goes on.
    return {name: text for name, text in (wrong | here).items() if name in here or not here}


def printable(written: object) -> str:
    """What a cell can hold: PostgreSQL keeps no NUL, and no table shows a bell."""
    return "".join(c for c in str(written) if unicodedata.category(c) != "Cc" or c in "\n\t")


def fix_name(row: Mapping[str, Any], column: str) -> str:
    return f"fix-{row['line']}-{column}-{row['file']}"
