"""To which account, and to which person there, a row belongs."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from integrations.imports.import_reader import Record
from integrations.imports.kinds.row_keeper import Keeper, LeaveOut
from integrations.imports.layouts.foreign_words import domain_of

if TYPE_CHECKING:
    from integrations.imports.run import Run


class Places:
    def __init__(self, run: "Run", accounts: dict[str, int], contacts: dict[str, int]) -> None:
        self._run = run
        self._accounts, self._contacts = accounts, contacts

    def account(self, record: Record) -> int:
        """By key, by domain, by name; where a name is shared, by the person's mail or name."""
        for key in (record.text("account_key"), record.text("about_key")):
            if key and (pk := self._accounts.get(key)):
                return pk
        domain = domain_of(record.text("account_domain"))
        if domain and (pk := self._run.companies.by_domain.get(domain)):
            return pk
        if name := record.text("account"):
            return self._named(record, name)
        return self._of_person(record)

    def person(self, record: Record, account: int) -> int | None:
        people = self._run.people
        if key := record.text("contact_key"):
            pk = self._contacts.get(key)
            return pk if pk and people.accounts.get(pk) == account else None
        mail, name = record.text("contact_email"), record.text("contact")
        return people.find(mail=mail, name=name, account=account)

    def _named(self, record: Record, name: str) -> int:
        found = self._run.companies.named(name)
        if len(found) == 1:
            return found[0]
        if found:
            return self._one_of(record, found, name)
        person = self._run.people.find(
            mail=record.text("contact_email"), name=record.text("contact"), account=None
        )
        if person:
            return self._run.people.accounts[person]
        raise LeaveOut(
            "unknown_account", _("No account has this name."), record_column(record), name
        )

    def _one_of(self, record: Record, found: list[int], name: str) -> int:
        companies, people = self._run.companies, self._run.people
        mail = domain_of(record.text("email") or record.text("contact_email"))
        by_mail = [pk for pk in found if mail and mail in companies.domains.get(pk, ())]
        if len(by_mail) == 1:
            return by_mail[0]
        contact = record.text("contact")
        by_person = [
            pk for pk in found if contact and people.find(mail="", name=contact, account=pk)
        ]
        if len(by_person) == 1:
            return by_person[0]
        raise LeaveOut(
            "ambiguous_account",
            _("Several accounts have this name. Add the company's domain or key."),
            record_column(record),
            name,
        )

    def _of_person(self, record: Record) -> int:
        key = record.text("contact_key")
        person = self._contacts.get(key) if key else None
        if person is None:
            mail, name = record.text("contact_email"), record.text("contact")
            person = self._run.people.find(mail=mail, name=name, account=None)
        if person:
            return self._run.people.accounts[person]
        if domain := record.text("account_domain"):
            raise LeaveOut(
                "unknown_account", _("No account has this web domain."), "account_domain", domain
            )
        if key := record.text("account_key"):
            raise LeaveOut("unknown_account", _("No account has this key."), "account_key", key)
        ways = ("account", "account_domain", "account_key")
        column = next((way for way in ways if way in self._run.columns), "")
        raise LeaveOut("no_account", _("The row names no account."), column)


def record_column(record: Record) -> str:
    return "account" if record.text("account") else ""


class Placed(Keeper):
    """Records below an account."""

    def __init__(self, *args: Any, accounts: dict[str, int], contacts: dict[str, int]) -> None:
        super().__init__(*args)
        self._places = Places(self.run, accounts, contacts)
