"""The way of a row: known by its key, found by what it says, or new. In sets, never one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import ExternalKey
from integrations.imports.copying import insert
from integrations.imports.import_reader import Record, short_hash
from integrations.imports.layouts.foreign_words import DOLLARS, currency_of
from integrations.imports.layouts.own_files import OWN, record_of

if TYPE_CHECKING:
    from integrations.imports.run import Run

AT_ONCE = 2_000


@dataclass(slots=True)
class Draft:
    """A row as a record of ours would hold it."""

    record: Record
    key: str
    account: int | None
    # What the row says, and what a new record needs besides.
    fields: dict[str, Any]
    defaults: dict[str, Any] = field(default_factory=dict)
    owner: str = ""
    # Other records of ours that it names, such as the people of a talk.
    others: Any = None


class LeaveOut(Exception):
    """A row that cannot be taken, with a code for counting."""

    def __init__(self, code: str, reason: str, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason, self.column, self.value = code, reason, column, value


def currency_in(record: Record, own: str) -> str:
    """The currency that a row says, in its column or beside its amounts; `own` where it says none.

    LeaveOut where a word is no currency, where two of them stand in one row, or where "$" stands
    at an account that counts in none that is written so.
    """
    written = record.text("currency")
    try:
        said = {currency_of(written), *record.values.get("currencies", ())} - {""}
    except ValueError:
        reason = _("This is no currency. Write its three letters, such as EUR or COP.")
        raise LeaveOut("no_currency", reason, "currency", written) from None
    if "$" in said and (own in DOLLARS or said & DOLLARS):
        said = (said - {"$"}) or {own}
    if "$" in said:
        reason = _("“$” could be several currencies. Write three letters, such as USD or MXN.")
        raise LeaveOut("no_currency", reason, "currency", "$")
    if len(said) > 1:
        reason = _("The row names two currencies: %(codes)s.") % {"codes": ", ".join(sorted(said))}
        raise LeaveOut("two_currencies", reason, "currency", written)
    return next(iter(said), own)


class Keeper:
    kind: ClassVar[str]
    model: ClassVar[type[models.Model]]
    # A record found by what it says is filled where it is blank; else it is left as it is.
    fills_blanks: ClassVar[bool] = False

    def __init__(self, run: "Run", source: str) -> None:
        self.run, self.source = run, source
        self.tally = run.report.tally(self.kind)
        self._taken: dict[int, int] = {}
        # Records from here on were made by this source in this run.
        newest = self.model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        self.newest_before = newest or 0

    # What each kind says for itself.

    def draft(self, record: Record) -> Draft:
        raise NotImplementedError

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        """Records that are here already, by the place of the draft."""
        return {}

    def made(self, drafts: Sequence[Draft], pks: Sequence[int]) -> None:
        """New records are in the table."""

    def seen(self, draft: Draft, pk: int) -> None:
        """The row is this record, be it new, changed or the same."""

    def complete(self, row: Any, draft: Draft, differing: dict[str, Any]) -> None:
        """What else changes with a record whose row says otherwise than before."""

    # What all do alike.

    def keep(self, records: Iterable[Record], file: str) -> None:
        drafts = []
        for record in records:
            self.tally.rows += 1
            try:
                drafts.append(self._once(self.draft(record)))
            except LeaveOut as left:
                self.run.leave_out(self.tally, left, record, file)
        if drafts:
            self._sort(drafts, file)

    @property
    def is_own(self) -> bool:
        """The file left this installation: its rows name records, and their words are ours."""
        return self.source == OWN

    def tidy(self, text: str) -> str:
        return text if self.is_own else " ".join(text.split())

    def own_key(self, *parts: object) -> str:
        """A key for a row that has none; the same words again are the second such row."""
        name = hash(("own", *parts))
        self._taken[name] = nth = self._taken.get(name, 0) + 1
        return short_hash(*parts, nth)

    def _once(self, draft: Draft) -> Draft:
        name = hash(draft.key)
        if self._taken.get(name):
            raise LeaveOut("doubled", _("This row is in the file twice."), value=draft.key)
        self._taken[name] = 1
        return draft

    def _sort(self, drafts: list[Draft], file: str) -> None:
        known = self._known([draft.key for draft in drafts])
        records = [key.record for key in known.values()]
        present = set(self._rows(records).values_list("pk", flat=True)) if records else set()
        new, changed = [], []
        for draft in drafts:
            key = known.get(draft.key)
            if key is None:
                new.append(draft)
            elif key.record not in present:
                gone = LeaveOut("removed", _("Somebody removed this record here."), value=draft.key)
                self.run.leave_out(self.tally, gone, draft.record, file)
            elif key.fingerprint == draft.record.fingerprint:
                self.tally.unchanged += 1
                self.seen(draft, key.record)
            else:
                changed.append((draft, key))
        self._take_new(new)
        self._take_changed(changed)

    def _known(self, names: Sequence[str]) -> dict[str, ExternalKey]:
        keys = ExternalKey.objects.of(self.source, self.kind)
        known = {key.key: key for key in keys.filter(key__in=names)}
        for name in names if self.is_own else ():
            if pk := record_of(self.kind, name):
                known[name] = ExternalKey(source=OWN, kind=self.kind, key=name, record=pk)
        return known

    def _rows(self, pks: Sequence[int]) -> Any:
        return self.model._default_manager.filter(pk__in=pks)

    def _take_new(self, drafts: list[Draft]) -> None:
        matched = self.match(drafts) if drafts else {}
        found = [(draft, matched[place]) for place, draft in enumerate(drafts) if place in matched]
        fresh = [draft for place, draft in enumerate(drafts) if place not in matched]
        pks = self._create(fresh)
        self._keep_keys([(draft, pk, True) for draft, pk in zip(fresh, pks, strict=True)])
        self._keep_keys([(draft, pk, False) for draft, pk in found])
        self.tally.created += len(fresh)
        if self.fills_blanks:
            self._write(found, only_blank=True)
        else:
            self.tally.unchanged += len(found)
        if fresh:
            self.made(fresh, pks)
        for draft, pk in [*zip(fresh, pks, strict=True), *found]:
            self.seen(draft, pk)

    def _create(self, drafts: Sequence[Draft]) -> list[int]:
        rows = [{**d.defaults, **d.fields, **self._place(d)} for d in drafts]
        self.run.touched.update(draft.account for draft in drafts if draft.account)
        return insert(self.model, rows)

    def _place(self, draft: Draft) -> dict[str, Any]:
        return {"account_id": draft.account}

    def _keep_keys(self, found: Sequence[tuple[Draft, int, bool]]) -> None:
        shared = {"source": self.source, "kind": self.kind, "batch_id": self.run.batch_id}
        insert(
            ExternalKey,
            [
                {
                    "key": draft.key,
                    "record": pk,
                    "account_id": draft.account,
                    "fingerprint": draft.record.fingerprint,
                    "owner": draft.owner,
                    "made": made,
                    **shared,
                }
                for draft, pk, made in found
            ],
        )

    def _take_changed(self, changed: Sequence[tuple[Draft, ExternalKey]]) -> None:
        if not changed:
            return
        self._write([(draft, key.record) for draft, key in changed], only_blank=False)
        for draft, key in changed:
            key.fingerprint, key.owner = draft.record.fingerprint, draft.owner
            self.seen(draft, key.record)
        kept = [key for _draft, key in changed if key.pk]
        ExternalKey.objects.bulk_update(kept, ["fingerprint", "owner"], 500)

    def _write(self, pairs: Sequence[tuple[Draft, int]], *, only_blank: bool) -> None:
        rows = self._rows([pk for _draft, pk in pairs]).in_bulk()
        changed, names = [], set[str]()
        for draft, pk in pairs:
            row = rows[pk]
            differing = _differing(row, {**draft.fields, **self._place(draft)}, only_blank)
            self.complete(row, draft, differing)
            for name, value in differing.items():
                setattr(row, name, value)
            if differing:
                changed.append(row)
                names.update(differing)
                self.run.touched.update(filter(None, [draft.account]))
        if changed:
            self.model._default_manager.bulk_update(changed, sorted(names), 500)
        self.tally.updated += len(changed)
        self.tally.unchanged += len(pairs) - len(changed)


def _differing(row: Any, fields: dict[str, Any], only_blank: bool) -> dict[str, Any]:
    """What the file says otherwise. An empty cell says nothing, so it never takes a value away."""
    found = {}
    for name, value in fields.items():
        stored = getattr(row, name)
        if value in ("", None) or _is_same(stored, value):
            continue
        if not only_blank or stored in ("", None):
            found[name] = value
    return found


def _is_same(stored: Any, value: Any) -> bool:
    """A moment is written to the second."""
    if isinstance(stored, datetime) and isinstance(value, datetime):
        return abs(stored - value) < timedelta(seconds=1)
    return bool(stored == value)
