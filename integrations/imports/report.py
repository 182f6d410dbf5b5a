"""What became of the rows of an import: counts by kind, and every row left out with its reason."""

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from kam.lib.tabular import Problem

EXAMPLES = 5_000
# Ways in which a row may be a record of ours, and may not.
UNSURE = {"alike", "elsewhere"}
# Of so many rows all that is read of them is kept, for a person to put right.
WHOLE_ROWS, WHOLE_CELLS = 1_000, 40
# The names under which the kinds are reported.
PLURALS = {
    "owner": "owners", "product": "products", "account": "accounts", "group": "groups",
    "standing": "standing", "contact": "contacts", "opportunity": "opportunities", "activity": "activities",
    "revenue": "revenue", "contract": "contracts", "receivable": "receivables",
}  # fmt: skip


@dataclass(frozen=True)
class LeftOut:
    file: str
    problem: Problem
    code: str

    def as_dict(self) -> dict[str, Any]:
        found = self.problem
        more = [_cell(one) for one in found.more]
        return {"file": self.file, "line": found.line, **_cell(found), "more": more,
                "cells": found.cells}  # fmt: skip


def _cell(one: Problem) -> dict[str, str]:
    return {"column": one.column, "reason": one.reason, "value": one.value}


@dataclass
class Tally:
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # By code of the reason, with the words people read.
    reasons: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        return sum(self.reasons.values())

    def leave_out(self, file: str, problem: Problem, code: str) -> None:
        self.reasons[code] += 1
        self.words.setdefault(code, problem.reason)
        if len(self.left_out) < EXAMPLES:
            most = WHOLE_CELLS if len(self.left_out) < WHOLE_ROWS else 0
            cells = dict(islice(problem.cells.items(), most))
            self.left_out.append(LeftOut(file, replace(problem, cells=cells), code))

    def as_dict(self) -> dict[str, Any]:
        reasons = [
            {"code": code, "reason": self.words[code], "rows": rows}
            for code, rows in self.reasons.most_common()
        ]
        return {"rows": self.rows, "created": self.created, "updated": self.updated,
                "unchanged": self.unchanged, "skipped": self.skipped, "reasons": reasons,
                "left_out": [row.as_dict() for row in self.left_out]}  # fmt: skip


@dataclass
class Report:
    tallies: dict[str, Tally] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    # Each opportunity once, however many exports of one run name it.
    won: dict[int, Decimal] = field(default_factory=dict)
    # Revenue of the tables of this run by year and currency.
    revenue: dict[tuple[int, str], Decimal] = field(default_factory=dict)

    def tally(self, kind: str) -> Tally:
        return self.tallies.setdefault(kind, Tally())

    @property
    def won_total(self) -> Decimal:
        return sum(self.won.values(), Decimal(0))

    def forget_rows(self) -> None:
        """Once all is in, nobody puts rows right any more: what stood in them is not kept."""
        for tally in self.tallies.values():
            tally.left_out = [
                LeftOut(one.file, replace(one.problem, cells={}), one.code)
                for one in tally.left_out
            ]

    def as_dict(self) -> dict[str, Any]:
        kinds: dict[str, Any] = {
            PLURALS[kind]: tally.as_dict() for kind, tally in self.tallies.items()
        }
        if "opportunities" in kinds:
            kinds["opportunities"]["won_total"] = float(round(self.won_total, 2))
            kinds["opportunities"]["won_count"] = len(self.won)
        if self.revenue:
            kinds["revenue"]["total"] = f"{sum(self.revenue.values()):.2f}"
            kinds["revenue"]["by_year"] = [
                {"year": year, "currency": currency, "total": f"{total:.2f}"}
                for (year, currency), total in sorted(self.revenue.items())
            ]
        return {**kinds, "files": self.files, "notes": dict(self.notes),
                "possible_duplicates": sorted(self.duplicates, key=_is_answered)}  # fmt: skip


def _is_answered(one: dict[str, Any]) -> bool:
    """Those that need an answer come first."""
    return one["how"] not in UNSURE
