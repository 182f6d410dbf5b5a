"""Accounts and the groups they form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Account, ExternalKey, Membership, Tier, TierChange
from accounts.models.rights import LEAD
from accounts.models.team import Role
from integrations.imports.import_reader import Record
from integrations.imports.kinds.known_records import DOMAIN, bare
from integrations.imports.kinds.row_keeper import AT_ONCE, Draft, Keeper, LeaveOut, currency_in
from integrations.imports.kinds.similar_records import Alike
from integrations.imports.layouts.choice_words import chosen
from integrations.imports.layouts.foreign_words import country_of, domain_of, name_key
from integrations.imports.layouts.own_files import Names

STANDING = ("kam", "tier", "service_class")
MOST_EMPLOYEES, MOST_TURNOVER = 10_000_000, Decimal(10) ** 18


class CompaniesImport(Keeper):
    kind = "account"
    model = Account
    fills_blanks = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._alike = Alike(self.run, self.kind, self.source)
        self._parents: list[tuple[Record, int, str]] = []
        self._file = ""
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
        website = record.text("website") or record.text("domain")
        domain = domain_of(website)
        key = (record.text("key") or domain or bare(name))[:200]
        self._alike.leave_out_as_told(key, name)
        user, owner = self.run.ours.owner(record.text("owner_key"), record.text("owner"))
        fields = {
            "name": name,
            "industry": record.text("industry")[:120],
            "city": record.text("city")[:120],
            "country": country_of(record.text("country")),
            "region": record.text("region")[:80],
            "website": website[:200],
            "phone": record.text("phone").strip()[:40],
            "tax_number": record.text("tax_number")[:40],
            "street": " ".join(record.text("street").split())[:200],
            "postal_code": record.text("postal_code")[:20],
            "state": record.text("state")[:120],
            "employees": _employees(record),
            "turnover": _turnover(record),
        }
        # A turnover in dollars says nothing of the currency in which the account buys.
        stated = replace(record, values={**record.values, "currencies": ()})
        currency = currency_in(stated, self.run.currency)
        standing = {
            "kam": self._kam(record),
            "tier": chosen(Tier, record.text("tier"), "tier"),
            "service_class": _service_class(record),
        }
        return Draft(
            record,
            key,
            None,
            fields,
            {
                "currency": currency,
                "tier": standing["tier"] or Tier.CANDIDATE,
                "service_class": standing["service_class"],
            },
            owner,
            {"user": standing["kam"] or user, "domain": domain, **standing},
        )

    def _kam(self, record: Record) -> int | None:
        """One of ours by mail or name, invited or here; nobody is guessed."""
        written = record.text("kam")
        if not written:
            return None
        found = self.run.ours.called(written)
        if len(found) == 1:
            return found[0]
        reason = (
            _("Several of ours are called so. Write the mail of the one you mean.")
            if found
            else _("Nobody of ours has this name or mail. Invite them first, or mend the cell.")
        )
        raise LeaveOut("no_kam", reason, "kam", written)

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
                TierChange(
                    account_id=pk,
                    to_tier=draft.others["tier"] or Tier.CANDIDATE,
                    on=run.day,
                    by_id=run.by,
                )
                for draft, pk in zip(drafts, pks, strict=True)
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

    def _write(self, pairs: Sequence[tuple[Draft, int]], *, only_blank: bool) -> None:
        super()._write(pairs, only_blank=only_blank)
        self._stand([(draft, pk) for draft, pk in pairs if any(map(draft.others.get, STANDING))])

    def _stand(self, pairs: Sequence[tuple[Draft, int]]) -> None:
        """KAM, tier and class of accounts that were here: only what nobody has decided yet.

        What the file says otherwise than is decided is told, and stays as it is.
        """
        accounts = Account.objects.in_bulk([pk for _draft, pk in pairs])
        named = Membership.objects.of_accounts(accounts).named()
        holders = {(one.account_id, one.role): one.user_id for one in named}
        tally = self.run.report.tally("standing")
        for draft, pk in pairs:
            account, before = accounts[pk], _stands(accounts[pk], holders)
            left = [
                *self._give_tier(account, draft),
                *self._give_class(account, draft),
                *self._give_kam(account, draft, holders),
            ]
            changed = before != _stands(account, holders)
            tally.rows += changed + bool(left) or 1
            tally.updated += changed
            tally.unchanged += not changed and not left
            if left:
                self.run.leave_out(tally, left[0], draft.record, self._file, more=left[1:])
            self.run.touched.add(pk)
        Account.objects.bulk_update(accounts.values(), ["tier", "service_class"], 500)

    def _give_tier(self, account: Account, draft: Draft) -> Iterator[LeaveOut]:
        tier = draft.others["tier"]
        if account.tier == Tier.CANDIDATE and tier not in ("", Tier.CANDIDATE):
            account.tier = tier
            TierChange.objects.create(
                account=account, from_tier=Tier.CANDIDATE, to_tier=tier,
                reason=_("As the imported file says"), on=self.run.day, by_id=self.run.by,
            )  # fmt: skip
        elif tier not in ("", account.tier):
            reason = _("The account has another tier here, which stays. Change it on its own page.")
            yield LeaveOut("other_tier", reason, "tier", draft.record.text("tier"))

    def _give_class(self, account: Account, draft: Draft) -> Iterator[LeaveOut]:
        letter = draft.others["service_class"]
        account.service_class = account.service_class or letter
        if letter not in ("", account.service_class):
            reason = _(
                "The account has another class here, which stays. Change it on its own page."
            )
            yield LeaveOut("other_class", reason, "service_class", letter)

    def _give_kam(
        self, account: Account, draft: Draft, holders: dict[tuple[int, str], int]
    ) -> Iterator[LeaveOut]:
        user, written = draft.others["kam"], draft.record.text("kam")
        kam = holders.get((account.pk, Role.KAM))
        if user is None or user == kam:
            return
        if kam:
            reason = _(
                "Somebody else is the KAM here, and stays. Hand the role over on the team page."
            )
            yield LeaveOut("other_kam", reason, "kam", written)
        elif user == holders.get((account.pk, Role.SPONSOR)):
            reason = _("The sponsor of the account cannot be its KAM as well. Name somebody else.")
            yield LeaveOut("is_sponsor", reason, "kam", written)
        else:
            holders[account.pk, Role.KAM] = user
            Membership.objects.update_or_create(
                account=account, user_id=user, defaults={"role": Role.KAM, "right": LEAD}
            )

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
        self._file = file
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


def _employees(record: Record) -> int | None:
    count = record.values.get("employees")
    if count is None:
        return None
    if not 0 <= count <= MOST_EMPLOYEES:
        raise LeaveOut("bad_value", _("The number of employees must lie between 0 and 10,000,000."),
                       "employees", f"{count:f}")  # fmt: skip
    return int(count)


def _turnover(record: Record) -> Decimal | None:
    amount: Decimal | None = record.values.get("turnover")
    if amount is None:
        return None
    if not 0 <= amount < MOST_TURNOVER:
        raise LeaveOut("bad_value", _("The amount must be a number from 0 up."), "turnover",
                       f"{amount:f}")  # fmt: skip
    return amount.quantize(Decimal("0.01"))


def _service_class(record: Record) -> str:
    """A, B or C, alone or behind the word: "Class A", "Clase B"."""
    written = record.text("service_class").strip()
    if not written:
        return ""
    letter = written.split()[-1].upper()
    if letter not in ("A", "B", "C"):
        raise LeaveOut("bad_choice", _("This is none of: %(words)s.") % {"words": "A, B, C"},
                       "service_class", written)  # fmt: skip
    return letter


def _stands(account: Account, holders: Mapping[tuple[int, str], int]) -> tuple[object, ...]:
    return account.tier, account.service_class, holders.get((account.pk, Role.KAM))


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
