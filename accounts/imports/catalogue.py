"""Our products, and the owners of the other system."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.imports.keeper import Draft, Keeper, LeaveOut
from accounts.imports.known import bare
from accounts.imports.reading import Record
from accounts.models import ExternalKey, Product

if TYPE_CHECKING:
    from accounts.imports.run import Run


class Products(Keeper):
    kind = "product"
    model = Product
    fills_blanks = True

    def draft(self, record: Record) -> Draft:
        name = " ".join(record.text("name").split())[:120]
        if not name:
            raise LeaveOut("no_name", _("The row has no name."))
        fields = {"name": name, "family": record.text("family")[:80]}
        return Draft(record, (record.text("key") or bare(name))[:200], None, fields)

    def _place(self, draft: Draft) -> dict[str, Any]:
        return {}

    def _once(self, draft: Draft) -> Draft:
        """The catalogue holds a name once, whatever the other system's ids."""
        draft = super()._once(draft)
        if self._taken.get(hash(("name", bare(draft.fields["name"])))):
            raise LeaveOut(
                "doubled", _("This row is in the file twice."), "name", draft.fields["name"]
            )
        self._taken[hash(("name", bare(draft.fields["name"])))] = 1
        return draft

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        here = self.run.products
        return {
            place: here[bare(draft.fields["name"])]
            for place, draft in enumerate(drafts)
            if bare(draft.fields["name"]) in here
        }

    def seen(self, draft: Draft, pk: int) -> None:
        self.run.products[bare(draft.fields["name"])] = pk


class Owners:
    """Nobody is invited by an import: known by mail they are ours, else their name is kept."""

    def __init__(self, run: "Run", source: str) -> None:
        self.run, self.source = run, source
        self.tally = run.report.tally("owner")

    def keep(self, records: Iterable[Record], file: str) -> None:
        keys = ExternalKey.objects.of(self.source, "owner").values_list("key", "fingerprint")
        known = dict(keys)
        new = []
        for record in records:
            self.tally.rows += 1
            name = record.text("name") or f"{record.text('first')} {record.text('last')}".strip()
            key = (record.text("key") or record.text("email").lower() or bare(name))[:200]
            written = [record.text("key"), name, record.text("email")]
            user = self.run.ours.add_owner(written, record.text("email"), name)
            if key in known or not key:
                self.tally.unchanged += 1
                continue
            known[key] = record.fingerprint
            new.append(
                ExternalKey(
                    source=self.source, kind="owner", key=key, record=user or 0, owner=name[:120],
                    fingerprint=record.fingerprint, batch_id=self.run.batch_id, made=True,
                )
            )  # fmt: skip
        ExternalKey.objects.bulk_create(new)
        self.tally.created += len(new)
