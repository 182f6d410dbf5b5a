"""Our products, and the owners of the other system."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import ExternalKey, Product
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import bare
from integrations.imports.kinds.row_keeper import Draft, Keeper, LeaveOut
from integrations.imports.kinds.similar_records import Alike

if TYPE_CHECKING:
    from integrations.imports.run import Run


class Catalogue:
    """Our products by name, and what the source at hand calls them."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._before: dict[int, str] = dict(Product.objects.values_list("pk", "name"))
        self._names = {pk: bare(name) for pk, name in self._before.items()}
        self._here = {name: pk for pk, name in self._names.items()}

    def begin(self, source: str) -> None:
        self._source, self._alike = source, Alike(self._run, "product", source)
        told = ExternalKey.objects.of(source, "product").values_list("key", "record")
        self._told = {key: pk for key, pk in told if pk in self._before}

    def named(self, name: str) -> int | None:
        """A product named only by a deal joins the catalogue."""
        if not name:
            return None
        key = bare(name[:120])
        if key not in self._here:
            self._here[key] = self._told.get(key) or self._said(key, name) or self._add(name)
        return self._here[key]

    def find(self, key: str, name: str, line: int = 0) -> int | None:
        """The one of this name, or the one that the person says it is."""
        is_told, pk = self._alike.told(key)
        facts = {"line": line, "name": name, "about": ""}
        if is_told:
            like = pk if pk in self._before else None
            shown = self._before.get(like or 0, "")
            self._alike.joined(key, how="told", like=like, like_name=shown, **facts)
            return like
        if here := self._here.get(bare(name)):
            return here
        self._alike.resembling(key, bare(name), self._names, self._before, **facts)
        return None

    def keep(self, name: str, pk: int) -> None:
        self._here[bare(name)] = pk

    def _said(self, key: str, name: str) -> int | None:
        """Said once, it is remembered for the next export of this source."""
        pk = self.find(key, name)
        if pk:
            ExternalKey.objects.create(
                source=self._source, kind="product", key=key, record=pk,
                batch_id=self._run.batch_id,
            )  # fmt: skip
        return pk

    def _add(self, name: str) -> int:
        self._run.report.notes["products_named_only_in_deals"] += 1
        return Product.objects.create(name=" ".join(name.split())[:120]).pk


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
        found = {}
        for place, draft in enumerate(drafts):
            pk = self.run.catalogue.find(draft.key, draft.fields["name"], draft.record.line)
            if pk:
                found[place] = pk
        return found

    def seen(self, draft: Draft, pk: int) -> None:
        self.run.catalogue.keep(draft.fields["name"], pk)


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
