"""One import: all files in one transaction, whoever is pointed at first, figures made anew once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings

from accounts.imports import known
from accounts.imports.catalogue import Owners, Products
from accounts.imports.companies import Companies
from accounts.imports.contacts import Contacts
from accounts.imports.deals import Deals
from accounts.imports.keeper import AT_ONCE
from accounts.imports.money import Contracts, Receivables, Revenues
from accounts.imports.reading import Reader, Record
from accounts.imports.recognise import Found
from accounts.imports.report import Report
from accounts.imports.settle import settle, take_stock
from accounts.imports.shapes import KINDS
from accounts.imports.talks import Talks
from accounts.imports.words import currency_of
from accounts.models import Batch, Product
from accounts.periods import house_day, house_zone
from kam.lib import history
from kam.lib.tabular import Problem, open_table

Progress = Callable[[int], None]
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
        self.day, self.zone = house_day(at), house_zone()
        self.currency = currency or settings.DEFAULT_CURRENCY
        self._has_currency, self._order, self._progress = bool(currency), order, progress
        self.decisions: dict[str, Any] = batch.options.get("decisions", {})
        self.report = Report()
        self.touched: set[int] = set()
        self.met: set[int] = set()
        self.new_domains: dict[str, int] = {}

    def take(self, found: Sequence[Found], *, only_try: bool = False) -> Report:
        """Everything or nothing; a trial writes all and takes it back, so its counts are true."""
        try:
            with history.action("import.run", by=self.by, batch=self.batch_id):
                self._load()
                self._sources(found)
                settle(self)
                if only_try:
                    raise OnlyTried
        except OnlyTried:
            pass
        return self.report

    def product(self, name: str) -> int | None:
        """A product named only by a deal joins the catalogue."""
        if not name:
            return None
        key = known.bare(name[:120])
        if key not in self.products:
            self.products[key] = Product.objects.create(name=" ".join(name.split())[:120]).pk
            self.report.notes["products_named_only_in_deals"] += 1
        return self.products[key]

    def _load(self) -> None:
        self.companies = known.Companies.load()
        self.people = known.People.load()
        self.ours = known.Ours.load()
        self.products = known.products()

    def _sources(self, found: Sequence[Found]) -> None:
        sources = list(dict.fromkeys(one.source.name for one in found))
        for name in sources:
            self._source(name, [one for one in found if one.source.name == name])

    def _source(self, name: str, found: list[Found]) -> None:
        self._find_currency(found)
        companies = Companies(self, name)
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
        size, done = sum(one.size for one in found), 0
        for one in ordered:
            keeper = keepers[one.sheet.kind]
            for records in self._chunks(one):
                if not has_accounts and one.sheet.kind not in WITHOUT_ACCOUNTS:
                    self._open_accounts(companies, records, one.name)
                keeper.keep(records, one.name)
            if one.sheet.kind == "account":
                companies.join_groups(one.name)
            if one.sheet.kind == "revenue":
                keeper.finish()
            take_stock()
            done += one.size
            self._progress(round(95 * done / max(size, 1)))

    def _open_accounts(self, companies: Companies, records: list[Record], file: str) -> None:
        """Without a table of accounts those that the rows name are opened."""
        new: dict[str, Record] = {}
        for record in records:
            name = record.text("account")
            if name and not self.companies.named(name):
                values = {"name": name, "domain": record.text("account_domain")}
                new.setdefault(known.bare(name), Record(record.line, values, 0))
        if new:
            companies.keep(new.values(), file)

    def _chunks(self, one: Found) -> Iterator[list[Record]]:
        tally = self.report.tally(one.sheet.kind)

        def leave_out(problem: Problem) -> None:
            tally.rows += 1
            tally.leave_out(one.name, problem, "unreadable")

        with self._reader(one) as reader:
            records = reader.records(leave_out)
            while chunk := list(islice(records, AT_ONCE)):
                yield chunk

    @contextmanager
    def _reader(self, one: Found) -> Iterator[Reader]:
        with open_table(one.path, name=one.name) as table:
            table.styles.wanted_order = self._order or ("month" if one.source.month_first else "")
            reader = Reader(table, one.sheet, one.source.aliases)
            self._describe(one, table)
            yield reader

    def _describe(self, one: Found, table: Any) -> None:
        unclear = [
            {"column": column, "example": example} | _chosen(table, column)
            for column, example in table.styles.unclear.items()
        ]
        self.report.files.append(
            {"file": one.name, "kind": one.sheet.kind, "source": one.source.name,
             "encoding": table.encoding_label, "separator": table.separator, "ambiguous": unclear}
        )  # fmt: skip

    def _find_currency(self, found: Sequence[Found]) -> None:
        """New accounts count in the currency of their deals."""
        for one in found:
            if one.sheet.kind == "opportunity" and not self._has_currency:
                with open_table(one.path, name=one.name) as table:
                    names = one.sheet.present(set(table.columns)).get("currency", ())
                    first = next(table.body(), None)
                    for name in names if first else ():
                        cell = first.cells[table.column(name)]  # type: ignore[union-attr]
                        self.currency = currency_of(str(cell)) or self.currency


def _chosen(table: Any, column: str) -> dict[str, str]:
    if style := table.styles.dates.get(column):
        return {"read_as": "day first" if style.order == "day" else "month first"}
    return {"read_as": f"decimal {table.styles.numbers[column].decimal}"}
