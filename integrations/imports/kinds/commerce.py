"""Contracts and invoices, one row each; revenue, summed by month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import Contract, Receivable, Revenue
from integrations.imports.copying import insert
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.places import Placed, Places
from integrations.imports.kinds.row_keeper import AT_ONCE, Draft, LeaveOut, currency_in
from integrations.imports.layouts.foreign_words import percent_of
from integrations.imports.layouts.own_files import OWN, record_of
from kam.lib.tabular import Problem

if TYPE_CHECKING:
    from integrations.imports.run import Run

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
AMOUNTS = ("revenue", "rebates", "cost", "budget")
Place = tuple[date, int, int | None, str]


class MoneyKeeper(Placed):
    def currency(self, record: Record, account: int) -> str:
        return currency_in(record, self.run.companies.currencies[account])


class Contracts(MoneyKeeper):
    kind = "contract"
    model = Contract

    def draft(self, record: Record) -> Draft:
        account = self._places.account(record)
        title = _required(record, "title")[:160]
        start = _day(record, "start", required=True)
        renewal = record.values.get("renewal")
        fields = {
            "title": title,
            "value": _amount(record, "value"),
            "currency": self.currency(record, account),
            "start": start,
            "end": _day(record, "end"),
            "notice": _day(record, "notice"),
            "renewal": None if renewal is None else percent_of(renewal),
        }
        _in_order(fields, "start", "end")
        _in_order(fields, "notice", "end")
        if fields["renewal"] is None:
            del fields["renewal"]
        key = record.text("key") or self.own_key(account, bare(title), start)
        return Draft(record, key[:200], account, fields)


class Receivables(MoneyKeeper):
    kind = "receivable"
    model = Receivable

    def draft(self, record: Record) -> Draft:
        account = self._places.account(record)
        invoice = _required(record, "invoice")[:60]
        fields = {
            "invoice": invoice,
            "amount": _owed(record),
            "currency": self.currency(record, account),
            "issued": _day(record, "issued", required=True),
            "due": _day(record, "due", required=True),
            "paid_at": _day(record, "paid"),
        }
        if not fields["amount"]:
            raise LeaveOut("bad_value", _("An invoice has an amount above zero."), "amount", "0")
        _in_order(fields, "issued", "due")
        _in_order(fields, "issued", "paid_at")
        return Draft(record, f"{account}:{invoice}"[:200], account, fields)

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        rows = Receivable.objects.filter(
            account__in={draft.account for draft in drafts},
            invoice__in={draft.fields["invoice"] for draft in drafts},
        ).values_list("account_id", "invoice", "pk")
        here = {(account, invoice): pk for account, invoice, pk in rows}
        found = {}
        for place, draft in enumerate(drafts):
            if pk := here.get((draft.account or 0, draft.fields["invoice"])):
                found[place] = pk
        return found


class Revenues:
    """Lines of any grain, summed by account, month, product and currency; cents at the very end."""

    def __init__(
        self, run: "Run", source: str, *, accounts: dict[str, int], contacts: dict[str, int]
    ) -> None:
        self.run, self.tally = run, run.report.tally("revenue")
        self._places = Places(run, accounts, contacts)
        self._sums: dict[Place, dict[str, Decimal]] = defaultdict(dict)
        # Amounts of rows of our own list, by the record they name.
        self._own: dict[int, dict[str, Decimal]] = {}
        self._is_own = source == OWN

    def keep(self, records: Iterable[Record], file: str) -> None:
        for record in records:
            self.tally.rows += 1
            try:
                self._add(record)
            except LeaveOut as left:
                self.run.leave_out(self.tally, left, record, file)

    def _add(self, record: Record) -> None:
        account = self._places.account(record)
        month = _day(record, "month", required=True)
        assert month  # noqa: S101 (required)
        values = {
            name: record.values[name] for name in AMOUNTS if record.values.get(name) is not None
        }
        if "revenue" not in values and (worked_out := _price_times_quantity(record)) is not None:
            values["revenue"] = worked_out
        if not set(values) - {"rebates"}:
            raise LeaveOut("no_value", _("The row has no amount."), "revenue")
        if values.get("rebates", 0) < 0:
            raise LeaveOut("bad_value", _("Discounts are written without a minus."), "rebates",
                           f"{values['rebates']:f}")  # fmt: skip
        if any(abs(value) >= MOST for value in values.values()):
            raise LeaveOut("bad_value", _("The amount is too large."), "revenue")
        if self._is_own and (pk := record_of("revenue", record.text("key"))):
            self._own[pk] = values
            return
        currency = currency_in(record, self.run.companies.currencies[account])
        product = self.run.catalogue.named(record.text("product"))
        sums = self._sums[month.replace(day=1), account, product, currency]
        for name, value in values.items():
            sums[name] = sums.get(name, Decimal(0)) + value

    def finish(self) -> None:
        """Whole cents whose sums are the sums: by year, and over all."""
        carry: dict[str, Decimal] = defaultdict(Decimal)
        rows = []
        for place in sorted(self._sums, key=_in_time):
            exact = self._sums[place]
            rows.append((place, {name: _cents(exact[name], name, carry) for name in exact}))
            self._count(place[0].year, place[3], rows[-1][1])
        self._sums.clear()
        self._write_own()
        for start in range(0, len(rows), AT_ONCE):
            self._write(rows[start : start + AT_ONCE])

    def _count(self, year: int, currency: str, sums: dict[str, Decimal]) -> None:
        totals = self.run.report.revenue
        if revenue := sums.get("revenue"):
            totals[year, currency] = totals.get((year, currency), Decimal(0)) + revenue

    def _write_own(self) -> None:
        for start in range(0, len(self._own), AT_ONCE):
            pks = list(self._own)[start : start + AT_ONCE]
            here, changed = Revenue.objects.in_bulk(pks), []
            for pk in pks:
                row = here.get(pk)
                if row is None:
                    problem = Problem(0, "", _("Somebody removed this record here."))
                    self.tally.leave_out("", problem, "removed")
                    continue
                differing = {n: v for n, v in self._own[pk].items() if getattr(row, n) != v}
                for name, value in differing.items():
                    setattr(row, name, value)
                changed += [row] if differing else []
                self.tally.unchanged += not differing
            self._store(changed)
        self._own.clear()

    def _store(self, changed: Sequence[Revenue]) -> None:
        Revenue.objects.bulk_update(changed, list(AMOUNTS), 500)
        self.tally.updated += len(changed)
        self.run.touched.update(row.account_id for row in changed)

    def _write(self, rows: Sequence[tuple[Place, dict[str, Decimal]]]) -> None:
        here = {_place(row): row for row in self._stored([place for place, _sums in rows])}
        new: list[dict[str, Any]] = []
        changed = []
        for place, sums in rows:
            row = here.get(place)
            if row is None:
                month, account, product, currency = place
                new.append({"month": month, "account_id": account, "product_id": product,
                            "currency": currency, **sums})  # fmt: skip
            elif differing := {n: v for n, v in sums.items() if getattr(row, n) != v}:
                for name, value in differing.items():
                    setattr(row, name, value)
                changed.append(row)
            else:
                self.tally.unchanged += 1
        insert(Revenue, new)
        self.tally.created += len(new)
        self.run.touched.update(row["account_id"] for row in new)
        self._store(changed)

    def _stored(self, wanted: Sequence[Place]) -> Any:
        return Revenue.objects.filter(
            account__in={place[1] for place in wanted},
            month__in={place[0] for place in wanted},
            unit=None,
        )


def _price_times_quantity(record: Record) -> Decimal | None:
    """Unit price x quantity x (1 - discount), exact, for tables that hold no amount."""
    price, quantity = record.values.get("price"), record.values.get("quantity")
    if price is None or quantity is None:
        return None
    share = record.values.get("discount") or Decimal(0)
    share += (record.values.get("discount_percent") or Decimal(0)) / 100
    if not 0 <= share <= 1:
        raise LeaveOut("bad_discount", _("The discount must lie between nothing and everything."),
                       "discount", f"{share:f}")  # fmt: skip
    return Decimal(price * quantity * (1 - share))


def _in_time(place: Place) -> tuple[date, int, int, str]:
    month, account, product, currency = place
    return month, account, product or 0, currency


def _place(row: Revenue) -> Place:
    return row.month, row.account_id, row.product_id, row.currency


def _cents(exact: Decimal, name: str, carry: dict[str, Decimal]) -> Decimal:
    """Rounded so that what was rounded away before is made good."""
    wanted = exact + carry[name]
    rounded = wanted.quantize(CENT, ROUND_HALF_UP)
    carry[name] = wanted - rounded
    return rounded


def _required(record: Record, name: str) -> str:
    if not record.text(name):
        raise LeaveOut("no_name", _("The row has no name."), name)
    return record.text(name)


def _day(record: Record, name: str, *, required: bool = False) -> date | None:
    found: datetime | None = record.values.get(name)
    if found is None and required:
        raise LeaveOut("no_day", _("The row has no date."), name)
    return found.date() if found else None


def _amount(record: Record, name: str) -> Decimal:
    value: Decimal | None = record.values.get(name)
    if value is None or not 0 <= value < MOST:
        raise LeaveOut("bad_value", _("The amount must be a number from 0 up."), name,
                       "" if value is None else f"{value:f}")  # fmt: skip
    return value.quantize(CENT, ROUND_HALF_UP)


def _owed(record: Record) -> Decimal:
    amount = _amount(record, "amount")
    if not amount:
        raise LeaveOut("bad_value", _("An invoice of nothing owes nothing."), "amount", "0")
    return amount


def _in_order(fields: dict[str, Any], first: str, last: str) -> None:
    if fields[first] and fields[last] and fields[first] > fields[last]:
        raise LeaveOut("bad_order", _("The dates are in the wrong order."), last,
                       fields[last].isoformat())  # fmt: skip
