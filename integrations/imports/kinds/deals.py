"""Opportunities: open, won and lost."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import ExternalKey, Opportunity
from accounts.models.opportunities import Stage, State
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.places import Placed
from integrations.imports.kinds.row_keeper import Draft, LeaveOut, currency_in
from integrations.imports.layouts.choice_words import choice_of
from integrations.imports.layouts.foreign_words import (
    LIKELY,
    is_gone,
    percent_of,
    stage_of,
    state_of,
)
from integrations.imports.layouts.own_files import record_of

MOST = Decimal(10) ** 12


class Deals(Placed):
    kind = "opportunity"
    model = Opportunity

    def draft(self, record: Record) -> Draft:
        account = self._places.account(record)
        title = record.text("title") or self._title_of(record)
        if self.is_own and record_of(self.kind, record.text("key")):
            return Draft(record, record.text("key"), account, self._as_written(record))
        state = self._state(record)
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        fields = {
            "title": title[:160],
            "state": state,
            "stage": choice_of(Stage, record.text("stage")) or stage_of(record.text("stage")),
            "product_id": self.run.catalogue.named(record.text("product")),
            "owner_id": user,
            **self._money(record, state),
            **self._days(record, state),
        }
        if state == State.LOST:
            fields["reason"] = self._reason(record)
        created = record.values.get("created")
        key = record.text("key") or self.own_key(account, bare(title), created)
        return Draft(record, key[:200], account, fields, self._defaults(account, fields), owner)

    def _state(self, record: Record) -> State:
        status = record.text("status")
        if is_gone(status):
            raise LeaveOut("gone", _("It is deleted or archived over there."), "status", status)
        known = choice_of(State, status)
        return State(known) if known else state_of(status, record.text("stage"))

    def _as_written(self, record: Record) -> dict[str, Any]:
        """A row of our own list says every field itself; nothing follows from another."""
        user, _name = self.run.ours.owner(record.text("owner"))
        chance, expected = record.values.get("probability"), record.values.get("expected")
        state = self._state(record)
        if state != State.OPEN and not record.values.get("closed"):
            raise LeaveOut("no_day", _("The deal is closed, but the row does not say when."),
                           "closed")  # fmt: skip
        if state == State.LOST and not record.text("reason"):
            raise LeaveOut("no_reason", _("Say why the deal was lost."), "reason")
        return {
            "title": record.text("title")[:160],
            "state": state,
            "stage": choice_of(Stage, record.text("stage")) or "",
            "value": record.values.get("value"),
            "currency": self._currency(record),
            "probability": None if chance is None else percent_of(chance),
            "expected": expected.date() if expected else None,
            "closed_at": record.values.get("closed") if state != State.OPEN else None,
            "product_id": self.run.catalogue.named(record.text("product")),
            "owner_id": user,
            "reason": record.text("reason")[:300],
        }

    def _currency(self, record: Record) -> str:
        """Empty where the row says none: a new deal then counts in the account's."""
        account = self._places.account(record)
        own = self.run.companies.currencies[account]
        said = record.text("currency") or record.values.get("currencies")
        return currency_in(record, own) if said else ""

    def _title_of(self, record: Record) -> str:
        named = record.text("product") or record.text("key")
        if not named:
            raise LeaveOut("no_name", _("The row has no name."))
        return named

    def _money(self, record: Record, state: str) -> dict[str, Any]:
        value = record.values.get("value")
        if value is not None and not 0 <= value < MOST:
            raise LeaveOut("bad_value", _("The value must be between 0 and 999,999,999,999."),
                           "value", f"{value:f}")  # fmt: skip
        chance = record.values.get("probability")
        likely = {State.WON: 100, State.LOST: 0}.get(State(state))
        if likely is None and chance is not None:
            likely = percent_of(chance)
        return {
            "value": None if value is None else value.quantize(Decimal("0.01")),
            "probability": likely,
            "currency": self._currency(record),
        }

    def _days(self, record: Record, state: str) -> dict[str, Any]:
        closed = record.values.get("closed") or record.values.get("expected")
        if state == State.OPEN:
            return {"expected": closed.date() if closed else None, "closed_at": None}
        day = closed or record.values.get("created")
        if day is None:
            raise LeaveOut("no_day", _("The deal is closed, but the row does not say when."),
                           "closed")  # fmt: skip
        return {"expected": day.date(), "closed_at": self._noon(day)}

    def _noon(self, day: datetime) -> datetime:
        """A day without a clock is that day everywhere near: noon in the house."""
        if day.tzinfo:
            return day
        clock = day.time() if day.time() != time.min else time(12)
        return datetime.combine(day.date(), clock, tzinfo=self.run.zone)

    def _reason(self, record: Record) -> str:
        return (record.text("reason") or record.text("stage") or record.text("status"))[:300]

    def _defaults(self, account: int, fields: dict[str, Any]) -> dict[str, Any]:
        """What our record must hold where the row says nothing; such cells are left blank above."""
        found: dict[str, Any] = {}
        if fields["value"] is None:
            self.run.report.notes["opportunities_without_value"] += 1
        if fields["expected"] is None:
            self.run.report.notes["opportunities_without_expected_close"] += 1
        blanks = {
            "value": Decimal(0),
            "probability": LIKELY[fields["stage"]],
            "currency": self.run.companies.currencies[account],
            "expected": self.run.day,
            "owner_id": self.run.by,
        }
        for name, value in blanks.items():
            if fields[name] in (None, ""):
                del fields[name]
                found[name] = value
        return found

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """The same deal out of another system: account, title and value are equal."""
        if not self.newest_before:
            return {}
        here = self._here(drafts)
        found = {}
        for place, draft in enumerate(drafts):
            value = draft.fields.get("value", Decimal(0))
            candidates = here.get((draft.account, bare(draft.fields["title"]), value))
            if candidates:
                found[place] = candidates.pop(0)
        return found

    def _here(self, drafts: Sequence[Draft]) -> dict[tuple[int | None, str, Decimal], list[int]]:
        rows = Opportunity.objects.filter(
            account__in={draft.account for draft in drafts},
            title__in={draft.fields["title"] for draft in drafts},
            pk__lte=self.newest_before,
        ).order_by("pk")
        found = list(rows.values_list("pk", "account_id", "title", "value"))
        keys = ExternalKey.objects.of(self.source, self.kind)
        claimed = set(
            keys.filter(record__in=[row[0] for row in found]).values_list("record", flat=True)
        )
        here: dict[tuple[int | None, str, Decimal], list[int]] = defaultdict(list)
        for pk, account, title, value in found:
            if pk not in claimed:
                here[account, bare(title), value].append(pk)
        return here

    def complete(self, row: Any, draft: Draft, differing: dict[str, Any]) -> None:
        if differing.get("state") == State.OPEN:
            differing["closed_at"] = None

    def seen(self, draft: Draft, pk: int) -> None:
        if draft.fields["state"] == State.WON:
            self.run.report.won[pk] = draft.fields.get("value", Decimal(0))
