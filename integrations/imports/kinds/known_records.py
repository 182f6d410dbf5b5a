"""What is here already: companies by name and domain, people by mail and name, ours by mail."""

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.models import Account, ExternalKey, Stakeholder, User
from integrations.imports.layouts.foreign_words import name_key
from kam.lib.data.folding import folded

DOMAIN = "domain"  # the source under which a company's web domain is kept


def bare(text: str) -> str:
    return " ".join(folded(text).split())


@dataclass
class KnownCompanies:
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_short_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_domain: dict[str, int] = field(default_factory=dict)
    domains: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, str] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "KnownCompanies":
        known = cls()
        rows = Account.objects.order_by("pk").values_list("pk", "name", "currency")
        for pk, name, currency in rows.iterator():
            known.add(pk, name, currency)
        keys = ExternalKey.objects.of(DOMAIN, "account").values_list("key", "record")
        for domain, pk in keys.iterator():
            known.add_domain(pk, domain)
        return known

    def add(self, pk: int, name: str, currency: str) -> None:
        self.names[pk] = name
        self.currencies[pk] = currency
        self.by_name[bare(name)].append(pk)
        self.by_short_name[name_key(name)].append(pk)

    def also_named(self, pk: int, name: str) -> None:
        """The name under which the file knows a company of ours."""
        if pk not in self.by_name[bare(name)]:
            self.by_name[bare(name)].append(pk)

    def add_domain(self, pk: int, domain: str) -> None:
        self.by_domain.setdefault(domain, pk)
        self.domains[pk].add(domain)

    def named(self, name: str) -> list[int]:
        """Those of exactly this name; else of the same name but for the legal form."""
        return self.by_name.get(bare(name)) or self.by_short_name.get(name_key(name)) or []


@dataclass
class People:
    by_mail: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    accounts: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "People":
        known = cls()
        rows = Stakeholder.objects.named().order_by("pk")
        for row in rows.values_list("pk", "account_id", "name", "email").iterator():
            known.add(*row)
        return known

    def add(self, pk: int, account: int, name: str, email: str) -> None:
        self.accounts[pk], self.names[pk] = account, name
        self.by_name[bare(name)].append(pk)
        if email:
            self.by_mail[email.lower()].append(pk)

    def one(self, found: list[int], account: int | None) -> int | None:
        """The one of that account; without an account only where there is no other."""
        here = [pk for pk in found if account is None or self.accounts[pk] == account]
        return here[0] if len(here) == 1 else None

    def find(self, *, mail: str, name: str, account: int | None) -> int | None:
        if mail and (pk := self.one(self.by_mail.get(mail.lower(), []), account)):
            return pk
        return self.one(self.by_name.get(bare(name), []), account) if name else None


@dataclass
class Ours:
    """Users by mail; the name of everybody else is kept as a name."""

    users: dict[str, int] = field(default_factory=dict)
    # The other system's ids and names of owners: (user, name).
    owners: dict[str, tuple[int | None, str]] = field(default_factory=dict)

    # Everybody of ours, invited people too, by their name.
    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> "Ours":
        ours = cls()
        rows = User.objects.here_or_invited().values_list("pk", "email", "name")
        for pk, email, name in rows:
            ours.users[email.lower()] = pk
            ours.names[bare(name)].append(pk)
        return ours

    def called(self, written: str) -> list[int]:
        """Those of ours with this mail, else with this name."""
        if user := self.users.get(written.lower()):
            return [user]
        return self.names.get(bare(written), [])

    def add_owner(self, names: list[str], email: str, shown: str) -> int | None:
        user = self.users.get(email.lower())
        for name in filter(None, names):
            self.owners[bare(name)] = (user, shown)
        return user

    def owner(self, *written: str) -> tuple[int | None, str]:
        for word in filter(None, written):
            if found := self.owners.get(bare(word)):
                return found
            if user := self.users.get(word.lower()):
                return user, ""
        return None, next((word for word in written if word), "")[:120]
