"""One import: all files in one transaction, whoever is pointed at first, figures made anew once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from accounts.commerce.periods import site_day, site_zone
from accounts.models import Batch
from integrations.imports.follow_ups import settle, take_stock
from integrations.imports.import_reader import Record, facts_of, reader_of
from integrations.imports.kinds import known_records
from integrations.imports.kinds.activities import Talks
from integrations.imports.kinds.catalogue import Catalogue, Owners, Products
from integrations.imports.kinds.commerce import Contracts, Receivables, Revenues
from integrations.imports.kinds.companies import CompaniesImport
from integrations.imports.kinds.contacts import Contacts
from integrations.imports.kinds.deals import Deals
from integrations.imports.kinds.row_keeper import AT_ONCE, LeaveOut
from integrations.imports.layouts.foreign_words import currency_of
from integrations.imports.layouts.layouts import Found
from integrations.imports.layouts.shapes import KINDS
from integrations.imports.report import Report, Tally
from kam.lib.data import history
from kam.lib.site import site
from kam.lib.tabular import Problem, open_table, shortened
from kam.lib.tabular.workbook import Cell
from kam.lib.text.currencies import is_currency

Progress = Callable[[int], None]
Shown = Callable[[Sequence[Cell]], dict[str, str]]
ONE_AT_A_TIME = 5_042_001  # the number of the lock under which imports wait for each other
# These say nothing of companies that are not here.
WITHOUT_ACCOUNTS = ("owner", "product", "account", "activity")


class OnlyTried(Exception):
    """Takes everything back at the end of a trial."""


class Run:
    def __init__(
        self,
        batch: Batch,
        *,
        at: datetime,
        currency: str = "",
        order: str = "",
        progress: Progress = lambda percent: None,
    ) -> None:
        self.batch_id, self.by, self.at = batch.pk, batch.by_id, at
        self.day, self.zone = site_day(at), site_zone()
        self.currency = currency or site().currency
        self._has_currency, self._order, self._progress = bool(currency), order, progress
        self.decisions: dict[str, Any] = batch.options.get("decisions", {})
        self._fixes = batch.options.get("fixes", {})
        self.report = Report()
        self.touched: set[int] = set()
        self.met: set[int] = set()
        # In which column of the file at hand a field stands, and a row of it as people see it.
        self.columns: dict[str, str] = {}
        self._shown: Shown = lambda cells: {}
        self.new_domains: dict[str, int] = {}

    def take(
        self,
        found: Sequence[Found],
        *,
        only_try: bool = False,
        then: Callable[[Report], None] = lambda report: None,
    ) -> Report:
        """Everything or nothing; a trial writes all and takes it back, so its counts are true.

        `then` is part of the same transaction: an import and the note of it come in together.
        """
        try:
            with history.action("import.run", by=self.by, batch=self.batch_id):
                _wait_for_others()
                self._load()
                self._sources(found)
                settle(self)
                if only_try:
                    raise OnlyTried
                then(self.report)
        except OnlyTried:
            pass
        return self.report

    def leave_out(
        self,
        tally: Tally,
        left: LeaveOut,
        record: Record,
        file: str,
        *,
        more: Sequence[LeaveOut] = (),
    ) -> None:
        """`more` is what else is wrong with the same row, in its other columns."""
        problem = self._problem(left, record)
        others = tuple(self._problem(one, record) for one in more)
        cells = self._shown(record.cells)
        tally.leave_out(file, replace(problem, cells=cells, more=others), left.code)

    def _problem(self, left: LeaveOut, record: Record) -> Problem:
        column = self.columns.get(left.column, "")
        return Problem(record.line, column, left.reason, shortened(left.value))

    def _load(self) -> None:
        self.companies = known_records.KnownCompanies.load()
        self.people = known_records.People.load()
        self.ours = known_records.Ours.load()
        self.catalogue = Catalogue(self)

    def _sources(self, found: Sequence[Found]) -> None:
        self._whole, self._done, self._rows = sum(one.size for one in found), 0.0, 0
        sources = list(dict.fromkeys(one.source.name for one in found))
        for name in sources:
            self._source(name, [one for one in found if one.source.name == name])

    def _source(self, name: str, found: list[Found]) -> None:
        self._find_currency(found)
        self.catalogue.begin(name)
        companies = CompaniesImport(self, name)
        contacts = Contacts(self, name, accounts=companies.keys)
        keys = {"accounts": companies.keys, "contacts": contacts.keys}
        keepers: dict[str, Any] = {
            "owner": Owners(self, name), "product": Products(self, name), "account": companies,
            "contact": contacts, "opportunity": Deals(self, name, **keys),
            "activity": Talks(self, name, **keys), "contract": Contracts(self, name, **keys),
            "receivable": Receivables(self, name, **keys),
            "revenue": Revenues(self, name, **keys),
        }  # fmt: skip
        has_accounts = any(one.sheet.kind == "account" for one in found)
        ordered = sorted(found, key=lambda one: KINDS.index(one.sheet.kind))
        for one in ordered:
            keeper = keepers[one.sheet.kind]
            for records in self._chunks(one):
                self._tell(one, len(records))
                if not has_accounts and one.sheet.kind not in WITHOUT_ACCOUNTS:
                    self._open_accounts(companies, records, one.name)
                keeper.keep(records, one.name)
            if one.sheet.kind == "account":
                companies.join_groups(one.name)
            if one.sheet.kind == "revenue":
                keeper.finish()
            take_stock()
            self._tell(one, None)

    def _tell(self, one: Found, rows: int | None) -> None:
        """Percent that is truly done: by rows where they were counted, else by whole files."""
        if rows is None:
            self._done, self._rows = self._done + one.size, 0
        else:
            self._rows += rows
        part = one.size * min(1.0, self._rows / one.rows) if one.rows else 0.0
        self._progress(round(95 * (self._done + part) / max(self._whole, 1)))

    def _open_accounts(self, companies: CompaniesImport, records: list[Record], file: str) -> None:
        """Without a table of accounts those that the rows name are opened."""
        new: dict[str, Record] = {}
        for record in records:
            name = record.text("account")
            if companies.keys.get(record.text("account_key")):
                continue
            if name and not self.companies.named(name):
                values = {"name": name, "domain": record.text("account_domain")}
                new.setdefault(
                    known_records.bare(name), Record(record.line, values, 0, record.cells)
                )
        if new:
            companies.keep(new.values(), file)

    def _chunks(self, one: Found) -> Iterator[list[Record]]:
        tally = self.report.tally(one.sheet.kind)

        def leave_out(problem: Problem) -> None:
            tally.rows += 1
            tally.leave_out(one.name, problem, "unreadable")

        with reader_of(one, order=self._order, fixes=self._fixes) as (table, reader):
            self.report.files.append(facts_of(one, table))
            self.columns = {field: places[0][1] for field, places in reader.places.items()}
            self._shown = reader.shown
            records = reader.records(leave_out)
            while chunk := list(islice(records, AT_ONCE)):
                yield chunk

    def _find_currency(self, found: Sequence[Found]) -> None:
        """New accounts count in the currency of their deals."""
        for one in found:
            if one.sheet.kind == "opportunity" and not self._has_currency:
                with open_table(one.path, name=one.name, sheet=one.tab) as table:
                    names = one.sheet.present(set(table.columns)).get("currency", ())
                    first = next(table.body(), None)
                    for name in names if first else ():
                        cell = first.cells[table.column(name)]  # type: ignore[union-attr]  # a column that was found before
                        self.currency = _code(str(cell)) or self.currency


def _code(words: str) -> str:
    """A currency that is clear by itself; the rows themselves say which words are not."""
    with suppress(ValueError):
        if is_currency(code := currency_of(words)):
            return code
    return ""


def _wait_for_others() -> None:
    """Two imports at once would each open the companies that the other brings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
