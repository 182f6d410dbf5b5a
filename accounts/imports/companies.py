"""Accounts and the groups they form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.imports.alike import Alike
from accounts.imports.keeper import AT_ONCE, Draft, Keeper, LeaveOut
from accounts.imports.known import DOMAIN, bare
from accounts.imports.own import Names
from accounts.imports.reading import Record
from accounts.imports.words import country_of, currency_of, domain_of, name_key
from accounts.models import Account, ExternalKey, Membership, TierChange
from accounts.models.rights import LEAD


class Companies(Keeper):
    kind = "account"
    model = Account
    fills_blanks = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._alike = Alike(self.run, self.kind, self.source)
        self._parents: list[tuple[Record, int, str]] = []
        self.keys = Names("account", lambda pk: self.is_own and pk in self.run.companies.names)
        self.keys.update(
            ExternalKey.objects.of(self.source, "account").values_list("key", "record")
        )
        self._claimed = set(self.keys.values())
        before = self.run.companies.names
        self._names_before = {pk: name_key(name) for pk, name in before.items()}

    def draft(self, record: Record) -> Draft:
        name = self.tidy(record.text("name"))[:200]
        if not name:
            raise LeaveOut("no_name", _("The row has no name."))
        domain = domain_of(record.text("domain"))
        key = (record.text("key") or domain or bare(name))[:200]
        self._alike.leave_out_as_told(key, name)
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        fields = {
            "name": name,
            "industry": record.text("industry")[:120],
            "city": record.text("city")[:120],
            "country": country_of(record.text("country")),
            "region": record.text("region")[:80],
        }
        currency = currency_of(record.text("currency")) or self.run.currency
        return Draft(
            record,
            key,
            None,
            fields,
            {"currency": currency},
            owner,
            {"user": user, "domain": domain},
        )

    def match(self, drafts: Sequence[Draft]) -> dict[int, int]:
        found: dict[int, int] = {}
        for place, draft in enumerate(drafts):
            is_told, pk = self._alike.told(draft.key)
            how = "told"
            if pk not in self.run.companies.names:
                pk = None
            if not is_told:
                pk, how = self._same(draft)
            if pk is not None:
                found[place] = pk
                self._claimed.add(pk)
            if pk is not None or is_told:
                name = self.run.companies.names.get(pk or 0, "")
                self._alike.joined(draft.key, how=how, like=pk, like_name=name, **_facts(draft))
            else:
                name = name_key(draft.fields["name"])
                known = self.run.companies.names
                self._alike.resembling(draft.key, name, self._names_before, known, **_facts(draft))
        return found

    def _same(self, draft: Draft) -> tuple[int | None, str]:
        """By domain; by name where no domain speaks against it."""
        domain = draft.others["domain"]
        known = self.run.companies
        if domain and (pk := known.by_domain.get(domain)) and pk not in self._claimed:
            return pk, "domain"
        named = [
            pk
            for pk in known.by_name.get(bare(draft.fields["name"]), [])
            if pk not in self._claimed
            and pk in self._names_before
            and not (domain and known.domains.get(pk))
        ]
        return (named[0] if len(named) == 1 else None), "name"

    def _place(self, draft: Draft) -> dict[str, Any]:
        return {}

    def made(self, drafts: Sequence[Draft], pks: Sequence[int]) -> None:
        run = self.run
        TierChange.objects.bulk_create(
            [
                TierChange(account_id=pk, to_tier="candidate", on=run.day, by_id=run.by)
                for pk in pks
            ],
            AT_ONCE,
        )
        Membership.objects.bulk_create(
            [
                Membership(account_id=pk, user_id=draft.others["user"], role="kam", right=LEAD)
                for draft, pk in zip(drafts, pks, strict=True)
                if draft.others["user"]
            ],
            AT_ONCE,
        )
        for draft, pk in zip(drafts, pks, strict=True):
            run.companies.add(pk, draft.fields["name"], draft.defaults["currency"])
        run.touched.update(pks)

    def seen(self, draft: Draft, pk: int) -> None:
        self.keys[draft.key] = pk
        self._claimed.add(pk)
        self.run.companies.also_named(pk, draft.fields["name"])
        domain = draft.others["domain"]
        if domain and domain not in self.run.companies.by_domain:
            self.run.companies.add_domain(pk, domain)
            self.run.new_domains[domain] = pk
        if parent := draft.record.text("parent_key") or draft.record.text("parent"):
            self._parents.append((draft.record, pk, parent))

    def keep(self, records: Any, file: str) -> None:
        super().keep(records, file)
        self._keep_domains()

    def _keep_domains(self) -> None:
        rows = [
            ExternalKey(
                source=DOMAIN, kind="account", key=domain[:200], record=pk, account_id=pk,
                batch_id=self.run.batch_id,
            )
            for domain, pk in self.run.new_domains.items()
        ]  # fmt: skip
        ExternalKey.objects.bulk_create(rows, AT_ONCE)
        self.run.new_domains.clear()

    def join_groups(self, file: str) -> None:
        """Parents after children: only now everybody is here."""
        tally = self.run.report.tally("group")
        children = Account.objects.in_bulk([pk for _record, pk, _parent in self._parents])
        above = dict(Account.objects.exclude(parent=None).values_list("pk", "parent"))
        changed = []
        for record, pk, written in self._parents:
            tally.rows += 1
            parent, child = self._parent_of(record, written), children[pk]
            if parent is None or _makes_ring(above, pk, parent):
                reason = _("The company it belongs to is not here, or belongs to it.")
                said = "parent_key" if record.text("parent_key") else "parent"
                left = LeaveOut("no_parent", reason, said, written)
                self.run.leave_out(tally, left, record, file)
            elif child.parent_id == parent:
                tally.unchanged += 1
            else:
                tally.created += child.parent_id is None
                tally.updated += child.parent_id is not None
                child.parent_id = above[pk] = parent
                changed.append(child)
        Account.objects.bulk_update(changed, ["parent"], 500)
        self.run.touched.update(child.pk for child in changed)
        self._parents.clear()

    def _parent_of(self, record: Record, written: str) -> int | None:
        if record.text("parent_key"):
            known: int | None = self.keys.get(written)
            return known
        named = self.run.companies.named(written)
        return named[0] if len(named) == 1 else None


def _facts(draft: Draft) -> dict[str, Any]:
    return {"line": draft.record.line, "name": draft.fields["name"],
            "about": draft.others["domain"]}  # fmt: skip


def _makes_ring(above: Mapping[int, int | None], pk: int, parent: int) -> bool:
    step: int | None = parent
    for _step in range(len(above) + 1):
        if step == pk:
            return True
        step = above.get(step) if step else None
    return False
